"""Counts and sums of leads kept with the write, by triggers: no service, no bulk statement can forget it."""

from typing import Any

from sqlalchemy import Connection, text

DIMENSIONS = (
    "lead_type_id", "process_version_id", "stage_key", "state", "owner_id", "unit_id", "group_id",
    "partner_account_id", "score_band",
)  # fmt: skip
_COLUMNS = ", ".join(DIMENSIONS)
_WATCHED = f"{_COLUMNS}, target_amount_minor"


def install_counters(connection: Connection) -> None:
    """Make the triggers if they are not there (a rebuilt SQLite table loses its own), and count anew then."""
    sqlite = connection.dialect.name == "sqlite"
    if connection.scalar(text(_SQLITE_HAS if sqlite else _POSTGRES_HAS)):
        return
    for statement in _SQLITE if sqlite else _POSTGRES:
        connection.exec_driver_sql(statement)
    recount_leads(connection)


def remove_counters(connection: Connection) -> None:
    """Drop the triggers: before a migration down, and while a bench fills a database."""
    on_lead = "" if connection.dialect.name == "sqlite" else " ON lead"
    for name in ("added", "changed", "removed"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS lead_counter_{name}{on_lead}")


def recount_leads(connection: Any) -> None:
    """Throw the counters away and count every lead again."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("DELETE FROM lead_counter")
    key, part = (_key("lead"), "0") if sqlite else ("''", "nextval('lead_counter_part')")
    outer = "key, 0" if sqlite else f"'', {part}"
    inner = f"{key} AS key, " if sqlite else ""
    connection.exec_driver_sql(
        f"INSERT INTO lead_counter (key, part, {_COLUMNS}, lead_count, amount_minor) "
        f"SELECT {outer}, {_COLUMNS}, n, amount FROM (SELECT {inner}{_COLUMNS}, count(*) AS n, "
        f"coalesce(sum(target_amount_minor), 0) AS amount FROM lead GROUP BY {_COLUMNS}) AS counted"
    )


def _key(row: str) -> str:
    return " || '|' || ".join(f"ifnull({row}.{name}, '')" for name in DIMENSIONS)


def _add(row: str, sign: str) -> str:
    values = ", ".join(f"{row}.{name}" for name in DIMENSIONS)
    return (
        f"INSERT INTO lead_counter (key, part, {_COLUMNS}, lead_count, amount_minor) "
        f"VALUES ({_key(row)}, 0, {values}, {sign}1, {sign}ifnull({row}.target_amount_minor, 0)) "
        "ON CONFLICT (key, part) DO UPDATE SET lead_count = lead_count + excluded.lead_count, "
        "amount_minor = amount_minor + excluded.amount_minor;"
    )


_DIFFERENT = " OR ".join(f"old.{name} IS NOT new.{name}" for name in (*DIMENSIONS, "target_amount_minor"))
_SQLITE_HAS = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = 'lead_counter_changed'"
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS lead_counter_added AFTER INSERT ON lead BEGIN {_add('new', '')} END",
    f"CREATE TRIGGER IF NOT EXISTS lead_counter_removed AFTER DELETE ON lead BEGIN {_add('old', '-')} END",
    f"CREATE TRIGGER IF NOT EXISTS lead_counter_changed AFTER UPDATE OF {_WATCHED} ON lead "
    f"WHEN {_DIFFERENT} BEGIN {_add('old', '-')} {_add('new', '')} END",
)


def _statement_total(rows: str, sign: str) -> str:
    return (
        f"INSERT INTO lead_counter (key, part, {_COLUMNS}, lead_count, amount_minor) "
        f"SELECT '', nextval('lead_counter_part'), {_COLUMNS}, {sign}n, {sign}amount FROM ("
        f"SELECT {_COLUMNS}, count(*) AS n, coalesce(sum(target_amount_minor), 0) AS amount "
        f"FROM {rows} GROUP BY {_COLUMNS}) AS counted;"
    )


def _row_delta(row: str, sign: str) -> str:
    values = ", ".join(f"{row}.{name}" for name in DIMENSIONS)
    return (
        f"INSERT INTO lead_counter (key, part, {_COLUMNS}, lead_count, amount_minor) VALUES ('', "
        f"nextval('lead_counter_part'), {values}, {sign}1, {sign}coalesce({row}.target_amount_minor, 0));"
    )


#: Now and then the deltas are added up. Rows that another transaction holds are left for the next time.
_FOLD = (
    "IF random() < {chance} THEN WITH gone AS (DELETE FROM lead_counter WHERE ctid = ANY(ARRAY("
    "SELECT ctid FROM lead_counter FOR UPDATE SKIP LOCKED)) RETURNING *) "
    f"INSERT INTO lead_counter (key, part, {_COLUMNS}, lead_count, amount_minor) "
    f"SELECT '', nextval('lead_counter_part'), {_COLUMNS}, n, amount FROM ("
    f"SELECT {_COLUMNS}, sum(lead_count) AS n, sum(amount_minor) AS amount FROM gone GROUP BY {_COLUMNS} "
    "HAVING sum(lead_count) <> 0 OR sum(amount_minor) <> 0) AS folded; END IF;"
)


def _function(name: str, body: str, chance: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION lead_counter_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{body} {_FOLD.format(chance=chance)} RETURN NULL; END $$"
    )


_POSTGRES_HAS = (
    "SELECT 1 FROM pg_trigger WHERE tgname = 'lead_counter_changed' AND tgrelid = 'lead'::regclass"
)
_DISTINCT = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in (*DIMENSIONS, "target_amount_minor")
)
_POSTGRES = (
    "CREATE SEQUENCE IF NOT EXISTS lead_counter_part",
    _function("added", _statement_total("added", ""), "0.01"),
    _function("removed", _statement_total("removed", "-"), "0.01"),
    _function("changed", _row_delta("OLD", "-") + _row_delta("NEW", ""), "0.002"),
    "DROP TRIGGER IF EXISTS lead_counter_added ON lead",
    "DROP TRIGGER IF EXISTS lead_counter_removed ON lead",
    "DROP TRIGGER IF EXISTS lead_counter_changed ON lead",
    "CREATE TRIGGER lead_counter_added AFTER INSERT ON lead REFERENCING NEW TABLE AS added "
    "FOR EACH STATEMENT EXECUTE FUNCTION lead_counter_added()",
    "CREATE TRIGGER lead_counter_removed AFTER DELETE ON lead REFERENCING OLD TABLE AS removed "
    "FOR EACH STATEMENT EXECUTE FUNCTION lead_counter_removed()",
    f"CREATE TRIGGER lead_counter_changed AFTER UPDATE OF {_WATCHED} ON lead "
    f"FOR EACH ROW WHEN ({_DISTINCT}) EXECUTE FUNCTION lead_counter_changed()",
)
