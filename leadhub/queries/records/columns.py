"""What one row of a record list reads, and how it becomes a `RecordRow`."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, select

from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import ListQuery
from leadhub.models import Account, Campaign, Contact, Lead, Opportunity
from leadhub.queries.labels import Labels
from leadhub.queries.leads.shown import shown
from leadhub.queries.records.sorting import MODELS
from leadhub.queries.rows.records import RecordRow

#: Linked record → its table and the column that names it.
LINKED: dict[FieldKind, tuple[Any, str]] = {
    FieldKind.CONTACT: (Contact, "name"),
    FieldKind.ACCOUNT: (Account, "name"),
    FieldKind.CAMPAIGN: (Campaign, "name"),
    FieldKind.LEAD: (Lead, "display_title"),
    FieldKind.OPPORTUNITY: (Opportunity, "title"),
}
_CORE: dict[Entity, tuple[str, ...]] = {
    Entity.CONTACT: ("id", "version", "name"),
    Entity.ACCOUNT: ("id", "version", "name"),
    Entity.OPPORTUNITY: ("id", "version", "title", "state", "stage_key", "process_version_id"),
    Entity.ACTIVITY: ("id", "version", "title", "status", "by_process", "lead_id", "opportunity_id"),
    Entity.CAMPAIGN: ("id", "version", "name"),
}
_OPEN = frozenset({"", "planned", "pending", "in_progress"})


@lru_cache
def default_columns(entity: Entity) -> tuple[str, ...]:
    return tuple(key for key, spec in fields_of(entity).items() if spec.in_list)


def chosen_columns(query: ListQuery) -> tuple[str, ...]:
    return query.columns or default_columns(query.entity)


def row_select(entity: Entity, columns: Sequence[str], *extra: Any) -> Select[Any]:
    """The columns that these fields need; names of linked records by joins on their keys."""
    table = MODELS[entity].__table__  # type: ignore[attr-defined]
    specs = [fields_of(entity)[key] for key in columns]
    names = dict.fromkeys((*_CORE[entity], *(spec.column for spec in specs)))
    statement = select(*(table.c[name] for name in names), *extra)
    for spec in specs:
        if spec.kind in LINKED:
            model, named_by = LINKED[spec.kind]
            other = model.__table__.alias(f"of_{spec.key}")
            statement = statement.add_columns(other.c[named_by].label(f"{spec.key}__name"))
            statement = statement.outerjoin_from(table, other, other.c.id == table.c[spec.column])
    return statement


def record_row(entity: Entity, row: Any, columns: Sequence[str], labels: Labels) -> RecordRow:
    """`row` is a mapping as `row_select` gives it."""
    specs = [fields_of(entity)[key] for key in columns]
    state = row.get("state") or row.get("status") or ""
    return RecordRow(
        id=row["id"],
        version=row["version"],
        title=row.get("name") or row.get("title") or "",
        cells={spec.key: _cell(row, spec, labels) for spec in specs},
        refs={spec.key: row[spec.column] for spec in specs if spec.kind in LINKED and row[spec.column]},
        state=state,
        is_done=state not in _OPEN,
        by_process=bool(row.get("by_process")),
    )


def _cell(row: Any, spec: FieldSpec, labels: Labels) -> str:
    if spec.kind in LINKED:
        return row[f"{spec.key}__name"] or ""
    return shown(spec, row[spec.column], labels, version_id=row.get("process_version_id"))
