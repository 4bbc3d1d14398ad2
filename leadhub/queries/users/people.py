from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from leadhub.db import now, read_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import NotFound, NotPermitted
from leadhub.domain.permissions import Right, require
from leadhub.models import (
    AccessLink,
    Account,
    BusinessGroup,
    Lead,
    Unit,
    UnitMember,
    User,
    UserGrant,
    WebSession,
)
from leadhub.queries.rows.people import PersonOption, Profile, UserDetail, UserRow

MOST_ROWS = 200
OPEN_STATES = ("pending", "in_progress")


def list_users(*, actor: Actor, search: str = "") -> tuple[UserRow, ...]:
    """Everybody with an account, those who left last; the first 200 that match. Raises NotPermitted."""
    require(actor, Right.MANAGE_USERS)
    seen = (
        select(WebSession.user_id, func.max(WebSession.last_seen_at).label("at"))
        .group_by(WebSession.user_id)
        .subquery()
    )
    links = (
        select(AccessLink.user_id)
        .where(AccessLink.used_at.is_(None), AccessLink.expires_at > now())
        .distinct()
        .subquery()
    )
    statement = (
        select(User, BusinessGroup.name, seen.c.at, links.c.user_id)
        .outerjoin(BusinessGroup, BusinessGroup.id == User.group_id)
        .outerjoin(seen, seen.c.user_id == User.id)
        .outerjoin(links, links.c.user_id == User.id)
        .order_by(User.active.desc(), func.lower(User.name), User.id)
        .limit(MOST_ROWS)
    )
    words = search.strip().lower()[:100]
    if words:
        like = f"%{_escaped(words)}%"
        statement = statement.where(
            func.lower(User.name).like(like, escape="\\") | func.lower(User.email).like(like, escape="\\")
        )
    with read_session() as session:
        found = session.execute(statement).all()
        units = _unit_names(session, [user.id for user, *_ in found])
    return tuple(
        UserRow(
            id=user.id,
            name=user.name,
            email=user.email,
            role=user.role,
            active=user.active,
            units=", ".join(units.get(user.id, ())),
            group=group or "",
            last_seen_at=_iso(seen_at),
            invited=link is not None,
            has_password=user.password_hash is not None,
            is_demo=user.is_demo,
        )
        for user, group, seen_at, link in found
    )


def find_user_id(email: str, *, actor: Actor) -> int | None:
    """The account with this e-mail. Raises NotPermitted."""
    require(actor, Right.MANAGE_USERS)
    with read_session() as session:
        return session.scalar(select(User.id).where(User.email == email.strip().casefold()))


def get_user_detail(user_id: int, *, actor: Actor) -> UserDetail:
    """Raises NotPermitted, NotFound."""
    require(actor, Right.MANAGE_USERS)
    with read_session() as session:
        row = session.execute(
            select(User, Account.name)
            .outerjoin(Account, Account.id == User.partner_account_id)
            .where(User.id == user_id)
        ).one_or_none()
        if row is None:
            raise NotFound("people.user_not_found")
        user, account = row
        unit_ids = session.scalars(select(UnitMember.unit_id).where(UnitMember.user_id == user_id)).all()
        grants = session.scalars(select(UserGrant.right).where(UserGrant.user_id == user_id)).all()
        open_leads = session.scalar(
            select(func.count()).where(Lead.owner_id == user_id, Lead.state.in_(OPEN_STATES))
        )
    return UserDetail(
        id=user.id,
        name=user.name,
        email=user.email,
        role=user.role,
        active=user.active,
        group_id=_text(user.group_id),
        unit_ids=[str(unit_id) for unit_id in sorted(unit_ids)],
        grants=sorted(grants),
        partner_account_id=_text(user.partner_account_id),
        partner_account=account or "",
        open_leads=open_leads or 0,
        has_password=user.password_hash is not None,
    )


def get_profile(*, actor: Actor) -> Profile:
    """One's own account. Raises NotFound."""
    with read_session() as session:
        user = session.get(User, actor.user_id) if actor.user_id is not None else None
    if user is None:
        raise NotFound("people.user_not_found")
    return Profile(
        name=user.name,
        email=user.email,
        locale=user.locale,
        time_zone=user.time_zone,
        notify_by_mail=user.notify_by_mail,
        has_password=user.password_hash is not None,
    )


def list_user_options(*, actor: Actor, search: str = "", limit: int = 50) -> tuple[PersonOption, ...]:
    """Whom something can be given to: active people inside, whose name begins like the search first.

    Raises NotPermitted for partners and for nobody.
    """
    _require_inside(actor)
    statement = select(User.id, User.name).where(User.active.is_(True), User.role != Role.PARTNER.value)
    words = search.strip().lower()[:100]
    if words:
        escaped = _escaped(words)
        statement = statement.where(func.lower(User.name).like(f"%{escaped}%", escape="\\"))
        first = case((func.lower(User.name).like(f"{escaped}%", escape="\\"), 0), else_=1)
        statement = statement.order_by(first)
    statement = statement.order_by(func.lower(User.name), User.id).limit(min(limit, MOST_ROWS))
    with read_session() as session:
        return tuple(PersonOption(str(row.id), row.name) for row in session.execute(statement))


def list_unit_options(*, actor: Actor) -> tuple[PersonOption, ...]:
    """The teams that something can be given to. Raises NotPermitted for partners and for nobody."""
    _require_inside(actor)
    statement = select(Unit.id, Unit.name).where(Unit.active.is_(True)).order_by(func.lower(Unit.name))
    with read_session() as session:
        return tuple(
            PersonOption(str(row.id), row.name) for row in session.execute(statement.limit(MOST_ROWS))
        )


def list_account_options(*, actor: Actor, search: str = "") -> tuple[PersonOption, ...]:
    """Companies that a partner may belong to, by the beginning of their name. Raises NotPermitted."""
    require(actor, Right.MANAGE_USERS)
    words = _escaped(search.strip().lower()[:100])
    statement = (
        select(Account.id, Account.name)
        .where(func.lower(Account.name).like(f"{words}%", escape="\\"))
        .order_by(Account.name, Account.id)
        .limit(20)
    )
    with read_session() as session:
        return tuple(PersonOption(str(row.id), row.name) for row in session.execute(statement))


def _require_inside(actor: Actor) -> None:
    if actor.role is None or actor.role is Role.PARTNER:
        raise NotPermitted(right=Right.VIEW_LEADS.value)


def _unit_names(session: Session, user_ids: list[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for user_id, name in session.execute(
        select(UnitMember.user_id, Unit.name)
        .join(Unit, Unit.id == UnitMember.unit_id)
        .where(UnitMember.user_id.in_(user_ids))
        .order_by(func.lower(Unit.name))
    ):
        names.setdefault(user_id, []).append(name)
    return names


def _escaped(words: str) -> str:
    without_nul = words.replace("\0", "").encode("utf-8", "replace").decode()
    return without_nul.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _text(value: int | None) -> str:
    return "" if value is None else str(value)
