"""What contacts, accounts and campaigns have in common: finding, rights, and rules of their values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import account_scope, contact_scope
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput, NotFound
from leadhub.domain.fields import Entity, check_fields, field_of
from leadhub.domain.permissions import Right, require
from leadhub.domain.person_parts import split_person_name
from leadhub.models import Account, Campaign, Contact
from leadhub.statements.leads import is_record_id
from leadhub.statements.references import check_references

MODELS: dict[Entity, Any] = {
    Entity.CONTACT: Contact,
    Entity.ACCOUNT: Account,
    Entity.CAMPAIGN: Campaign,
}
_PARTS = ("first_name", "middle_name", "last_name")
_TIN = re.compile(r"\d{9}|\d{10}|\d{12}")


@dataclass(frozen=True, kw_only=True)
class RecordDone:
    """What a write did; `action_id` is for the toast's Undo (None if nothing changed)."""

    entity: Entity
    record_id: int
    action_id: int | None
    version: int
    title: str


def kind_of(entity: Entity) -> Entity:
    """Raises InvalidInput for what is neither contact, account nor campaign."""
    if entity not in MODELS:
        raise InvalidInput()
    return entity


def require_edit(entity: Entity, actor: Actor) -> None:
    """Raises NotPermitted."""
    require(actor, Right.EDIT_CAMPAIGNS if entity is Entity.CAMPAIGN else Right.EDIT_CONTACTS)


def record_for_update(session: Session, entity: Entity, record_id: int, actor: Actor) -> Any:
    """The record, locked until the transaction ends. Raises NotFound."""
    model = MODELS[entity]
    scope = account_scope(actor) if entity is Entity.ACCOUNT else contact_scope(actor)
    found = None
    if is_record_id(record_id):
        statement = select(model).where(model.id == record_id, scope).with_for_update(of=model)
        found = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound()
    return found


def checked_values(
    session: Session, entity: Entity, typed: Mapping[str, Any], record: Any = None
) -> dict[str, Any]:
    """Column → value; what the record holds already is not checked again. Raises InvalidFields."""
    locked = [str(key)[:60] for key in typed if not field_of(entity, str(key)).editable]
    if locked:
        raise InvalidFields([_problem(entity, key, "errors.value_not_editable") for key in locked])
    values = check_fields(entity, typed)
    if values.get("external_id") == "":
        values["external_id"] = None
    if record is not None:
        values = {column: value for column, value in values.items() if getattr(record, column) != value}
    if values.get("tin") and not _TIN.fullmatch(values["tin"]):
        raise InvalidFields([_problem(entity, "tin", "errors.value_not_tin")])
    check_references(session, entity, values)
    return name_in_step(values, record) if entity is Entity.CONTACT else values


def name_in_step(values: dict[str, Any], contact: Contact | None) -> dict[str, Any]:
    """A full name fills its parts and the parts the full name, whichever was typed."""
    typed_parts = [column for column in _PARTS if column in values]
    if "name" in values and not typed_parts:
        parts = split_person_name(values["name"])
        return {**values, "first_name": parts.first, "middle_name": parts.middle, "last_name": parts.last}
    if typed_parts and "name" not in values:
        known = {column: values.get(column, getattr(contact, column, "")) for column in _PARTS}
        name = " ".join(part for part in known.values() if part)
        return {**values, "name": name} if name else values
    return values


def record_done(entity: Entity, record: Any, action_id: int | None) -> RecordDone:
    return RecordDone(
        entity=entity,
        record_id=record.id or 0,
        action_id=action_id,
        version=record.version,
        title=record.name,
    )


def require_name(entity: Entity, values: Mapping[str, Any]) -> None:
    """Raises InvalidFields."""
    if not values.get("name"):
        raise InvalidFields([_problem(entity, "name", "errors.value_required")])


def _problem(entity: Entity, key: str, text: str) -> InvalidInput:
    return InvalidInput(text, field=key, field_label=f"fields.{entity}.{key}")
