"""What a lead's field may be chosen from, and what it holds now: for filters and inline editors."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, field_of
from leadhub.domain.lookups import Lookup
from leadhub.domain.permissions import Right, require
from leadhub.models import BusinessGroup, Campaign, LeadType
from leadhub.queries.labels import labels_of
from leadhub.queries.leads.dialogs import list_choices, list_people, list_units
from leadhub.queries.rows.lead_dialogs import Choice, EditedValue
from leadhub.statements.leads import lead_of

MOST_CAMPAIGNS = 300
#: Kinds whose values are chosen from a list that is small enough to send.
CHOSEN_KINDS = frozenset(
    {
        FieldKind.LOOKUP, FieldKind.USER, FieldKind.UNIT, FieldKind.GROUP, FieldKind.LEAD_TYPE,
        FieldKind.STAGE, FieldKind.CAMPAIGN,
    }
)  # fmt: skip


def list_field_options(key: str, *, actor: Actor) -> list[Choice]:
    """The options of a field; choices of the registry are texts and need no query. Raises NotFound."""
    require(actor, Right.VIEW_LEADS)
    spec = field_of(Entity.LEAD, key)
    if spec.kind not in CHOSEN_KINDS:
        return []
    with read_session() as session:
        return options_of(session, spec)


def get_field_value(lead_id: int, key: str, *, actor: Actor) -> EditedValue:
    """What one field of a lead holds, as an editor takes it. Raises LeadNotFound, NotFound."""
    spec = field_of(Entity.LEAD, key)
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        return EditedValue(
            lead_id=lead.id or 0,
            key=spec.key,
            kind=spec.kind.value,
            value=_as_text(getattr(lead, spec.column), spec),
            version=lead.version,
            options=options_of(session, spec) if spec.kind in CHOSEN_KINDS else [],
        )


def options_of(session: Session, spec: FieldSpec) -> list[Choice]:
    match spec.kind:
        case FieldKind.LOOKUP if spec.lookup is not None:
            return list_choices(session, spec.lookup)
        case FieldKind.USER:
            return list_people(session)
        case FieldKind.UNIT:
            return list_units(session)
        case FieldKind.GROUP:
            return _named(session, select(BusinessGroup.id, BusinessGroup.name).order_by(BusinessGroup.name))
        case FieldKind.LEAD_TYPE:
            return _named(session, select(LeadType.id, LeadType.label).order_by(LeadType.position))
        case FieldKind.CAMPAIGN:
            recent = select(Campaign.id, Campaign.name).order_by(Campaign.id.desc()).limit(MOST_CAMPAIGNS)  # type: ignore[union-attr]
            return _named(session, recent)
        case FieldKind.STAGE:
            return _stages(session)
    return []


def _stages(session: Session) -> list[Choice]:
    """Each stage key once, in the order of the lead types; stages of one key may have several names."""
    labels = labels_of(session)
    names: dict[str, list[str]] = {}
    for type_id in labels.lead_types:
        definition = labels.processes.get(labels.type_versions.get(type_id, 0))
        for stage in definition.stages if definition else ():
            known = names.setdefault(stage.key, [])
            if stage.label not in known:
                known.append(stage.label)
    return [Choice(key, " / ".join(known)) for key, known in names.items()]


def _named(session: Session, statement: Any) -> list[Choice]:
    return [Choice(str(row[0]), row[1]) for row in session.execute(statement)]


def _as_text(value: Any, spec: FieldSpec) -> str:
    if value is None:
        return ""
    if spec.kind is FieldKind.MONEY:
        return f"{value / 100:.2f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def list_stage_reasons(stage_key: str, *, actor: Actor) -> list[Choice]:
    """The reasons that entering a stage asks for; none where it asks for none."""
    require(actor, Right.VIEW_LEADS)
    with read_session() as session:
        labels = labels_of(session)
        for version_id in labels.type_versions.values():
            stage = labels.stage(version_id, stage_key)
            if stage is not None and stage.asked_reason is not None:
                return list_choices(session, Lookup(stage.asked_reason.value))
    return []
