from leadhub.adapters.passwords import hash_password
from leadhub.db import now, read_session, write_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import NotFound
from leadhub.domain.people import check_password, parse_email, parse_name
from leadhub.models import AccessLink, User
from leadhub.services.shared.access_links import RESET, SETUP, find_open_link, void_links
from leadhub.services.shared.web_sessions import NewSession, open_session, revoke_sessions
from leadhub.services.users.values import require_free_email


def accept_link(
    token: str, *, password: str, name: str = "", email: str = "", address: str, user_agent: str = ""
) -> NewSession:
    """Set the password that an invitation or a reset link asks for, once, and sign in.

    The first administrator's link takes their name and e-mail, too. Every other session of the user ends.
    Raises NotFound (unknown, used or expired), InvalidInput.
    """
    with read_session() as session:
        link = find_open_link(session, token)
        user = session.get(User, link.user_id) if link else None
    if link is None or user is None or not user.active or user.id is None:
        raise NotFound("people.link_not_valid")
    sets_up = link.purpose == SETUP
    new_name = parse_name(name) if sets_up else user.name
    new_email = parse_email(email) if sets_up else user.email
    password_hash = hash_password(check_password(password, email=new_email, name=new_name))
    action = "reset password" if link.purpose == RESET else "accept invitation"
    actor = Actor(user_id=user.id, role=Role(user.role), name=new_name)
    with write_session(actor, action) as session:
        # Again, under the write lock: two tabs may hold the same link.
        again = session.get(AccessLink, link.id, with_for_update=True)
        if again is None or again.used_at is not None:
            raise NotFound("people.link_not_valid")
        found = session.get_one(User, user.id)
        require_free_email(session, new_email, but=user.id)
        found.name, found.email = new_name, new_email
        found.password_hash = password_hash
        found.password_changed_at = now()
        void_links(session, user.id)
        revoke_sessions(session, user.id)
        return open_session(session, user.id, address=address, user_agent=user_agent)
