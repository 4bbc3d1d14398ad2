"""Every write becomes a change set: the session is watched, so no service can forget it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.orm.attributes import History

from leadhub.change_log.derive import derive_columns, has_key_sources, refresh_derived_rows
from leadhub.change_log.encoding import default_values, encode, lead_of, logged_columns, table_of
from leadhub.domain.actor import Actor
from leadhub.models import ChangeAction, ChangeRow, ChangeSet, Record


@dataclass
class ActionInfo:
    """The action that a transaction belongs to."""

    name: str
    actor: Actor
    at: datetime
    params: dict[str, Any] = field(default_factory=dict)
    bulk: bool = False
    action_id: int | None = None
    undoes_action_id: int | None = None


@dataclass
class _Row:
    operation: str
    old: dict[str, Any]
    new: dict[str, Any]
    lead_id: int | None


@dataclass
class Recorder:
    """What this transaction has changed so far."""

    action: ActionInfo
    rows: dict[tuple[str, int], _Row] = field(default_factory=dict)
    touched: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    #: Records whose match keys are made anew at the end, once however often they were flushed.
    fresh_keys: dict[type[Record], dict[int, dict[str, Any] | None]] = field(default_factory=dict)
    stale_keys: dict[type[Record], dict[int, dict[str, Any] | None]] = field(default_factory=dict)
    counted: set[tuple[str, int]] = field(default_factory=set)
    """Records whose version this transaction has raised: once each, however often they are flushed."""
    unloaded: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    """Old values of fields that were set on an expired record, which the session never read."""

    def add(
        self, table: str, record_id: int, operation: str, old: dict[str, Any], new: dict[str, Any]
    ) -> None:
        """Fold one more change of a record into what is known of it."""
        key = (table, record_id)
        lead_id = lead_of(table, record_id, new if operation != "delete" else old)
        self.touched.setdefault(key, set()).update(new or old)
        known = self.rows.get(key)
        if known is None:
            self.rows[key] = _Row(operation, dict(old), dict(new), lead_id)
            return
        if lead_id is not None:
            known.lead_id = lead_id
        if operation == "delete":
            if known.operation == "insert":
                del self.rows[key]
            else:
                self.rows[key] = _Row("delete", {**old, **known.old}, {}, known.lead_id)
        elif operation == "insert":
            before = known.old
            changed = {k: v for k, v in new.items() if before.get(k) != v}
            self.rows[key] = _Row("update", {k: before.get(k) for k in changed}, changed, known.lead_id)
        elif known.operation == "insert":
            known.new.update(new)
        else:
            for name, value in new.items():
                known.old.setdefault(name, old.get(name))
                known.new[name] = value
                if known.old[name] == value:
                    del known.old[name], known.new[name]
            if not known.new:
                del self.rows[key]

    def write(self, session: Session) -> int | None:
        """Put the change set, and the match keys, beside the change.

        Returns the action's id, None if nothing changed.
        """
        for keys, fresh in ((self.stale_keys, False), (self.fresh_keys, True)):
            for model, records in keys.items():
                refresh_derived_rows(session, model, records, fresh=fresh)
            keys.clear()
        if not self.rows:
            return self.action.action_id
        action = self.action
        if action.action_id is None:
            action.action_id = session.execute(
                insert(ChangeAction).returning(ChangeAction.id),
                [
                    {
                        "name": action.name,
                        "params": action.params,
                        "actor_id": action.actor.user_id,
                        "actor_name": action.actor.name,
                        "at": action.at,
                        "bulk": action.bulk,
                        "undoes_action_id": action.undoes_action_id,
                    }
                ],
            ).scalar_one()
        set_id = session.execute(
            insert(ChangeSet).returning(ChangeSet.id), [{"action_id": action.action_id, "at": action.at}]
        ).scalar_one()
        session.execute(
            insert(table_of(ChangeRow)),
            [
                {
                    "change_set_id": set_id,
                    "table_name": table,
                    "record_id": record_id,
                    "operation": row.operation,
                    "values": _log_values(table, row),
                    "lead_id": row.lead_id,
                }
                for (table, record_id), row in self.rows.items()
            ],
        )
        return action.action_id


def _log_values(table: str, row: _Row) -> dict[str, Any]:
    """Without what equals the model's default, which a restored row gets back anyway."""
    if row.operation == "update":
        return {name: [row.old.get(name), value] for name, value in row.new.items()}
    kept = row.new if row.operation == "insert" else row.old
    defaults = default_values(table)
    return {name: value for name, value in kept.items() if name not in defaults or value != defaults[name]}


def recorder_of(session: Session) -> Recorder:
    return session.info["recorder"]


def watch(session: Session, recorder: Recorder, clock: Callable[[], datetime]) -> None:
    """Record every change that this session flushes; refuse bulk statements on logged tables."""
    session.info["recorder"] = recorder

    @event.listens_for(session, "before_flush")
    def _stamp(session: Session, context: UOWTransaction, instances: Any) -> None:
        now = clock()
        for record in session.new:
            if isinstance(record, Record):
                if record.created_at is None:
                    record.created_at = now
                record.updated_at = now
                derive_columns(session, record)
        for record in session.dirty:
            if isinstance(record, Record) and session.is_modified(record):
                key = (table_of(type(record)).name, _id(record))
                if not _has_logged_changes(record):
                    recorder.touched.setdefault(key, set()).update(_derived_changes(record))
                    continue
                record.updated_at = now
                recorder.unloaded[key] = _read_unloaded(session, record)
                if key not in recorder.counted:
                    recorder.counted.add(key)
                    record.version += 1
                derive_columns(session, record)

    @event.listens_for(session, "after_flush")
    def _collect(session: Session, context: UOWTransaction) -> None:
        for record in session.new:
            if isinstance(record, Record):
                model = type(record)
                new = {name: encode(getattr(record, name)) for name in logged_columns(model)}
                recorder.add(table_of(model).name, _id(record), "insert", {}, new)
                recorder.counted.add((table_of(model).name, _id(record)))
                recorder.fresh_keys.setdefault(model, {})[_id(record)] = dict(record.__dict__)
        for record in session.dirty:
            if isinstance(record, Record):
                model = type(record)
                key = (table_of(model).name, _id(record))
                old, new = _changed(record, recorder.unloaded.pop(key, {}))
                if new:
                    recorder.add(*key, "update", old, new)
                if has_key_sources(model, new):
                    fresh = _id(record) in recorder.fresh_keys.get(model, {})
                    keys = recorder.fresh_keys if fresh else recorder.stale_keys
                    keys.setdefault(model, {})[_id(record)] = dict(record.__dict__)
        for record in session.deleted:
            if isinstance(record, Record):
                model = type(record)
                old = {name: encode(_stored(record, name)) for name in logged_columns(model)}
                recorder.add(table_of(model).name, _id(record), "delete", old, {})
                recorder.fresh_keys.get(model, {}).pop(_id(record), None)
                recorder.stale_keys.setdefault(model, {})[_id(record)] = None

    @event.listens_for(session, "do_orm_execute")
    def _refuse_bulk(state: ORMExecuteState) -> None:
        if state.is_update or state.is_delete or state.is_insert:
            mapper = state.bind_mapper
            if mapper is not None and issubclass(mapper.class_, Record):
                raise RuntimeError(
                    f"a bulk statement on {mapper.class_.__name__} bypasses the log: use change_log.bulk"
                )


def _id(record: Record) -> int:
    assert record.id is not None
    return record.id


def _stored(record: Record, name: str) -> Any:
    """The value as loaded: a field changed and then deleted in one flush is logged as it was."""
    history: History = inspect(record).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(record, name)


def _has_logged_changes(record: Record) -> bool:
    """A change of derived columns alone is none that anybody made: it raises no version."""
    attributes = inspect(record).attrs
    return any(attributes[name].history.has_changes() for name in logged_columns(type(record)))


def _derived_changes(record: Record) -> set[str]:
    attributes = inspect(record).attrs
    return {name for name in type(record).__derived__ if attributes[name].history.has_changes()}


def _read_unloaded(session: Session, record: Record) -> dict[str, Any]:
    """What stands in the database for fields that were set without having been read."""
    state = inspect(record)
    names = []
    for name in logged_columns(type(record)):
        history: History = state.attrs[name].history
        if history.added and not history.deleted:
            names.append(name)
    if not names:
        return {}
    table = table_of(type(record))
    row = session.execute(
        select(*(table.c[name] for name in names)).where(table.c.id == _id(record))
    ).mappings()
    return dict(row.one_or_none() or {})


def _changed(record: Record, unloaded: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    state = inspect(record)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in logged_columns(type(record)):
        history: History = state.attrs[name].history
        if history.added and history.deleted != history.added:
            before = encode(history.deleted[0] if history.deleted else unloaded.get(name))
            after = encode(history.added[0])
            if before != after:
                old[name], new[name] = before, after
    return old, new
