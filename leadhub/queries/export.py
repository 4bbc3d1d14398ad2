"""Every lead that matches, a chunk at a time: memory does not grow with the number of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import LeadSort, ListQuery
from leadhub.domain.list_query.dates import zone_of
from leadhub.domain.permissions import Right, require
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.columns import chosen_columns
from leadhub.queries.leads.find import find_rows
from leadhub.queries.leads.sorting import Cursor, place_of

_CHUNK = 2_000
Cell = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class ExportColumn:
    """`kind` names the format of an XLSX cell: date, datetime, integer, money, percent, boolean or ""."""

    key: str
    label_key: str
    kind: str


def export_columns(query: ListQuery) -> tuple[ExportColumn, ...]:
    """The list's columns that may leave the house."""
    specs = [fields_of(Entity.LEAD)[key] for key in chosen_columns(query)]
    return tuple(
        ExportColumn(spec.key, spec.label_key, _FORMATS.get(spec.kind, ""))
        for spec in specs
        if spec.exportable
    )


def export_leads(query: ListQuery, *, actor: Actor) -> Iterator[tuple[Cell, ...]]:
    """The values of `export_columns`, row by row, in the order of the list. Raises NotPermitted at once."""
    require(actor, Right.EXPORT)
    return _rows(query, actor)


def _rows(query: ListQuery, actor: Actor) -> Iterator[tuple[Cell, ...]]:
    specs = [fields_of(Entity.LEAD)[column.key] for column in export_columns(query)]
    keys = tuple(spec.key for spec in specs)
    zone = zone_of(actor.time_zone)
    sort = LeadSort(query.sort)
    now = clock()
    place: Cursor | None = None
    while True:
        with read_session() as session:
            labels = labels_of(session)
            found, _ = find_rows(session, query, keys, labels, place=place, need=_CHUNK, actor=actor, now=now)
        for row in found:
            yield tuple(_cell(row, spec, labels, zone) for spec in specs)
        if len(found) < _CHUNK:
            return
        place = place_of(found[-1], sort)


_FORMATS = {
    FieldKind.DATE: "date",
    FieldKind.DATETIME: "datetime",
    FieldKind.INTEGER: "integer",
    FieldKind.SCORE: "integer",
    FieldKind.MONEY: "money",
    FieldKind.PERCENT: "percent",
    FieldKind.BOOLEAN: "boolean",
}


def _cell(row: Any, spec: FieldSpec, labels: Labels, zone: Any) -> Cell:
    value = row["display_title"] if spec.key == "title" else row[spec.column]
    if value is None or value == "":
        return None
    match spec.kind:
        case FieldKind.LOOKUP:
            return labels.lookups.get(value)
        case FieldKind.USER:
            return labels.users.get(value)
        case FieldKind.UNIT:
            return labels.units.get(value)
        case FieldKind.GROUP:
            return labels.groups.get(value)
        case FieldKind.LEAD_TYPE:
            return labels.lead_types.get(value, ("", ""))[1]
        case FieldKind.STAGE:
            return labels.stage_label(row["process_version_id"], value)
        case FieldKind.CONTACT | FieldKind.ACCOUNT | FieldKind.CAMPAIGN:
            return row[f"{spec.key}__name"]
        case FieldKind.MONEY:
            return value / 100
        case FieldKind.DATETIME:
            return value.astimezone(zone)
    return value
