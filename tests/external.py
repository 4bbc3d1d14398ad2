"""PostgreSQL and Redis for tests: each worker its own. Where one is missing its tests are skipped, and the
last lines say so; with CI=true they fail instead."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import pytest

SERVERS = {
    "PostgreSQL": os.environ.get(
        "LEADHUB_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
    ),
    "Redis": os.environ.get("LEADHUB_TEST_REDIS_URL", "redis://127.0.0.1:6379"),
}
_MISSING = "is not at"


@lru_cache
def _fault(name: str) -> str | None:
    try:
        if name == "Redis":
            import redis

            redis.Redis.from_url(SERVERS[name], socket_connect_timeout=2).ping()
        else:
            import psycopg

            psycopg.connect(SERVERS[name], connect_timeout=2).close()
    except Exception as error:  # noqa: BLE001 - whatever it is, the server cannot be used
        return f"{name} {_MISSING} {SERVERS[name]} ({type(error).__name__})"
    return None


def require_server(name: str) -> None:
    if fault := _fault(name):
        if os.environ.get("CI") == "true":
            pytest.fail(fault, pytrace=False)
        pytest.skip(fault)


@pytest.fixture(scope="session")
def redis_url(worker_id: str) -> Iterator[str]:
    """A numbered Redis database of this worker's own, emptied before and after."""
    require_server("Redis")
    import redis

    number = 4 + int(worker_id.removeprefix("gw")) if worker_id.startswith("gw") else 3
    url = f"{SERVERS['Redis'].rstrip('/')}/{number}"
    client = redis.Redis.from_url(url)
    client.flushdb()
    yield url
    client.flushdb()


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """An empty PostgreSQL database, dropped afterwards."""
    require_server("PostgreSQL")
    with new_postgres_database() as url:
        yield url


@contextmanager
def new_postgres_database(*, template: str = "template1") -> Iterator[str]:
    """Yield the address of a new database, a copy of the template, dropped at the end."""
    name = f"leadhub_test_{secrets.token_hex(5)}"
    _run_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield f"{SERVERS['PostgreSQL'].rpartition('/')[0]}/{name}"
    finally:
        _run_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run_sql(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVERS["PostgreSQL"], autocommit=True) as connection:
        connection.execute(statement)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    faults = {str(r.longrepr[2]).removeprefix("Skipped: ") for r in terminalreporter.stats.get("skipped", [])}
    for fault in sorted(f for f in faults if _MISSING in f):
        terminalreporter.write_line(f"NOT TESTED: {fault}", red=True, bold=True)
