"""A big skewed workspace, made in bulk and kept: `python -m bench.fill --leads 1000000 --database sqlite`."""

import argparse
import json
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Connection, make_url

from bench import _workspace as content

FOLDER = Path(os.environ.get("LEADHUB_BENCH_DIR", "/tmp/leadhub-bench"))
POSTGRES = os.environ.get("LEADHUB_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
_CHUNK = 20_000


def use_workspace(kind: str, leads: int, *, say: Any = print) -> None:
    """Point this process at the filled database of that size, making it on first use."""
    folder = FOLDER / f"{kind}_{leads}"
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'leadhub.db'}" if kind == "sqlite" else _postgres_url(leads)
    os.environ["LEADHUB_DATABASE_URL"], os.environ["LEADHUB_DATA_DIR"] = url, str(folder)
    from leadhub import db
    from leadhub.settings import get_settings

    get_settings.cache_clear()
    db.get_engine.cache_clear()
    if kind == "postgresql":
        _create_postgres(leads)
    from leadhub.serving.database import bring_database_up_to_date

    if (folder / "filled").exists() and _has_leads(leads):
        bring_database_up_to_date()
        return
    (folder / "filled").unlink(missing_ok=True)
    if kind == "sqlite":
        for path in folder.glob("leadhub.db*"):
            path.unlink()
    else:
        _create_postgres(leads, anew=True)
    started = time.perf_counter()
    bring_database_up_to_date()
    fill(leads)
    (folder / "filled").touch()
    say(f"{kind}: {leads:,} leads in {time.perf_counter() - started:.0f} s")


def _has_leads(leads: int) -> bool:
    from leadhub import db

    with db.get_engine().connect() as connection:
        return (
            inspect(connection).has_table("lead")
            and connection.scalar(text("SELECT max(id) FROM lead")) is not None
            and connection.scalar(text("SELECT max(id) FROM lead")) >= leads
        )


def _postgres_url(leads: int) -> str:
    return POSTGRES.rsplit("/", 1)[0] + f"/leadhub_bench_{leads}"


def _create_postgres(leads: int, *, anew: bool = False) -> None:
    url = make_url(POSTGRES.replace("postgresql://", "postgresql+psycopg://", 1))
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    name = f"leadhub_bench_{leads}"
    with engine.connect() as connection:
        if anew:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        if not connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": name}):
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()


def fill(leads: int) -> None:
    """Load every table; indexes and triggers are made after the rows."""
    from leadhub import db
    from leadhub.domain.actor import system_actor
    from leadhub.services.matching.rebuild_keys import rebuild_match_keys
    from leadhub.statements.derived_structures import install_derived_structures
    from leadhub.statements.lead_counter import remove_counters
    from leadhub.statements.search_index import remove_search

    ids = _people()
    contact_count, account_count = max(leads * 3 // 10, 50), max(leads // 10, 20)
    engine = db.get_engine()
    with engine.execution_options(leadhub_writes=True).connect() as connection:
        if engine.dialect.name == "sqlite":
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000"):
                connection.connection.dbapi_connection.execute(f"PRAGMA {pragma}")
        with connection.begin():
            remove_counters(connection)
            remove_search(connection)
            tables = ("lead", "contact", "account", "activity", "stage_visit", "lead_score", "change_row")
            indexes = _drop_indexes(connection, tables)
            loader = Loader(connection)
            rows = content.accounts(account_count, ids, now=NOW)
            loader.load("account", content.ACCOUNT_COLUMNS, rows)
            rows = content.contacts(contact_count, account_count, now=NOW)
            loader.load("contact", content.CONTACT_COLUMNS, rows)
            every = content.leads(leads, ids, now=NOW, contacts=contact_count, accounts=account_count)
            _load_leads(connection, loader, every)
            for statement in indexes:
                connection.exec_driver_sql(statement)
            install_derived_structures(connection)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in ("account", "contact", "lead", "activity", "stage_visit"):
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )
            connection.exec_driver_sql("VACUUM ANALYZE")
    rebuild_match_keys(actor=system_actor())
    engine.dispose()


def _load_leads(connection: Connection, loader: "Loader", every: Iterable[tuple]) -> None:
    set_id = _one_action(connection)
    rows = iter(every)
    while chunk := list(islice(rows, _CHUNK)):
        loader.load("lead", content.LEAD_COLUMNS, chunk)
        leads = [dict(zip(content.LEAD_COLUMNS, row, strict=True)) for row in chunk]
        loader.load("stage_visit", content.VISIT_COLUMNS, (v for lead in leads for v in content.visits(lead)))
        loader.load(
            "activity", content.ACTIVITY_COLUMNS, (a for lead in leads for a in content.activities(lead))
        )
        loader.load(
            "lead_score",
            content.SCORE_COLUMNS,
            (
                (lead["id"], lead["score"], lead["score_band"], True, "rules", "[]", lead["qualified_at"])
                for lead in leads
                if lead["qualified_at"] is not None
            ),
        )
        loader.load(
            "change_row",
            content.CHANGE_COLUMNS,
            (
                (set_id, "lead", lead["id"], "insert",
                 json.dumps({"contact_name": lead["contact_name"], "email": lead["email"]}), lead["id"])
                for lead in leads
            ),
        )  # fmt: skip


def _one_action(connection: Connection) -> int:
    at = NOW if connection.dialect.name != "sqlite" else NOW.replace(tzinfo=None).isoformat(" ") + ".000000"
    action = connection.execute(
        text(
            "INSERT INTO change_action (name, params, actor_name, at, bulk) "
            "VALUES ('bench fill', '{}', 'bench', :at, :yes) RETURNING id"
        ),
        {"at": at, "yes": True},
    ).scalar_one()
    return connection.execute(
        text("INSERT INTO change_set (action_id, at) VALUES (:action, :at) RETURNING id"),
        {"action": action, "at": at},
    ).scalar_one()


class Loader:
    """Puts tuples into tables; columns that are not given take the model's defaults."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._sqlite = connection.dialect.name == "sqlite"

    def load(self, table: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
        constants = _constants(table, columns)
        if self._sqlite:
            names = ", ".join(f'"{name}"' for name in (*columns, *constants))
            values = ", ".join(["?"] * len(columns) + [_literal(v) for v in constants.values()])
            raw = self._connection.connection.dbapi_connection
            raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", map(_sqlite_row, rows))
            return
        set_default = "ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}"
        for name, value in constants.items():
            self._connection.exec_driver_sql(set_default.format(table, f'"{name}"', _literal(value)))
        names = ", ".join(f'"{name}"' for name in columns)
        with (
            self._connection.connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({names}) FROM STDIN") as out,
        ):
            buffer: list[str] = []
            for row in rows:
                buffer.append("\t".join(map(_copy_text, row)))
                if len(buffer) >= 5000:
                    out.write("\n".join(buffer) + "\n")
                    buffer.clear()
            if buffer:
                out.write("\n".join(buffer) + "\n")
        for name in constants:
            self._connection.exec_driver_sql(f'ALTER TABLE {table} ALTER COLUMN "{name}" DROP DEFAULT')


def _constants(table: str, given: Sequence[str]) -> dict[str, Any]:
    from leadhub.models import Record
    from leadhub.models.base import SQLModel

    model = next(m for m in _models(SQLModel) if getattr(m, "__tablename__", "") == table)
    found = {}
    for name, info in model.model_fields.items():
        if name in given or name == "id":
            continue
        value = info.default_factory() if info.default_factory is not None else info.default  # type: ignore[call-arg]
        if isinstance(value, dict | list):
            value = json.dumps(value)
        if value is not None and isinstance(value, str | int | bool):
            found[name] = value
    assert Record
    return found


def _models(base: type) -> Iterable[type]:
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _sqlite_row(row: tuple) -> tuple:
    return tuple(
        v.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(v, datetime)
        else v.isoformat() if isinstance(v, date) else v
        for v in row
    )  # fmt: skip


def _copy_text(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        if "\\" in value or "\n" in value or "\t" in value:
            return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        return value
    return str(value)


def _drop_indexes(connection: Connection, tables: Sequence[str]) -> list[str]:
    """Drop them; returns the statements that make them again."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(
            text("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        )
    else:
        found = connection.execute(
            text(
                "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' "
                "AND indexname NOT LIKE 'pk_%' AND indexname NOT LIKE 'uq_%'"
            )
        )
    again = []
    for table, name, statement in found.all():
        if table in tables:
            connection.exec_driver_sql(f"DROP INDEX {name}")
            again.append(statement)
    return again


def _people() -> content.Ids:
    """Fifty users in ten units in three groups; the last unit is the small one of the rep."""
    from sqlalchemy import select

    from leadhub.db import read_session, write_session
    from leadhub.domain.actor import system_actor
    from leadhub.models import BusinessGroup, LeadType, LookupValue, Unit, UnitMember, User

    with write_session(system_actor(), "bench fill") as session:
        groups = [BusinessGroup(name=f"Group {n}") for n in range(3)]
        session.add_all(groups)
        session.flush()
        units = [Unit(name=f"Unit {n}", group_id=groups[n % 3].id) for n in range(10)]
        session.add_all(units)
        session.flush()
        users = [
            User(
                email=f"user{n}@bench.example",
                name=f"{content.FIRST[n]} {content.LAST[n]}",
                role={0: "admin", 1: "manager", 2: "marketer"}.get(n, "sales"),
                group_id=groups[n % 3].id,
            )
            for n in range(50)
        ]
        session.add_all(users)
        session.flush()
        unit_of = {}
        for n, user in enumerate(users):
            unit = units[9] if n >= 48 else units[n % 9]
            unit_of[user.id] = unit.id
            session.add(UnitMember(unit_id=unit.id, user_id=user.id))
        group_of = {unit.id: unit.group_id for unit in units}
        owners = tuple(user.id for user in users)
    with read_session() as session:
        kind = session.scalars(select(LeadType).where(LeadType.key == "customer")).one()
        lookups: dict[str, list[int]] = {}
        for row in session.execute(select(LookupValue.lookup, LookupValue.id).order_by(LookupValue.id)):
            lookups.setdefault(row[0], []).append(row[1])
        return content.Ids(
            owners=owners,
            unit_of=unit_of,
            group_of=group_of,
            rep=owners[49],
            lead_type_id=kind.id,
            version_id=kind.process_version_id,
            lookups={name: tuple(values) for name, values in lookups.items()},
        )


def main() -> None:
    """Fill what the benches use; without options the sizes that they use."""
    parser = argparse.ArgumentParser(prog="bench.fill")
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--anew", action="store_true", help="throw away what is there")
    options, _ = parser.parse_known_args()
    for kind in options.database or ("sqlite", "postgresql"):
        if options.anew:
            shutil.rmtree(FOLDER / f"{kind}_{options.leads}", ignore_errors=True)
        use_workspace(kind, options.leads)


if __name__ == "__main__":
    main()
