"""Undo of an action: what its change sets replaced comes back, or what stands in the way is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from leadhub.change_log.bulk import bulk_delete, bulk_insert, bulk_update
from leadhub.change_log.encoding import decode, default_values, logged_columns, logged_models, table_of
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
    lead_id: int | None = None

    @property
    def group(self) -> tuple[str, int]:
        """What stays or goes together: all of one lead, else the record alone."""
        return ("lead", self.lead_id) if self.lead_id is not None else (self.table, self.record_id)


def change_sets_of(session: Session, action_id: int) -> list[int]:
    """The action's change sets, newest first."""
    statement = select(ChangeSet.id).where(ChangeSet.action_id == action_id).order_by(ChangeSet.id.desc())
    return list(session.scalars(statement))


def steps_of(session: Session, action_id: int, *, change_set_id: int | None = None) -> list[UndoStep]:
    """The action's change rows (of one change set, if named), newest first, several of one record folded
    into one."""
    statement = (
        select(ChangeRow)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .where(ChangeSet.action_id == action_id)
        .order_by(ChangeRow.id.desc())
    )
    if change_set_id is not None:
        statement = statement.where(ChangeSet.id == change_set_id)
    folded: dict[tuple[str, int], UndoStep] = {}
    models = logged_models()
    for row in session.scalars(statement):
        if row.table_name not in models:
            continue
        # A column may have gone, or become derived, since this was written.
        known = logged_columns(models[row.table_name])
        values = {name: value for name, value in row.values.items() if name in known}
        if row.operation == "update" and not values:
            continue
        key = (row.table_name, row.record_id)
        newer = folded.get(key)
        step = UndoStep(row.id or 0, row.table_name, row.record_id, row.operation, values, row.lead_id)
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
    lead_id = newer.lead_id if newer.lead_id is not None else older.lead_id
    return UndoStep(newer.row_id, newer.table, newer.record_id, operation, values, lead_id)


def plan_undo(session: Session, steps: Iterable[UndoStep]) -> tuple[list[UndoStep], list[Obstacle]]:
    """Which steps can be taken back now, and what stands in the way of the others.

    What belongs to one lead stays or goes as a whole; and what stays may in turn keep others from going.
    """
    free = list(steps)
    obstacles: list[Obstacle] = []
    while found := _obstacles(session, free):
        obstacles += found
        blocked = {(obstacle.table, obstacle.record_id) for obstacle in found}
        stays = {step.group for step in free if (step.table, step.record_id) in blocked}
        free = [step for step in free if step.group not in stays]
    return free, obstacles


def _obstacles(session: Session, steps: list[UndoStep]) -> list[Obstacle]:
    stored = _stored_rows(session, steps)
    later = _later_changes(session, steps)
    pointing = _pointing_at(session, steps)
    orphaned = _missing_parents(session, steps)
    found = []
    for step in steps:
        key = (step.table, step.record_id)
        obstacle = _obstacle(step, key in stored, later[key]) or pointing.get(key) or orphaned.get(key)
        if obstacle is not None:
            found.append(obstacle)
    return found


def _obstacle(step: UndoStep, is_stored: bool, later: set[str]) -> Obstacle | None:
    if step.operation == "delete":
        return Obstacle(step.table, step.record_id, "exists") if is_stored else None
    if not is_stored:
        return Obstacle(step.table, step.record_id, "gone")
    since = tuple(sorted(later))
    return Obstacle(step.table, step.record_id, "changed", since) if since else None


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
    """Fields of these records that were touched after the action's own change and hold another value now.

    A later change that has itself been undone is none.
    """
    newest = {(s.table, s.record_id): s for s in steps}
    touched: dict[tuple[str, int], set[str]] = defaultdict(set)
    for table, ids in _by_table(steps).items():
        for chunk in _chunks(ids):
            rows = session.execute(
                select(ChangeRow.id, ChangeRow.record_id, ChangeRow.values).where(
                    ChangeRow.table_name == table,
                    ChangeRow.record_id.in_(chunk),
                    ChangeRow.id > min(newest[(table, i)].row_id for i in chunk),
                )
            )
            for row_id, record_id, values in rows:
                step = newest[(table, record_id)]
                if row_id > step.row_id:
                    fields = set(values) & set(step.values) if step.operation == "update" else set(values)
                    touched[(table, record_id)] |= fields
    found: dict[tuple[str, int], set[str]] = defaultdict(set)
    for table, ids in _by_table(newest[key] for key, fields in touched.items() if fields).items():
        model = logged_models()[table]
        columns = table_of(model).columns
        for chunk in _chunks(ids):
            for row in session.execute(select(table_of(model)).where(columns.id.in_(chunk))).mappings():
                step = newest[(table, row["id"])]
                found[(table, row["id"])] = {
                    name
                    for name in touched[(table, row["id"])]
                    if name in row and row[name] != decode(model, name, _value_after(step, name))
                }
    return found


def _value_after(step: UndoStep, name: str) -> Any:
    """What the action left in a field."""
    if step.operation == "update":
        return step.values[name][1]
    return step.values.get(name, default_values(step.table).get(name))


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
    """Records that would go on pointing at those this action created: neither created by it as well, nor
    put back by it to point elsewhere."""
    created = {(s.table, s.record_id) for s in steps if s.operation == "insert"}
    reset = {
        (s.table, s.record_id, name)
        for s in steps
        if s.operation == "update"
        for name, (before, after) in s.values.items()
        if before != after
    }
    found: dict[tuple[str, int], Obstacle] = {}
    for table, ids in _by_table(s for s in steps if s.operation == "insert").items():
        for column in _references().get(table, []):
            by_table = column.table.name
            for chunk in _chunks(ids):
                by = next(iter(column.table.primary_key.columns))
                for by_id, record_id in session.execute(select(by, column).where(column.in_(chunk))):
                    if (by_table, by_id) in created or (by_table, by_id, column.name) in reset:
                        continue
                    obstacle = Obstacle(table, record_id, "referenced", (), by_table, by_id)
                    found.setdefault((table, record_id), obstacle)
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
    """Take the steps back through the log, so that the undo can itself be undone."""
    session.flush()
    models = logged_models()
    steps = list(steps)
    tables = [table.name for table in Record.metadata.sorted_tables if table.name in models]
    for table in tables:
        model = models[table]
        rows = [
            {"id": step.record_id, **{name: decode(model, name, v) for name, v in step.values.items()}}
            for step in steps
            if step.table == table and step.operation == "delete"
        ]
        bulk_insert(session, model, rows)
    for table in tables:
        model = models[table]
        changes = {
            step.record_id: {name: decode(model, name, before) for name, (before, _) in step.values.items()}
            for step in steps
            if step.table == table and step.operation == "update"
        }
        if changes:
            bulk_update(session, model, changes)
    for table in reversed(tables):
        ids = [step.record_id for step in steps if step.table == table and step.operation == "insert"]
        if ids:
            bulk_delete(session, models[table], ids)
    session.expire_all()
