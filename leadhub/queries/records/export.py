"""Every record of a list that matches, a chunk at a time: memory does not grow with the number of rows."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from leadhub.domain.actor import Actor
from leadhub.domain.fields import FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import ListQuery
from leadhub.domain.list_query.dates import zone_of
from leadhub.domain.permissions import Right, require
from leadhub.queries.export import Cell, ExportColumn
from leadhub.queries.records.columns import chosen_columns
from leadhub.queries.records.list import MOST_ROWS, list_records
from leadhub.queries.records.matching import require_view

RecordCell = Cell | date
_FORMATS = {
    FieldKind.DATE: "date",
    FieldKind.DATETIME: "datetime",
    FieldKind.INTEGER: "integer",
    FieldKind.MONEY: "money",
    FieldKind.PERCENT: "percent",
    FieldKind.BOOLEAN: "boolean",
}


def record_export_columns(query: ListQuery) -> tuple[ExportColumn, ...]:
    """The list's columns that may leave the house."""
    return tuple(
        ExportColumn(spec.key, spec.label_key, _FORMATS.get(spec.kind, "")) for spec in _specs(query)
    )


def export_records(query: ListQuery, *, actor: Actor) -> Iterator[tuple[RecordCell, ...]]:
    """The values of the columns, row by row, in the order of the list. Raises NotPermitted at once."""
    require(actor, Right.EXPORT)
    require_view(query.entity, actor)
    return _rows(query, actor)


def _specs(query: ListQuery) -> list[FieldSpec]:
    specs = [fields_of(query.entity)[key] for key in chosen_columns(query)]
    return [spec for spec in specs if spec.exportable]


def _rows(query: ListQuery, actor: Actor) -> Iterator[tuple[RecordCell, ...]]:
    specs, zone, cursor = _specs(query), zone_of(actor.time_zone), ""
    while True:
        page = list_records(query, actor=actor, cursor=cursor, limit=MOST_ROWS)
        for row in page.rows:
            yield tuple(_cell(row.cells[spec.key], spec, zone) for spec in specs)
        if not page.next_cursor:
            return
        cursor = page.next_cursor


def _cell(text: str, spec: FieldSpec, zone: Any) -> RecordCell:
    if not text:
        return None
    match spec.kind:
        case FieldKind.MONEY:
            return int(text) / 100
        case FieldKind.INTEGER | FieldKind.PERCENT:
            return int(text)
        case FieldKind.BOOLEAN:
            return text == "true"
        case FieldKind.DATE:
            return date.fromisoformat(text)
        case FieldKind.DATETIME:
            return datetime.fromisoformat(text).astimezone(zone)
    return text
