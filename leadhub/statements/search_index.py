"""The index of three-letter pieces in which leads are searched: FTS5 on SQLite, pg_trgm on PostgreSQL."""

import logging

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

log = logging.getLogger(__name__)

TABLE = "lead_search"
TRIGRAM_INDEX = "ix_lead_search_trigram"
#: What is searched: the number and the search text.
SQLITE_DOCUMENT = "{row}.id || char(10) || {row}.search_text"
POSTGRES_DOCUMENT = "(CAST(lead.id AS VARCHAR) || E'\\n' || lead.search_text)"


def install_search(connection: Connection) -> None:
    """Make the index where it is missing, and fill it."""
    if connection.dialect.name == "sqlite":
        _install_fts(connection)
    else:
        _install_trigrams(connection)


def remove_search(connection: Connection) -> None:
    """Drop the triggers and the index."""
    if connection.dialect.name == "sqlite":
        for name in ("added", "changed", "removed"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {TABLE}")
    else:
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {TRIGRAM_INDEX}")


def _install_fts(connection: Connection) -> None:
    has = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'lead_search_changed'"
    if connection.scalar(text(has)):
        return
    remove_search(connection)
    new, old = SQLITE_DOCUMENT.format(row="new"), SQLITE_DOCUMENT.format(row="old")
    add = f"INSERT INTO {TABLE} (rowid, document) VALUES (new.id, {new});"
    drop = f"INSERT INTO {TABLE} ({TABLE}, rowid, document) VALUES ('delete', old.id, {old});"
    for statement in (
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(document, content='', columnsize=0, "
        "tokenize='trigram case_sensitive 1')",
        f"INSERT INTO {TABLE} (rowid, document) SELECT id, {SQLITE_DOCUMENT.format(row='lead')} FROM lead",
        f"CREATE TRIGGER {TABLE}_added AFTER INSERT ON lead BEGIN {add} END",
        f"CREATE TRIGGER {TABLE}_removed AFTER DELETE ON lead BEGIN {drop} END",
        f"CREATE TRIGGER {TABLE}_changed AFTER UPDATE OF search_text ON lead "
        f"WHEN old.search_text IS NOT new.search_text BEGIN {drop} {add} END",
    ):
        connection.exec_driver_sql(statement)


def _install_trigrams(connection: Connection) -> None:
    has = f"SELECT 1 FROM pg_indexes WHERE tablename = 'lead' AND indexname = '{TRIGRAM_INDEX}'"
    if connection.scalar(text(has)):
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DBAPIError as fault:
        log.warning("no pg_trgm, so searching reads every lead: %s", fault.orig)
        return
    connection.exec_driver_sql(
        f"CREATE INDEX {TRIGRAM_INDEX} ON lead USING gin "
        f"({POSTGRES_DOCUMENT.replace('lead.', '')} gin_trgm_ops) WITH (gin_pending_list_limit = 512)"
    )
    # so that the planner tells a term in a hundredth of the rows from one in ten
    connection.exec_driver_sql(f"ALTER INDEX {TRIGRAM_INDEX} ALTER COLUMN 1 SET STATISTICS 1000")
