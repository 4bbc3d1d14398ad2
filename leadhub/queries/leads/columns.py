"""What one row of the lead list reads from the database, and how it becomes a `LeadRow`."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import ListQuery
from leadhub.domain.permissions import Right, can
from leadhub.domain.process.button import process_button
from leadhub.domain.process.facts import ActorFacts, ProcessFacts
from leadhub.models import Account, Campaign, Contact, Lead
from leadhub.queries.labels import Labels
from leadhub.queries.rows.leads import LeadRow

_CORE = (
    "id", "version", "display_title", "lead_type_id", "process_version_id", "stage_key", "state",
    "need_maturity", "score", "score_band", "owner_id", "unit_id", "contact_id", "contact_name", "account_id",
    "account_name", "email", "mobile_phone", "business_phone", "target_amount_minor", "next_follow_up_on",
    "expected_completion_at", "created_at", "last_activity_at",
)  # fmt: skip
_FINAL = frozenset({"won", "lost", "cancelled"})
_NAMED = {
    FieldKind.CONTACT: Contact,
    FieldKind.ACCOUNT: Account,
    FieldKind.CAMPAIGN: Campaign,
}


@lru_cache
def default_columns() -> tuple[str, ...]:
    return tuple(key for key, spec in fields_of(Entity.LEAD).items() if spec.in_list)


def chosen_columns(query: ListQuery) -> tuple[str, ...]:
    return query.columns or default_columns()


def row_select(columns: Sequence[str], *extra: Any) -> Select[Any]:
    """The columns that these fields need; names of linked records by joins on their keys."""
    table = Lead.__table__  # type: ignore[attr-defined]
    specs = [fields_of(Entity.LEAD)[key] for key in columns]
    names = dict.fromkeys((*_CORE, *(spec.column for spec in specs)))
    linked = [spec for spec in specs if spec.kind in _NAMED]
    statement = select(*(table.c[name] for name in names), *extra)
    for spec in linked:
        other = _NAMED[spec.kind].__table__.alias(f"of_{spec.key}")  # type: ignore[attr-defined]
        statement = statement.add_columns(other.c.name.label(f"{spec.key}__name"))
        statement = statement.outerjoin_from(table, other, other.c.id == table.c[spec.column])
    return statement


def lead_row(row: Any, columns: Sequence[str], labels: Labels, *, actor: Actor, now: datetime) -> LeadRow:
    """`row` is a mapping as `row_select` gives it."""
    type_key, _ = labels.lead_types.get(row["lead_type_id"], ("", ""))
    final = row["state"] in _FINAL
    due, follow_up = row["expected_completion_at"], row["next_follow_up_on"]
    overdue = not final and ((due is not None and due < now) or (bool(follow_up) and follow_up < now.date()))
    return LeadRow(
        id=row["id"],
        number=row["id"],
        version=row["version"],
        title=row["display_title"],
        lead_type=type_key,
        stage_key=row["stage_key"],
        stage_label=labels.stage_label(row["process_version_id"], row["stage_key"]),
        state=row["state"],
        is_final=final,
        button=_button(labels, row, actor),
        maturity=row["need_maturity"],
        score=row["score"],
        score_band=row["score_band"],
        owner_id=row["owner_id"],
        owner_name=labels.users.get(row["owner_id"], ""),
        unit_id=row["unit_id"],
        unit_name=labels.units.get(row["unit_id"], ""),
        contact_id=row["contact_id"],
        contact_name=row["contact_name"],
        account_id=row["account_id"],
        account_name=row["account_name"],
        email=row["email"],
        phone=row["mobile_phone"] or row["business_phone"],
        amount_minor=row["target_amount_minor"],
        follow_up_on=_iso(follow_up),
        is_overdue=overdue,
        created_at=_iso(row["created_at"]),
        last_activity_at=_iso(row["last_activity_at"]),
        cells={key: _cell(row, fields_of(Entity.LEAD)[key], labels) for key in columns},
    )


def _cell(row: Any, spec: FieldSpec, labels: Labels) -> str:
    """The text of one field: a label, ISO date, minor units, "true"/"false"; "" when empty."""
    if spec.key == "title":
        return row["display_title"]
    value = row[spec.column]
    if value is None or value == "":
        return ""
    match spec.kind:
        case FieldKind.LOOKUP:
            return labels.lookups.get(value, "")
        case FieldKind.USER:
            return labels.users.get(value, "")
        case FieldKind.UNIT:
            return labels.units.get(value, "")
        case FieldKind.GROUP:
            return labels.groups.get(value, "")
        case FieldKind.LEAD_TYPE:
            return labels.lead_types.get(value, ("", ""))[1]
        case FieldKind.STAGE:
            return labels.stage_label(row["process_version_id"], value)
        case FieldKind.CONTACT | FieldKind.ACCOUNT | FieldKind.CAMPAIGN:
            return row[f"{spec.key}__name"] or ""
        case FieldKind.BOOLEAN:
            return "true" if value else "false"
        case FieldKind.DATE | FieldKind.DATETIME:
            return _iso(value)
    return str(value)


def _button(labels: Labels, row: Any, actor: Actor) -> str:
    definition = labels.processes.get(row["process_version_id"])
    if definition is None or definition.find_stage(row["stage_key"]) is None:
        return "none"
    unit_id = row["unit_id"]
    waiting = unit_id is not None and row["owner_id"] is None
    may_accept = (
        waiting and can(actor, Right.ACCEPT_LEAD) and unit_id in (actor.unit_ids | actor.group_unit_ids)
    )
    key = (row["process_version_id"], row["stage_key"], waiting, may_accept)
    action = labels.buttons.get(key)
    if action is None:
        facts = ProcessFacts(
            stage=row["stage_key"],
            actor=ActorFacts(may_accept=may_accept),
            awaits_acceptance=waiting,
            has_owner=not waiting,
        )
        action = labels.buttons[key] = process_button(definition, facts).action.value
    return action


def _iso(value: date | datetime | None) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    return value.isoformat()
