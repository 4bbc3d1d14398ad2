from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.domain.lookups import Lookup
from leadhub.domain.permissions import Right, require
from leadhub.models import LookupValue

LONGEST_LABEL = 200


@dataclass(frozen=True)
class LookupDone:
    id: int
    action_id: int | None


def add_lookup_value(lookup: str, *, label: str, actor: Actor) -> LookupDone:
    """Add an entry at the end of an editable list. Raises NotPermitted, NotFound, InvalidInput."""
    require(actor, Right.MANAGE_SETTINGS)
    with write_session(actor, "add lookup value", params={"lookup": str(lookup)[:40]}) as session:
        known = _checked_lookup(lookup)
        last = session.scalar(select(func.max(LookupValue.position)).where(LookupValue.lookup == known))
        value = LookupValue(
            lookup=known,
            label=_free_label(session, known, label),
            position=(-1 if last is None else last) + 1,
        )
        session.add(value)
        session.flush()
    return LookupDone(id=value.id or 0, action_id=action_id(session))


def rename_lookup_value(value_id: int, *, label: str, actor: Actor, field: str = "label") -> LookupDone:
    """Change what an entry is called, wherever it stands. Raises NotPermitted, NotFound, InvalidInput."""
    require(actor, Right.MANAGE_SETTINGS)
    with write_session(actor, "rename lookup value") as session:
        value = _get(session, value_id)
        value.label = _free_label(session, value.lookup, label, but=value_id, field=field)
    return LookupDone(id=value_id, action_id=action_id(session))


def move_lookup_value(value_id: int, *, to_index: int, actor: Actor) -> LookupDone:
    """Give an entry another place in its list, the first being 0. Raises NotPermitted, NotFound."""
    require(actor, Right.MANAGE_SETTINGS)
    with write_session(actor, "reorder lookup") as session:
        value = _get(session, value_id)
        entries = list(
            session.scalars(
                select(LookupValue)
                .where(LookupValue.lookup == value.lookup)
                .order_by(LookupValue.position, LookupValue.id)
            )
        )
        entries.remove(value)
        entries.insert(max(0, min(to_index, len(entries))), value)
        for position, entry in enumerate(entries):
            entry.position = position
    return LookupDone(id=value_id, action_id=action_id(session))


def retire_lookup_value(value_id: int, *, retired: bool, actor: Actor) -> LookupDone:
    """Offer an entry no more, or again; what has it keeps it. Raises NotPermitted, NotFound."""
    require(actor, Right.MANAGE_SETTINGS)
    with write_session(actor, "retire lookup value" if retired else "restore lookup value") as session:
        _get(session, value_id).retired = bool(retired)
    return LookupDone(id=value_id, action_id=action_id(session))


def delete_lookup_value(value_id: int, *, actor: Actor) -> LookupDone:
    """Remove an entry that no record has. Raises NotPermitted, NotFound, InvalidInput (it is in use)."""
    require(actor, Right.MANAGE_SETTINGS)
    with write_session(actor, "delete lookup value") as session:
        value = _get(session, value_id)
        if _is_used(session, value_id):
            raise InvalidInput("settings.lookup_in_use", label=value.label)
        session.delete(value)
    return LookupDone(id=value_id, action_id=action_id(session))


def _is_used(session: Session, value_id: int) -> bool:
    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "lookup_value":
                used = select(key.parent).where(key.parent == value_id).limit(1)
                if session.execute(used).first() is not None:
                    return True
    return False


def _get(session: Session, value_id: int) -> LookupValue:
    found = session.get(LookupValue, value_id)
    if found is None:
        raise NotFound("settings.lookup_value_not_found")
    return found


def _checked_lookup(lookup: object) -> str:
    try:
        return Lookup(lookup).value
    except ValueError:
        raise NotFound("settings.lookup_not_found") from None


def _free_label(
    session: Session, lookup: str, label: object, *, but: int | None = None, field: str = "label"
) -> str:
    text = " ".join(label.split()) if isinstance(label, str) else ""
    if not text or len(text) > LONGEST_LABEL or not text.isprintable():
        raise InvalidInput("settings.label_invalid", field=field, maximum=LONGEST_LABEL)
    taken = session.scalars(
        select(LookupValue.id).where(
            LookupValue.lookup == lookup, func.lower(LookupValue.label) == text.lower()
        )
    ).all()
    if set(taken) - {but}:
        raise InvalidInput("settings.label_taken", field=field, label=text)
    return text
