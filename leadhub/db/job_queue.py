"""Work for later, written in the caller's own transaction: it commits with the change that asked for it.

The queue is DBOS's, its tables beside the data (PostgreSQL: schema dbos; SQLite: the same file).
"""

import logging
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

SCHEMA = "dbos"

# DBOS names its SQLite tables without a prefix; migrations must not take them for ours.
SQLITE_TABLES = frozenset(
    {
        "application_versions",
        "dbos_migrations",
        "notifications",
        "operation_outputs",
        "queues",
        "streams",
        "workflow_events",
        "workflow_events_history",
        "workflow_input",
        "workflow_output",
        "workflow_schedules",
        "workflow_status",
    }
)


class JobQueue(StrEnum):
    """QUICK: under some seconds, many at once. LONG: imports, scoring runs, training: few at once."""

    QUICK = "quick"
    LONG = "long"


def enqueue(
    session: Session,
    name: str,
    *args: Any,
    key: str | None = None,
    delay: timedelta | None = None,
    queue: JobQueue = JobQueue.QUICK,
) -> str | None:
    """Run the named job after this transaction has committed; if it rolls back, never.

    With a `key`, a job of that key that has not begun yet counts for this one too: it will see what this
    transaction writes. Returns the job's id, or None if one was waiting already.
    """
    connection = session.connection()
    options: dict[str, Any] = {"workflow_name": name, "queue_name": queue.value}
    if delay is not None:
        options["delay_seconds"] = delay.total_seconds()
    if key is None:
        return _insert(connection, options, args)
    options["deduplication_id"] = f"{name}:{key}"
    while True:
        if _is_waiting(connection, queue.value, options["deduplication_id"]):
            return None
        job_id = _insert_unless_taken(connection, options, args)
        if job_id is not None:
            return job_id


def migrate_job_tables(url: str) -> None:
    """Create or update the queue's tables."""
    from dbos import DBOS

    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS.migrate(url, schema=SCHEMA)


def _is_waiting(connection: Connection, queue: str, key: str) -> bool:
    """Tell whether a job of this key has not begun yet, and keep it from beginning before we commit."""
    sqlite = connection.dialect.name == "sqlite"
    table = "workflow_status" if sqlite else f"{SCHEMA}.workflow_status"
    where = "queue_name = :queue AND deduplication_id = :key"
    # SQLite: we are the only writer. PostgreSQL: the row lock holds the job back until our commit, so that it
    # sees our change; the queue passes over locked rows.
    lock = "" if sqlite else " FOR UPDATE"
    found = connection.execute(
        text(f"SELECT status FROM {table} WHERE {where}{lock}"), {"queue": queue, "key": key}
    ).scalar()
    if found is None:
        return False
    if found in ("ENQUEUED", "DELAYED"):
        return True
    # It has begun and may have read the old state: this change gets a job of its own, and the key.
    connection.execute(
        text(f"UPDATE {table} SET deduplication_id = NULL WHERE {where}"), {"queue": queue, "key": key}
    )
    return False


def _insert_unless_taken(
    connection: Connection, options: dict[str, Any], args: tuple[Any, ...]
) -> str | None:
    from dbos import error

    if connection.dialect.name == "sqlite":
        return _insert(connection, options, args)
    try:
        with connection.begin_nested():
            return _insert(connection, options, args)
    except error.DBOSQueueDeduplicatedError:
        return None


def _insert(connection: Connection, options: dict[str, Any], args: tuple[Any, ...]) -> str:
    client = _client(connection.engine.url.render_as_string(hide_password=False))
    return client.enqueue_in_transaction(connection, options, *args).workflow_id


@lru_cache(maxsize=4)
def _client(url: str) -> Any:
    # Imported on first use: a process that only reads does without its 17 MiB.
    from dbos import DBOSClient

    logging.getLogger("dbos").setLevel(logging.WARNING)
    return DBOSClient(system_database_url=url, lazy=True, dbos_system_schema=SCHEMA)
