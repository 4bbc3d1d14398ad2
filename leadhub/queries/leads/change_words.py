"""Puts what the change log holds into words: labels for ids, names for linked records."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import Obstacle
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.models import Account, Campaign, Contact
from leadhub.queries.labels import Labels
from leadhub.queries.leads.shown import shown
from leadhub.queries.rows.lead_page import HistoryChange
from leadhub.statements.leads import is_record_id

LONGEST = 600
_ENTITIES = {
    "lead": Entity.LEAD,
    "activity": Entity.ACTIVITY,
    "opportunity": Entity.OPPORTUNITY,
    "contact": Entity.CONTACT,
    "account": Entity.ACCOUNT,
    "campaign": Entity.CAMPAIGN,
}
#: Table → the column that names its record in one line.
_NAMED_BY = {
    "activity": "title",
    "opportunity": "title",
    "post": "body",
    "attachment": "file_name",
    "contact": "name",
    "account": "name",
    "campaign": "name",
    "lead_distribution": "strategy",
    "communication_option": "value",
}
#: What the program notes by itself beside the change that matters.
_STAMPS = frozenset(
    {"number", "created_at", "updated_at", "created_by", "author", "stage_entered_at", "last_activity_at"}
)
_LINKED = {FieldKind.CONTACT: Contact, FieldKind.ACCOUNT: Account, FieldKind.CAMPAIGN: Campaign}


class ChangeWords:
    def __init__(self, session: Session, labels: Labels, definition: ProcessDefinition) -> None:
        self._session = session
        self._labels = labels
        self._definition = definition
        self._names: dict[tuple[FieldKind, int], str] = {}

    def learn(self, logged: Iterable[dict[str, Any]]) -> None:
        """Read the names of linked records, one statement for each kind that occurs."""
        columns = {s.column: s.kind for s in fields_of(Entity.LEAD).values() if s.kind in _LINKED}
        wanted: dict[FieldKind, set[int]] = {}
        for values in logged:
            for column, kind in columns.items():
                given = values.get(column)
                for value in given if isinstance(given, list) else [given]:
                    if is_record_id(value):
                        wanted.setdefault(kind, set()).add(value)
        for kind, ids in wanted.items():
            model = _LINKED[kind]
            for record_id, name in self._session.execute(
                select(model.id, model.name).where(model.id.in_(ids))  # type: ignore[attr-defined,call-overload]
            ):
                self._names[kind, record_id] = name

    def changes(
        self, table: str, record_id: int, operation: str, values: dict[str, Any]
    ) -> Iterator[HistoryChange]:
        """Each changed field of the registry; records that came or went, by their name."""
        if operation == "update":
            for spec in _specs(table):
                if spec.column in values:
                    old, new = (self._written(spec, value) for value in values[spec.column])
                    kind = spec.kind.value
                    yield HistoryChange(table, record_id, operation, spec.label_key, kind, old, new)
            if table == "post" and "body" in values:
                old, new = (str(value)[:LONGEST] for value in values["body"])
                yield HistoryChange(table, record_id, operation, "history.record.post", "text", old, new)
        elif table == "lead":
            for spec in _specs(table):
                text = self._written(spec, values.get(spec.column))
                if text and spec.kind is not FieldKind.LEAD_TYPE:
                    old, new = ("", text) if operation == "insert" else (text, "")
                    kind = spec.kind.value
                    yield HistoryChange(table, record_id, operation, spec.label_key, kind, old, new)
        elif table in _NAMED_BY:
            name = str(values.get(_NAMED_BY[table]) or "")[:LONGEST]
            old, new = ("", name) if operation == "insert" else (name, "")
            kind = "inserted" if operation == "insert" else "deleted"
            yield HistoryChange(table, record_id, operation, f"history.record.{table}", kind, old, new)

    def reverse(
        self, table: str, record_id: int, operation: str, values: dict[str, Any]
    ) -> Iterator[HistoryChange]:
        """The same, taken back: old is what stands there now, new what comes back."""
        other = {"insert": "delete", "delete": "insert"}.get(operation, "update")
        if other == "update":
            values = {name: [pair[1], pair[0]] for name, pair in values.items()}
        yield from self.changes(table, record_id, other, values)

    def obstacle(self, found: Obstacle) -> HistoryChange:
        key = (
            f"history.record.{found.table}" if found.table in (*_NAMED_BY, "lead") else "history.record.other"
        )
        columns = {spec.column: spec.key for spec in _specs(found.table)}
        fields = ", ".join(columns.get(name, name) for name in found.fields)
        return HistoryChange(found.table, found.record_id, "undo", key, found.reason, fields, "")

    def _written(self, spec: FieldSpec, value: Any) -> str:
        if value is None or value is False:
            return ""
        if spec.kind is FieldKind.STAGE:
            stage = self._definition.find_stage(str(value))
            return stage.label if stage else str(value)
        if spec.kind is FieldKind.CHOICE and value:
            return f"choices.{spec.entity}.{spec.key}.{value}"
        if spec.kind is FieldKind.BOOLEAN:
            return "history.yes"
        if spec.kind in _LINKED:
            return self._names.get((spec.kind, value), f"#{value}")
        return shown(spec, value, self._labels)[:LONGEST]


def _specs(table: str) -> list[FieldSpec]:
    entity = _ENTITIES.get(table)
    if entity is None:
        return []
    return [spec for spec in fields_of(entity).values() if spec.key not in _STAMPS]
