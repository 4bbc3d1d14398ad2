"""The further phones, emails, addresses and links of a contact or an account."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.domain.fields import Entity, FieldKind, FieldSpec
from leadhub.domain.fields.rules import check_field
from leadhub.models import CommunicationOption
from leadhub.services.records.kinds import RecordDone, record_done, record_for_update, require_edit
from leadhub.statements.leads import is_record_id

#: Kind of option → how its value is checked.
KINDS: dict[str, FieldKind] = {
    "phone": FieldKind.PHONE,
    "email": FieldKind.EMAIL,
    "address": FieldKind.TEXT,
    "link": FieldKind.URL,
}
MOST_OPTIONS = 50
_OWNERS: dict[Entity, Any] = {
    Entity.CONTACT: CommunicationOption.contact_id,
    Entity.ACCOUNT: CommunicationOption.account_id,
}


def add_communication_option(
    entity: Entity, record_id: int, *, kind: str, value: str, actor: Actor, label: str = ""
) -> RecordDone:
    """Add one at the end. Raises NotFound, NotPermitted, InvalidInput."""
    column = _owner(entity)
    require_edit(entity, actor)
    checked = _checked(kind, value)
    with write_session(actor, f"edit {entity}") as session:
        record = record_for_update(session, entity, record_id, actor)
        present = _options(session, column, record_id)
        if len(present) >= MOST_OPTIONS:
            raise InvalidInput("errors.too_many_options", field="value", maximum=MOST_OPTIONS)
        option = CommunicationOption(  # type: ignore[call-arg]
            kind=kind, value=checked, label=_label(label), position=len(present)
        )
        setattr(option, column.key, record_id)
        session.add(option)
    return record_done(entity, record, action_id(session))


def edit_communication_option(option_id: int, *, value: str, actor: Actor, label: str = "") -> RecordDone:
    """Change its value and label. Raises NotFound, NotPermitted, InvalidInput."""
    with write_session(actor, "edit communication option") as session:
        option, entity, record = _option_for_update(session, option_id, actor)
        option.value, option.label = _checked(option.kind, value), _label(label)
    return record_done(entity, record, action_id(session))


def remove_communication_option(option_id: int, *, actor: Actor) -> RecordDone:
    """Take it away; the rest close ranks. Raises NotFound, NotPermitted."""
    with write_session(actor, "remove communication option") as session:
        option, entity, record = _option_for_update(session, option_id, actor)
        rest = [one for one in _options(session, _OWNERS[entity], record.id) if one.id != option_id]
        session.delete(option)
        _number(rest)
    return record_done(entity, record, action_id(session))


def move_communication_option(option_id: int, *, by: int, actor: Actor) -> RecordDone:
    """Move it up (-1) or down (1) among its fellows. Raises NotFound, NotPermitted."""
    with write_session(actor, "edit communication option") as session:
        option, entity, record = _option_for_update(session, option_id, actor)
        ordered = _options(session, _OWNERS[entity], record.id)
        place = ordered.index(option)
        wanted = min(max(place + (1 if by > 0 else -1), 0), len(ordered) - 1)
        ordered.insert(wanted, ordered.pop(place))
        _number(ordered)
    return record_done(entity, record, action_id(session))


def _number(options: list[CommunicationOption]) -> None:
    for position, option in enumerate(options):
        if option.position != position:
            option.position = position


def _owner(entity: Entity) -> Any:
    column = _OWNERS.get(entity)
    if column is None:
        raise InvalidInput()
    return column


def _options(session: Session, column: Any, record_id: int) -> list[CommunicationOption]:
    ordered = select(CommunicationOption).where(column == record_id)
    return list(session.scalars(ordered.order_by(CommunicationOption.position, CommunicationOption.id)))  # type: ignore[arg-type]


def _option_for_update(
    session: Session, option_id: int, actor: Actor
) -> tuple[CommunicationOption, Entity, Any]:
    option = session.get(CommunicationOption, option_id) if is_record_id(option_id) else None
    if option is None:
        raise NotFound()
    entity = Entity.CONTACT if option.contact_id is not None else Entity.ACCOUNT
    require_edit(entity, actor)
    record = record_for_update(session, entity, option.contact_id or option.account_id or 0, actor)
    return option, entity, record


def _checked(kind: str, value: str) -> str:
    if kind not in KINDS:
        raise InvalidInput("errors.value_not_offered", field="kind", field_label="records.option_kind",
                           value=str(kind)[:40])  # fmt: skip
    spec = FieldSpec(
        entity=Entity.CONTACT, key="value", kind=KINDS[kind], column="value", group="", required=True,
        max_length=400,
    )  # fmt: skip
    try:
        return check_field(spec, value)
    except InvalidInput as fault:
        raise InvalidInput(
            fault.key, **{**fault.params, "field": "value", "field_label": "records.option_value"}
        ) from fault


def _label(text: str) -> str:
    return " ".join(str(text).replace("\x00", "").split())[:60]
