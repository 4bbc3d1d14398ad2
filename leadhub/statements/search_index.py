"""The indexes of three-letter pieces in which records are searched: FTS5 on SQLite, pg_trgm on PostgreSQL."""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SearchIndex:
    """`fts` is the SQLite table, `trigrams` the PostgreSQL index. A number is searched with the text."""

    table: str
    fts: str
    with_number: bool = False

    @property
    def trigrams(self) -> str:
        return f"ix_{self.fts}_trigram"

    def sqlite_document(self, row: str) -> str:
        return f"{row}.id || char(10) || {row}.search_text" if self.with_number else f"{row}.search_text"

    @property
    def postgres_document(self) -> str:
        """Letter for letter what the index is on: statements must say the same to use it."""
        if self.with_number:
            return f"(CAST({self.table}.id AS VARCHAR) || E'\\n' || {self.table}.search_text)"
        return f"{self.table}.search_text"


SEARCH_INDEXES: dict[str, SearchIndex] = {
    index.table: index
    for index in (
        SearchIndex("lead", "lead_search", with_number=True),
        SearchIndex("contact", "search_contact"),
        SearchIndex("account", "search_account"),
        SearchIndex("opportunity", "search_opportunity", with_number=True),
    )
}


def install_search(connection: Connection) -> None:
    """Make the indexes where they are missing, and fill them."""
    for index in SEARCH_INDEXES.values():
        if connection.dialect.name == "sqlite":
            _install_fts(connection, index)
        elif not _install_trigrams(connection, index):
            return


def remove_search(connection: Connection) -> None:
    """Drop the triggers and the indexes."""
    for index in SEARCH_INDEXES.values():
        if connection.dialect.name == "sqlite":
            for name in ("added", "changed", "removed"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {index.fts}_{name}")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index.fts}")
        else:
            connection.exec_driver_sql(f"DROP INDEX IF EXISTS {index.trigrams}")


def _install_fts(connection: Connection, index: SearchIndex) -> None:
    fts, table = index.fts, index.table
    has = text("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    if connection.scalar(has, {"name": f"{fts}_changed"}):
        return
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {fts}")
    add = f"INSERT INTO {fts} (rowid, document) VALUES (new.id, {index.sqlite_document('new')});"
    old = index.sqlite_document("old")
    drop = f"INSERT INTO {fts} ({fts}, rowid, document) VALUES ('delete', old.id, {old});"
    for statement in (
        f"CREATE VIRTUAL TABLE {fts} USING fts5(document, content='', columnsize=0, "
        "tokenize='trigram case_sensitive 1')",
        f"INSERT INTO {fts} (rowid, document) SELECT id, {index.sqlite_document(table)} FROM {table}",
        f"CREATE TRIGGER {fts}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {fts}_removed AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {fts}_changed AFTER UPDATE OF search_text ON {table} "
        f"WHEN old.search_text IS NOT new.search_text BEGIN {drop} {add} END",
    ):
        connection.exec_driver_sql(statement)


def _install_trigrams(connection: Connection, index: SearchIndex) -> bool:
    """False where the extension cannot be had."""
    has = text("SELECT 1 FROM pg_indexes WHERE indexname = :name")
    if connection.scalar(has, {"name": index.trigrams}):
        return True
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DBAPIError as fault:
        log.warning("no pg_trgm, so searching reads every record: %s", fault.orig)
        return False
    document = index.postgres_document.replace(f"{index.table}.", "")
    connection.exec_driver_sql(
        f"CREATE INDEX {index.trigrams} ON {index.table} USING gin ({document} gin_trgm_ops) "
        "WITH (gin_pending_list_limit = 512)"
    )
    # so that the planner tells a term in a hundredth of the rows from one in ten
    if index.with_number:
        connection.exec_driver_sql(f"ALTER INDEX {index.trigrams} ALTER COLUMN 1 SET STATISTICS 1000")
    else:
        connection.exec_driver_sql(f"ALTER TABLE {index.table} ALTER search_text SET STATISTICS 1000")
    return True
