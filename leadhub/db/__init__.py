"""The only place where a session is made."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from leadhub import change_log, live
from leadhub.db.job_queue import JobQueue as JobQueue
from leadhub.db.job_queue import enqueue as enqueue
from leadhub.db.sqlite_hints import HintingCompiler
from leadhub.db.sqlite_lock import begin_immediate
from leadhub.domain.actor import Actor
from leadhub.settings import get_settings

_MANY = 200
#: Compiling a statement costs PostgreSQL more than fifty rows from an index do.
_WITHOUT_JIT = {"options": "-c jit=off"}
#: SQLite has one writer at a time: waiting here is fair and cheap, waiting inside SQLite is polling.
_sqlite_writer = threading.Lock()


@lru_cache
def get_engine() -> Engine:
    """The engine of this process, made on first use (never before a fork)."""
    return make_engine(get_settings().sqlalchemy_url)


def make_engine(url: str) -> Engine:
    if url.startswith("sqlite"):
        path = url.partition(":///")[2]
        if path and path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, pool_size=20, max_overflow=20, connect_args={"timeout": 10})
        engine.dialect.statement_compiler = HintingCompiler
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True, connect_args=_WITHOUT_JIT)


def _prepare_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "temp_store=MEMORY",
        "cache_size=-32000",
        "mmap_size=1073741824",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("leadhub_writes", False):
        begin_immediate(connection.connection.driver_connection)
    else:
        connection.exec_driver_sql("BEGIN")


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def read_session() -> Iterator[Session]:
    """A session that sees one moment and cannot write."""
    engine = get_engine()
    options: dict[str, Any] = {} if engine.dialect.name == "sqlite" else {"postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        session = Session(connection, autoflush=False, expire_on_commit=False)
        event.listen(session, "before_flush", _refuse_to_write)
        try:
            yield session
        finally:
            session.close()


def _refuse_to_write(session: Session, context: Any, instances: Any) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a read session was asked to write: use write_session")


@contextmanager
def write_session(
    actor: Actor,
    action: str,
    *,
    params: dict[str, Any] | None = None,
    continues: int | None = None,
    undoes: int | None = None,
    bulk: bool = False,
) -> Iterator[Session]:
    """One transaction, one change set. Commits at the end, rolls back on any error.

    `continues` adds another change set to an action of several (an import's next chunk).
    After the block `action_id(session)` names the action, for Undo.
    """
    info = change_log.ActionInfo(
        name=action,
        actor=actor,
        at=now(),
        params=params or {},
        bulk=bulk,
        action_id=continues,
        undoes_action_id=undoes,
    )
    recorder = change_log.Recorder(info)
    with _transaction() as session:
        change_log.watch(session, recorder, now)
        yield session
        session.flush()
        recorder.write(session)
    if recorder.touched:
        live.publish(_event_of(recorder))


@contextmanager
def derived_session(actor: Actor, action: str) -> Iterator[Session]:
    """A transaction over derived tables (sessions, progress, scores): nothing of it enters the log,
    and a logged record cannot be flushed through it."""
    with _transaction() as session:
        event.listen(session, "before_flush", _refuse_logged)
        yield session
        touched = session.info.get("live", {})
    if touched:
        live.publish(live.LiveEvent(tables=touched, actor_id=actor.user_id, action=action))


def announce(session: Session, table: str, *ids: int) -> None:
    """Tell open screens, once committed, that derived rows of a table changed."""
    recorder = session.info.get("recorder")
    if recorder is not None:
        for record_id in ids:
            recorder.touched.setdefault((table, record_id), set())
    else:
        touched = session.info.setdefault("live", {})
        touched[table] = (*touched.get(table, ()), *ids)


def _refuse_logged(session: Session, context: Any, instances: Any) -> None:
    for record in (*session.new, *session.dirty, *session.deleted):
        if getattr(record, "__logged__", False):
            raise RuntimeError(f"{type(record).__name__} is logged: use write_session")


@contextmanager
def _transaction() -> Iterator[Session]:
    engine = get_engine()
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        _sqlite_writer.acquire()
    try:
        options = {"leadhub_writes": True} if sqlite else {}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            session = Session(connection, expire_on_commit=False)
            try:
                yield session
                session.flush()
            finally:
                session.close()
    finally:
        if sqlite:
            _sqlite_writer.release()


def action_id(session: Session) -> int | None:
    """The action that a write session recorded; None if nothing changed."""
    return change_log.recorder_of(session).action.action_id


def _event_of(recorder: change_log.Recorder) -> live.LiveEvent:
    tables: dict[str, list[int]] = {}
    fields: set[str] = set()
    for (table, record_id), names in recorder.touched.items():
        tables.setdefault(table, []).append(record_id)
        fields.update(f"{table}.{name}" for name in names)
    # A lead's page follows what belongs to the lead as well: its activities, posts, files.
    leads = {row.lead_id for row in recorder.rows.values() if row.lead_id is not None}
    return live.LiveEvent(
        tables={t: tuple(ids) if len(ids) <= _MANY else () for t, ids in tables.items()},
        fields=frozenset(fields),
        actor_id=recorder.action.actor.user_id,
        action=recorder.action.name,
        topics=frozenset(f"lead:{lead_id}" for lead_id in leads) if len(leads) <= _MANY else frozenset(),
    )
