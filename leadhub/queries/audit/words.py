"""Change rows in words: names instead of ids, labels of fields instead of columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from leadhub.domain.fields import Entity, fields_of
from leadhub.models import ChangeRow
from leadhub.queries.rows.audit import FieldChange

LONGEST_VALUE = 300
MOST_FIELDS = 30
#: The action's time says it.
UNTOLD = {"created_at"}
#: Table → the column that names its records.
NAMES: dict[str, str] = {
    "app_user": "name",
    "unit": "name",
    "business_group": "name",
    "lookup_value": "label",
    "lead": "display_title",
    "contact": "name",
    "account": "name",
    "opportunity": "title",
    "activity": "title",
    "campaign": "name",
    "lead_type": "label",
    "process_version": "label",
    "saved_view": "name",
    "attachment": "file_name",
}
PAGES = {
    "lead": "/leads",
    "contact": "/contacts",
    "account": "/accounts",
    "opportunity": "/opportunities",
}
#: References that have no foreign key, because two tables would stand in a circle.
LOOSE = {("app_user", "partner_account_id"): "account"}


@dataclass(frozen=True)
class Words:
    names: dict[tuple[str, int], str]

    def record(self, row: ChangeRow) -> str:
        """The record's name, as it is now, else as the log has it."""
        if found := self.names.get((row.table_name, row.record_id)):
            return found
        column = NAMES.get(row.table_name, "")
        value = row.values.get("title" if column == "display_title" else column)
        name = value[-1] if isinstance(value, list) and value else value
        return name[:LONGEST_VALUE] if isinstance(name, str) else ""

    def url(self, row: ChangeRow) -> str:
        known = (row.table_name, row.record_id) in self.names
        return f"{PAGES[row.table_name]}/{row.record_id}" if row.table_name in PAGES and known else ""

    def changes(self, row: ChangeRow) -> list[FieldChange]:
        """Field, old and new, of at most 30 fields."""
        told = []
        for name in sorted(set(row.values) - UNTOLD)[:MOST_FIELDS]:
            old, new = _pair(row.operation, row.values[name])
            told.append(
                FieldChange(
                    name=name.removesuffix("_id").removesuffix("_minor").replace("_", " "),
                    label_key=label_keys().get((row.table_name, name), ""),
                    old=self._value(row.table_name, name, old),
                    new=self._value(row.table_name, name, new),
                    is_moment=name.endswith("_at"),
                )
            )
        return told

    def _value(self, table: str, column: str, value: Any) -> str:
        if value is None or value == "":
            return ""
        target = references().get((table, column))
        if target and isinstance(value, int):
            return self.names.get((target, value)) or f"#{value}"
        if column.endswith("_minor") and isinstance(value, int):
            return f"{value / 100:,.2f}"
        return str(value)[:LONGEST_VALUE]


def words_for(session: Session, rows: Sequence[ChangeRow]) -> Words:
    """Read every name that these rows mention, one statement for each table among them."""
    wanted: dict[str, set[int]] = {}
    for row in rows:
        if row.table_name in NAMES:
            wanted.setdefault(row.table_name, set()).add(row.record_id)
        for column, value in row.values.items():
            target = references().get((row.table_name, column))
            if target in NAMES:
                wanted.setdefault(target, set()).update(_ids(_pair(row.operation, value)))
    names: dict[tuple[str, int], str] = {}
    for table, ids in wanted.items():
        columns = SQLModel.metadata.tables[table].c
        found = session.execute(select(columns.id, columns[NAMES[table]]).where(columns.id.in_(ids)))
        names.update({(table, record_id): name for record_id, name in found if name})
    return Words(names)


def _pair(operation: str, value: Any) -> tuple[Any, Any]:
    if operation == "update" and isinstance(value, list) and len(value) == 2:
        return value[0], value[1]
    return (value, None) if operation == "delete" else (None, value)


def _ids(values: Iterable[Any]) -> set[int]:
    return {value for value in values if isinstance(value, int) and not isinstance(value, bool)}


@cache
def references() -> dict[tuple[str, str], str]:
    """(Table, column) → the table that its values are ids of."""
    found = {
        (table.name, key.parent.name): key.column.table.name
        for table in SQLModel.metadata.sorted_tables
        for key in table.foreign_keys
    }
    return {**found, **LOOSE}


@cache
def label_keys() -> dict[tuple[str, str], str]:
    """(Table, column) → the text key of the field's label."""
    return {
        (entity.value, spec.column): spec.label_key
        for entity in Entity
        for spec in fields_of(entity).values()
    }
