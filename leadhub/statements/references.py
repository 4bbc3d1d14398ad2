"""Whether the records that somebody's input points at exist and may be chosen."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.domain.errors import AssigneeInactive, InvalidFields, InvalidInput, NotFound
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.models import Account, BusinessGroup, Campaign, Contact, Lead, LookupValue, Record, Unit, User
from leadhub.statements.leads import is_record_id

_MODELS: dict[FieldKind, type[Record]] = {
    FieldKind.UNIT: Unit,
    FieldKind.GROUP: BusinessGroup,
    FieldKind.CONTACT: Contact,
    FieldKind.ACCOUNT: Account,
    FieldKind.CAMPAIGN: Campaign,
    FieldKind.LEAD: Lead,
}


def check_references(session: Session, entity: Entity, values: Mapping[str, Any]) -> None:
    """Column → checked value, as `check_fields` gives them. Only values that change need checking: what a
    record already holds may have been retired since.

    Raises InvalidFields naming every field whose record is not there, is retired or is inactive.
    """
    problems = []
    for spec in fields_of(entity).values():
        value = values.get(spec.column)
        if value is not None and not _may_be_chosen(session, spec, value):
            problems.append(_problem(spec, value))
    if problems:
        raise InvalidFields(problems)


def _may_be_chosen(session: Session, spec: FieldSpec, value: Any) -> bool:
    if spec.kind is FieldKind.LOOKUP:
        entry = session.get(LookupValue, value)
        return entry is not None and entry.lookup == spec.lookup and not entry.retired
    if spec.kind is FieldKind.USER:
        user = session.get(User, value)
        return user is not None and user.active
    if spec.kind is FieldKind.UNIT:
        unit = session.get(Unit, value)
        return unit is not None and unit.active
    model = _MODELS.get(spec.kind)
    return model is None or session.get(model, value) is not None


def _problem(spec: FieldSpec, value: Any) -> InvalidInput:
    if spec.kind is FieldKind.USER:
        return InvalidInput("errors.assignee_inactive", field=spec.key, field_label=spec.label_key)
    return InvalidInput(
        "errors.value_not_offered", field=spec.key, field_label=spec.label_key, value=str(value)
    )


def active_user(session: Session, user_id: Any) -> User:
    """Raises AssigneeInactive."""
    user = session.get(User, user_id) if is_record_id(user_id) else None
    if user is None or not user.active:
        raise AssigneeInactive()
    return user


def active_unit(session: Session, unit_id: Any) -> Unit:
    """Raises NotFound."""
    unit = session.get(Unit, unit_id) if is_record_id(unit_id) else None
    if unit is None or not unit.active:
        raise NotFound()
    return unit


def lookup_value(session: Session, lookup: str, value_id: Any, *, field: str) -> LookupValue:
    """An entry of a list that may still be chosen. Raises InvalidInput naming the field."""
    entry = session.get(LookupValue, value_id) if is_record_id(value_id) else None
    if entry is None or entry.lookup != lookup or entry.retired:
        raise InvalidInput("errors.value_not_offered", field=field, value=str(value_id)[:60])
    return entry


def lookup_id(session: Session, lookup: str, key: str) -> int | None:
    return session.scalar(select(LookupValue.id).where(LookupValue.lookup == lookup, LookupValue.key == key))
