from leadhub.adapters.passwords import hash_password, password_matches
from leadhub.db import action_id, now, read_session, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotSignedIn
from leadhub.domain.people import check_password, parse_name
from leadhub.models import User
from leadhub.services.shared.access_links import void_links
from leadhub.services.shared.web_sessions import revoke_sessions
from leadhub.services.users.results import UserDone
from leadhub.services.users.values import checked_locale, checked_time_zone
from leadhub.statements.people import get_user


def edit_profile(*, name: str, locale: str, time_zone: str, notify_by_mail: bool, actor: Actor) -> UserDone:
    """Save one's own name, language, time zone and whether notifications come by mail as well.

    Raises NotSignedIn, InvalidInput.
    """
    user_id = _own_id(actor)
    with write_session(actor, "edit profile") as session:
        user = get_user(session, user_id)
        user.name = parse_name(name)
        user.locale = checked_locale(locale)
        user.time_zone = checked_time_zone(time_zone)
        user.notify_by_mail = bool(notify_by_mail)
    return UserDone(user_id=user_id, action_id=action_id(session))


def change_password(current: str, new: str, *, session_id: int, actor: Actor) -> UserDone:
    """Set one's own password; every other session of one's own ends.

    Raises NotSignedIn, InvalidInput (the current one is wrong, the new one too weak).
    """
    user_id = _own_id(actor)
    with read_session() as session:
        user = session.get_one(User, user_id)
    if user.password_hash is not None and not password_matches(user.password_hash, current):
        raise InvalidInput("people.password_wrong", field="current_password")
    if user.password_hash is not None and current == new:
        raise InvalidInput("people.password_same", field="new_password")
    checked = check_password(new, email=user.email, name=user.name, field="new_password")
    password_hash = hash_password(checked)
    with write_session(actor, "change password") as session:
        found = get_user(session, user_id)
        found.password_hash = password_hash
        found.password_changed_at = now()
        void_links(session, user_id)
        revoke_sessions(session, user_id, but=session_id)
    return UserDone(user_id=user_id, action_id=None)


def _own_id(actor: Actor) -> int:
    if actor.user_id is None:
        raise NotSignedIn()
    return actor.user_id
