"""Undo of an action: what its change sets replaced comes back, or what stands in the way is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from leadhub.change_log.encoding import decode, logged_models
from leadhub.models import ChangeRow, ChangeSet, Record


@dataclass(frozen=True)
class Obstacle:
    """Why a record cannot be put back: `changed` since (the fields), `referenced` since (by which
    record), `gone`, or `parent_gone`."""

    table: str
    record_id: int
    reason: str
    fields: tuple[str, ...] = ()
    by_table: str = ""
    by_id: int | None = None


@dataclass(frozen=True)
class UndoStep:
    """One record to put back; `row_id` is the newest change row of the action for it."""

    row_id: int
    table: str
    record_id: int
    operation: str
    values: dict[str, Any]


def steps_of(
    session: Session, action_id: int, *, after_row: int | None = None, limit: int | None = None
) -> list[UndoStep]:
    """The action's change rows, newest first, several of one record folded into one."""
    statement = (
        select(ChangeRow)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .where(ChangeSet.action_id == action_id)
        .order_by(ChangeRow.id.desc())
    )
    if after_row is not None:
        statement = statement.where(ChangeRow.id < after_row)
    if limit is not None:
        statement = statement.limit(limit)
    folded: dict[tuple[str, int], UndoStep] = {}
    for row in session.scalars(statement):
        key = (row.table_name, row.record_id)
        newer = folded.get(key)
        step = UndoStep(row.id, row.table_name, row.record_id, row.operation, row.values)
        folded[key] = step if newer is None else _fold(step, newer)
    return [step for step in folded.values() if step.operation != "none"]


def _fold(older: UndoStep, newer: UndoStep) -> UndoStep:
    """Two changes of one record by one action, seen as one."""
    if older.operation == "insert":
        operation, values = ("none", {}) if newer.operation == "delete" else ("insert", older.values)
    elif newer.operation == "delete":
        old = {name: pair[0] for name, pair in older.values.items()}
        operation, values = "delete", {**newer.values, **old}
    else:
        operation, values = "update", dict(newer.values)
        for name, (before, after) in older.values.items():
            values[name] = [before, values[name][1] if name in values else after]
    return UndoStep(newer.row_id, newer.table, newer.record_id, operation, values)


def plan_undo(session: Session, steps: Iterable[UndoStep]) -> tuple[list[UndoStep], list[Obstacle]]:
    """Which steps can be taken back now, and what stands in the way of the others."""
    steps = list(steps)
    stored = _stored_rows(session, steps)
    later = _later_changes(session, steps)
    pointing = _pointing_at(session, [s for s in steps if s.operation == "insert"])
    orphaned = _missing_parents(session, steps)
    free: list[UndoStep] = []
    obstacles: list[Obstacle] = []
    for step in steps:
        key = (step.table, step.record_id)
        found = _obstacle(step, key in stored, later[key]) or pointing.get(key) or orphaned.get(key)
        if found is None:
            free.append(step)
        else:
            obstacles.append(found)
    return free, obstacles


def _obstacle(step: UndoStep, is_stored: bool, later: set[str]) -> Obstacle | None:
    if step.operation == "delete":
        return Obstacle(step.table, step.record_id, "exists") if is_stored else None
    if not is_stored:
        return Obstacle(step.table, step.record_id, "gone")
    since = later & set(step.values) if step.operation == "update" else later
    return Obstacle(step.table, step.record_id, "changed", tuple(sorted(since))) if since else None


def _by_table(steps: Iterable[UndoStep]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for step in steps:
        found[step.table].append(step.record_id)
    return found


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]


def _existing(session: Session, table: str, ids: list[int]) -> set[int]:
    column = Record.metadata.tables[table].c.id
    return {i for chunk in _chunks(ids) for i in session.scalars(select(column).where(column.in_(chunk)))}


def _stored_rows(session: Session, steps: list[UndoStep]) -> set[tuple[str, int]]:
    return {(t, i) for t, ids in _by_table(steps).items() for i in _existing(session, t, ids)}


def _later_changes(session: Session, steps: list[UndoStep]) -> dict[tuple[str, int], set[str]]:
    """Fields of these records that were touched after the action's own change."""
    newest = {(s.table, s.record_id): s.row_id for s in steps}
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for table, ids in _by_table(steps).items():
        for chunk in _chunks(ids):
            rows = session.execute(
                select(ChangeRow.id, ChangeRow.record_id, ChangeRow.values).where(
                    ChangeRow.table_name == table,
                    ChangeRow.record_id.in_(chunk),
                    ChangeRow.id > min(newest[(table, i)] for i in chunk),
                )
            )
            for row_id, record_id, values in rows:
                if row_id > newest[(table, record_id)]:
                    found[(table, record_id)].update(values)
    return found


def _references() -> dict[str, list[Column[Any]]]:
    """Table → every column that points at it, logged or not."""
    if not _REFERENCES:
        for table in Record.metadata.tables.values():
            for column in table.columns:
                for key in column.foreign_keys:
                    _REFERENCES.setdefault(key.column.table.name, []).append(column)
    return _REFERENCES


_REFERENCES: dict[str, list[Column[Any]]] = {}


def _pointing_at(session: Session, steps: list[UndoStep]) -> dict[tuple[str, int], Obstacle]:
    """Records of other actions that point at those this action created."""
    created = {(s.table, s.record_id) for s in steps}
    found: dict[tuple[str, int], Obstacle] = {}
    for table, ids in _by_table(steps).items():
        for column in _references().get(table, []):
            for chunk in _chunks(ids):
                by = next(iter(column.table.primary_key.columns))
                for by_id, record_id in session.execute(select(by, column).where(column.in_(chunk))):
                    if (column.table.name, by_id) not in created:
                        found.setdefault(
                            (table, record_id),
                            Obstacle(table, record_id, "referenced", (), column.table.name, by_id),
                        )
    return found


def _missing_parents(session: Session, steps: list[UndoStep]) -> dict[tuple[str, int], Obstacle]:
    """Records that would come back pointing at something that has been deleted since."""
    restored = {(s.table, s.record_id) for s in steps if s.operation == "delete"}
    wanted: dict[str, dict[int, list[tuple[UndoStep, str]]]] = defaultdict(lambda: defaultdict(list))
    for step in steps:
        if step.operation == "insert":
            continue
        for column in Record.metadata.tables[step.table].columns:
            value = step.values.get(column.name)
            value = value[0] if step.operation == "update" and value is not None else value
            for key in column.foreign_keys if value is not None else ():
                parent = key.column.table.name
                if (parent, value) not in restored:
                    wanted[parent][value].append((step, column.name))
    found: dict[tuple[str, int], Obstacle] = {}
    for parent, by_id in wanted.items():
        for missing in set(by_id) - _existing(session, parent, list(by_id)):
            for step, name in by_id[missing]:
                key = (step.table, step.record_id)
                found[key] = Obstacle(*key, "parent_gone", (name,), parent, missing)
    return found


def undo_rows(session: Session, steps: Iterable[UndoStep]) -> None:
    """Take the steps back through the session, so that the undo is itself in the log."""
    models = logged_models()
    steps = list(steps)
    for step in _children_last(s for s in steps if s.operation == "delete"):
        model = models[step.table]
        values = {name: decode(model, name, value) for name, value in step.values.items()}
        session.add(model(id=step.record_id, **values))
        session.flush()
    for step in steps:
        if step.operation == "update":
            model = models[step.table]
            record = session.get(model, step.record_id)
            assert record is not None
            for name, (before, _) in step.values.items():
                setattr(record, name, decode(model, name, before))
    session.flush()
    for step in reversed(_children_last(s for s in steps if s.operation == "insert")):
        record = session.get(models[step.table], step.record_id)
        assert record is not None
        session.delete(record)
        session.flush()


def _children_last(steps: Iterable[UndoStep]) -> list[UndoStep]:
    """In the order in which foreign keys allow them to be inserted."""
    order = {table.name: i for i, table in enumerate(Record.metadata.sorted_tables)}
    return sorted(steps, key=lambda s: (order[s.table], s.record_id))
