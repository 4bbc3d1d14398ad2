from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.domain.people import parse_name
from leadhub.domain.permissions import Right, require
from leadhub.models import BusinessGroup, Lead, Unit, UnitMember, User
from leadhub.services.units.results import UnitDone

T = TypeVar("T", Unit, BusinessGroup)


def create_unit(
    name: str, *, actor: Actor, group_id: int | None = None, member_ids: Iterable[int] = ()
) -> UnitDone:
    """Add a team that can accept leads. Raises NotPermitted, InvalidInput."""
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "create unit") as session:
        unit = Unit(name=_free_name(session, Unit, name), group_id=_checked_group(session, group_id))
        session.add(unit)
        session.flush()
        _set_members(session, unit.id or 0, set(member_ids))
    return UnitDone(id=unit.id or 0, action_id=action_id(session))


def edit_unit(
    unit_id: int,
    *,
    name: str,
    group_id: int | None,
    active: bool,
    member_ids: Iterable[int],
    actor: Actor,
) -> UnitDone:
    """Save a unit's name, group and members; one that is not active is offered nowhere.

    Raises NotPermitted, NotFound, InvalidInput.
    """
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "edit unit") as session:
        unit = _get(session, Unit, unit_id)
        unit.name = _free_name(session, Unit, name, but=unit_id)
        unit.group_id = _checked_group(session, group_id)
        unit.active = bool(active)
        _set_members(session, unit_id, set(member_ids))
    return UnitDone(id=unit_id, action_id=action_id(session))


def create_group(name: str, *, actor: Actor) -> UnitDone:
    """Add a set of units. Raises NotPermitted, InvalidInput."""
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "create group") as session:
        group = BusinessGroup(name=_free_name(session, BusinessGroup, name))
        session.add(group)
        session.flush()
    return UnitDone(id=group.id or 0, action_id=action_id(session))


def rename_group(group_id: int, *, name: str, actor: Actor) -> UnitDone:
    """Raises NotPermitted, NotFound, InvalidInput."""
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "rename group") as session:
        group = _get(session, BusinessGroup, group_id)
        group.name = _free_name(session, BusinessGroup, name, but=group_id)
    return UnitDone(id=group_id, action_id=action_id(session))


def delete_group(group_id: int, *, actor: Actor) -> UnitDone:
    """Remove a group that nothing belongs to. Raises NotPermitted, NotFound, InvalidInput."""
    require(actor, Right.MANAGE_USERS)
    with write_session(actor, "delete group") as session:
        group = _get(session, BusinessGroup, group_id)
        for model in (Unit, User, Lead):
            if session.scalar(select(func.count()).where(model.group_id == group_id)):
                raise InvalidInput("people.group_in_use", field="group_id")
        session.delete(group)
    return UnitDone(id=group_id, action_id=action_id(session))


def _get(session: Session, model: type[T], record_id: int) -> T:
    found = session.get(model, record_id)
    if found is None:
        raise NotFound("people.unit_not_found" if model is Unit else "people.group_not_found")
    return found


def _free_name(
    session: Session, model: type[Unit] | type[BusinessGroup], name: str, *, but: int | None = None
) -> str:
    parsed = parse_name(name)
    taken = session.scalars(select(model.id).where(func.lower(model.name) == parsed.lower())).all()
    if set(taken) - {but}:
        raise InvalidInput("people.name_taken", field="name", name=parsed)
    return parsed


def _checked_group(session: Session, group_id: int | None) -> int | None:
    if group_id is not None and session.get(BusinessGroup, group_id) is None:
        raise InvalidInput("people.group_not_found", field="group_id")
    return group_id


def _set_members(session: Session, unit_id: int, wanted: set[int]) -> None:
    known = set(session.scalars(select(User.id).where(User.id.in_(wanted))))
    if wanted - known:
        raise InvalidInput("people.user_not_found", field="member_ids")
    present = {
        member.user_id: member
        for member in session.scalars(select(UnitMember).where(UnitMember.unit_id == unit_id))
    }
    for user_id in sorted(wanted - set(present)):
        session.add(UnitMember(unit_id=unit_id, user_id=user_id))
    for user_id in set(present) - wanted:
        session.delete(present[user_id])
