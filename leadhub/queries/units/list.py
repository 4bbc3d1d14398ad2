from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.models import BusinessGroup, Unit, UnitMember, User
from leadhub.queries.rows.people import GroupRow, UnitRow

MOST_ROWS = 300


def list_units(*, actor: Actor) -> tuple[UnitRow, ...]:
    """Every unit with its group and members. Raises NotPermitted."""
    require(actor, Right.MANAGE_USERS)
    with read_session() as session:
        units = session.execute(
            select(Unit, BusinessGroup.name)
            .outerjoin(BusinessGroup, BusinessGroup.id == Unit.group_id)
            .order_by(Unit.active.desc(), func.lower(Unit.name))
            .limit(MOST_ROWS)
        ).all()
        members: dict[int, list[tuple[str, str]]] = {}
        for unit_id, user_id, name in session.execute(
            select(UnitMember.unit_id, User.id, User.name)
            .join(User, User.id == UnitMember.user_id)
            .order_by(func.lower(User.name))
        ):
            members.setdefault(unit_id, []).append((str(user_id), name))
    return tuple(
        UnitRow(
            id=unit.id,
            name=unit.name,
            group_id="" if unit.group_id is None else str(unit.group_id),
            group=group or "",
            active=unit.active,
            member_ids=[user_id for user_id, _ in members.get(unit.id, ())],
            members=", ".join(name for _, name in members.get(unit.id, ())),
        )
        for unit, group in units
    )


def list_groups(*, actor: Actor) -> tuple[GroupRow, ...]:
    """Every group with its units. Raises NotPermitted."""
    require(actor, Right.MANAGE_USERS)
    with read_session() as session:
        groups = session.scalars(
            select(BusinessGroup).order_by(func.lower(BusinessGroup.name)).limit(MOST_ROWS)
        ).all()
        units: dict[int | None, list[str]] = {}
        for group_id, name in session.execute(
            select(Unit.group_id, Unit.name).order_by(func.lower(Unit.name))
        ):
            units.setdefault(group_id, []).append(name)
    return tuple(
        GroupRow(
            id=group.id or 0,
            name=group.name,
            units=", ".join(units.get(group.id, ())),
            in_use=bool(units.get(group.id)),
        )
        for group in groups
    )
