"""Many rows of a logged table in a few statements, each row in the log all the same."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, delete, func, insert, select, text, update
from sqlalchemy.orm import Session

from leadhub.change_log.derive import derive_values, has_key_sources, refresh_derived_rows
from leadhub.change_log.encoding import encode, logged_columns, table_of
from leadhub.change_log.recorder import recorder_of
from leadhub.models import Record

_CHUNK = 500


def bulk_insert(session: Session, model: type[Record], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows given as column → value; missing columns take the model's defaults. Returns the ids."""
    if not rows:
        return []
    recorder = recorder_of(session)
    defaults = _defaults(model)
    at = recorder.action.at
    full = []
    for row in rows:
        values = {
            **{name: make() for name, make in defaults.items() if name not in row},
            "created_at": at,
            "updated_at": at,
            "version": 1,
            **row,
        }
        values.update(derive_values(session, model, values))
        full.append(values)
    table = table_of(model)
    ids = _new_ids(session, table, len(full))
    # What no row has is left to the database's NULL: most of a lead's columns are empty in a bulk of leads.
    used = [n for n in full[0] if any(values.get(n) is not None for values in full)]
    session.execute(
        insert(table),
        [{"id": i, **{n: values.get(n) for n in used}} for i, values in zip(ids, full, strict=True)],
    )
    # The log leaves out what equals the model's default, which is all that a row was not given.
    logged = set(logged_columns(model))
    given = ("created_at", "updated_at", "version")
    for record_id, values, row in zip(ids, full, rows, strict=True):
        names = logged.intersection((*given, *row))
        recorder.add(table.name, record_id, "insert", {}, {n: encode(values[n]) for n in names})
    refresh_derived_rows(session, model, dict(zip(ids, full, strict=True)), fresh=True)
    return ids


def bulk_update(session: Session, model: type[Record], changes: dict[int, dict[str, Any]]) -> list[int]:
    """Set fields by id. Rows that are gone are left out; returns the ids that changed."""
    recorder = recorder_of(session)
    table = table_of(model)
    logged = set(logged_columns(model))
    done: list[int] = []
    for ids in _chunks(sorted(changes)):
        stored = session.execute(select(table).where(table.c.id.in_(ids)).with_for_update()).mappings()
        writes: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        rows: dict[int, dict[str, Any]] = {}
        for row in stored:
            record_id = row["id"]
            wanted = {n: v for n, v in changes[record_id].items() if row[n] != v}
            if not wanted:
                continue
            after = {**row, **wanted}
            wanted.update({n: v for n, v in derive_values(session, model, after).items() if row[n] != v})
            after.update(wanted)
            key = (table.name, record_id)
            if logged.isdisjoint(wanted):
                recorder.touched.setdefault(key, set()).update(wanted)
            else:
                recorder.add(
                    *key,
                    "update",
                    {n: encode(row[n]) for n in wanted if n in logged},
                    {n: encode(wanted[n]) for n in wanted if n in logged},
                )
                wanted["updated_at"] = recorder.action.at
                wanted["version"] = row["version"] + (0 if key in recorder.counted else 1)
                recorder.counted.add(key)
            writes.setdefault(tuple(sorted(wanted)), []).append({"b_id": record_id, **wanted})
            if has_key_sources(model, wanted):
                rows[record_id] = after
            done.append(record_id)
        for names, batch in writes.items():
            session.execute(
                update(table).where(table.c.id == bindparam("b_id")).values({n: bindparam(n) for n in names}),
                batch,
            )
        refresh_derived_rows(session, model, rows)
    session.expire_all()
    return done


def bulk_delete(session: Session, model: type[Record], ids: Sequence[int]) -> list[int]:
    """Delete by id, each row kept in the log. Returns the ids that were there."""
    recorder = recorder_of(session)
    table = table_of(model)
    logged = logged_columns(model)
    done: list[int] = []
    for chunk in _chunks(sorted(set(ids))):
        for row in session.execute(select(table).where(table.c.id.in_(chunk)).with_for_update()).mappings():
            recorder.add(table.name, row["id"], "delete", {n: encode(row[n]) for n in logged}, {})
            done.append(row["id"])
        session.execute(delete(table).where(table.c.id.in_(chunk)))
        refresh_derived_rows(session, model, dict.fromkeys(chunk))
    session.expire_all()
    return done


def _new_ids(session: Session, table: Table, count: int) -> list[int]:
    """Ids that no row has had, taken beforehand: asking each inserted row for its own is a statement a row.

    SQLite has one writer at a time, and its sequence follows the ids that are inserted.
    """
    name = {"name": table.name}
    if session.get_bind().dialect.name == "sqlite":
        used = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), name) or 0
        first = max(used, session.scalar(select(func.max(table.c.id))) or 0) + 1
        return list(range(first, first + count))
    taken = text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)")
    return list(session.scalars(taken, {**name, "count": count}))


def _defaults(model: type[Record]) -> dict[str, Any]:
    cached = _DEFAULTS.get(model)
    if cached is None:
        cached = _DEFAULTS[model] = {}
        for name, info in model.model_fields.items():
            if name == "id" or (info.is_required() and info.default_factory is None):
                continue
            factory = info.default_factory
            cached[name] = factory if factory is not None else (lambda value=info.default: value)
    return cached


_DEFAULTS: dict[type[Record], dict[str, Any]] = {}


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]
