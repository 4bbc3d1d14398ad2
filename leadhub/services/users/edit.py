from collections.abc import Iterable
from dataclasses import dataclass

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.people import parse_email, parse_name
from leadhub.domain.permissions import Right, require
from leadhub.services.users.results import UserDone
from leadhub.services.users.values import (
    checked_group,
    checked_partner_account,
    checked_role,
    require_an_admin_left,
    require_free_email,
    set_grants,
    set_units,
)
from leadhub.statements.people import get_user


@dataclass(frozen=True, kw_only=True)
class UserChanges:
    """Everything that the dialog of a user holds."""

    name: str
    email: str
    role: str
    group_id: int | None = None
    unit_ids: Iterable[int] = ()
    grants: Iterable[str] = ()
    partner_account_id: int | None = None


def edit_user(user_id: int, changes: UserChanges, *, actor: Actor) -> UserDone:
    """Save a person's name, e-mail, role, group, units and single rights (M-89).

    Raises NotPermitted, NotFound, InvalidInput.
    """
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "edit user", params={"name": changes.name}) as session:
        user = get_user(session, user_id)
        role = checked_role(changes.role)
        if user.role == Role.ADMIN.value and role is not Role.ADMIN and user.active:
            require_an_admin_left(session, without=user_id)
        user.name = parse_name(changes.name)
        email = parse_email(changes.email)
        require_free_email(session, email, but=user_id)
        user.email = email
        user.role = role.value
        user.group_id = checked_group(session, changes.group_id)
        user.partner_account_id = checked_partner_account(session, changes.partner_account_id, role)
        set_units(session, user_id, changes.unit_ids)
        set_grants(session, user_id, changes.grants)
    return UserDone(user_id=user_id, action_id=action_id(session))
