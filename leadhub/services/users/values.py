"""What admin forms send, checked against what is stored."""

from collections.abc import Iterable
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.domain.actor import Role
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right
from leadhub.models import Account, BusinessGroup, Unit, UnitMember, User, UserGrant
from leadhub.statements.people import find_user_by_email


def checked_role(role: object) -> Role:
    try:
        return Role(role)
    except ValueError:
        raise InvalidInput("people.role_unknown", field="role") from None


def checked_locale(locale: object) -> str:
    try:
        return (
            str(Locale.parse(locale, sep="-")).replace("_", "-") if isinstance(locale, str) else _no_locale()
        )
    except (ValueError, UnknownLocaleError):
        raise InvalidInput("people.locale_unknown", field="locale") from None


def _no_locale() -> str:
    raise ValueError("no locale")


def checked_time_zone(time_zone: object) -> str:
    if time_zone not in available_timezones():
        raise InvalidInput("people.time_zone_unknown", field="time_zone")
    return str(time_zone)


def require_free_email(session: Session, email: str, *, but: int | None = None) -> None:
    found = find_user_by_email(session, email)
    if found is not None and found.id != but:
        raise InvalidInput("people.email_taken", field="email", name=found.name)


def checked_group(session: Session, group_id: int | None) -> int | None:
    if group_id is not None and session.get(BusinessGroup, group_id) is None:
        raise InvalidInput("people.group_not_found", field="group_id")
    return group_id


def checked_partner_account(session: Session, account_id: int | None, role: Role) -> int | None:
    """A partner belongs to a company, and sees only what is that company's; nobody else does."""
    if role is not Role.PARTNER:
        return None
    if account_id is None or session.get(Account, account_id) is None:
        raise InvalidInput("people.partner_needs_account", field="partner_account_id")
    return account_id


def set_units(session: Session, user_id: int, unit_ids: Iterable[int]) -> None:
    wanted = set(unit_ids)
    known = set(session.scalars(select(Unit.id).where(Unit.id.in_(wanted))))
    if wanted - known:
        raise InvalidInput("people.unit_not_found", field="unit_ids")
    present = {
        member.unit_id: member
        for member in session.scalars(select(UnitMember).where(UnitMember.user_id == user_id))
    }
    for unit_id in wanted - set(present):
        session.add(UnitMember(unit_id=unit_id, user_id=user_id))
    for unit_id in set(present) - wanted:
        session.delete(present[unit_id])


def set_grants(session: Session, user_id: int, rights: Iterable[str]) -> None:
    wanted = set(rights)
    if wanted - {right.value for right in Right}:
        raise InvalidInput("people.right_unknown", field="grants")
    present = {
        grant.right: grant for grant in session.scalars(select(UserGrant).where(UserGrant.user_id == user_id))
    }
    for right in wanted - set(present):
        session.add(UserGrant(user_id=user_id, right=right))
    for right in set(present) - wanted:
        session.delete(present[right])


def require_an_admin_left(session: Session, *, without: int) -> None:
    """Somebody must be able to let others in. Raises InvalidInput."""
    others = session.scalar(
        select(func.count())
        .select_from(User)
        .where(User.role == Role.ADMIN.value, User.active.is_(True), User.id != without)
    )
    if not others:
        raise InvalidInput("people.last_admin", field="role")
