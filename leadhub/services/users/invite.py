from collections.abc import Iterable

from sqlalchemy.orm import Session

from leadhub.adapters.mail import compose_access_link
from leadhub.db import action_id, derived_session, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import AssigneeInactive
from leadhub.domain.people import parse_email, parse_name
from leadhub.domain.permissions import Right, require
from leadhub.models import User
from leadhub.routes import accept_url
from leadhub.services.shared.access_links import INVITATION, RESET, make_link
from leadhub.services.shared.notify import send_mail
from leadhub.services.users.results import UserDone
from leadhub.services.users.values import (
    checked_group,
    checked_partner_account,
    checked_role,
    require_free_email,
    set_units,
)
from leadhub.settings import get_settings
from leadhub.statements.people import get_user


def invite_user(
    email: str,
    *,
    name: str,
    role: str,
    actor: Actor,
    unit_ids: Iterable[int] = (),
    group_id: int | None = None,
    partner_account_id: int | None = None,
) -> UserDone:
    """Add a person and make the one-time link by which they choose their password.

    Raises NotPermitted, InvalidInput.
    """
    require(actor, Right.MANAGE_USERS)
    email, name, known_role = parse_email(email), parse_name(name), checked_role(role)
    with write_session(actor, "invite user", params={"name": name}) as session:
        require_free_email(session, email)
        user = User(
            email=email,
            name=name,
            role=known_role.value,
            group_id=checked_group(session, group_id),
            partner_account_id=checked_partner_account(session, partner_account_id, known_role),
            locale=actor.locale,
            time_zone=actor.time_zone,
        )
        session.add(user)
        session.flush()
        set_units(session, user.id or 0, unit_ids)
        link, mailed = _send_link(session, user, INVITATION)
    return UserDone(user_id=user.id or 0, action_id=action_id(session), link=link, mailed=mailed)


def make_access_link(user_id: int, *, actor: Actor) -> UserDone:
    """Make a new one-time link: an invitation for who has no password yet, else a password reset.

    Older links of that person stop working. Raises NotPermitted, NotFound, AssigneeInactive.
    """
    require(actor, Right.MANAGE_USERS)
    with derived_session(actor, "make access link") as session:
        user = get_user(session, user_id)
        if not user.active:
            raise AssigneeInactive(field="user_id")
        link, mailed = _send_link(session, user, RESET if user.password_hash else INVITATION)
    return UserDone(user_id=user_id, action_id=None, link=link, mailed=mailed)


def _send_link(session: Session, user: User, purpose: str) -> tuple[str, bool]:
    path = accept_url(make_link(session, user.id or 0, purpose))
    if not get_settings().smtp_url:
        return path, False
    send_mail(session, user.email, *compose_access_link(user.locale, purpose, name=user.name, path=path))
    return path, True
