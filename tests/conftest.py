"""Every test that asks for `database` gets an empty, migrated, bootstrapped one of its own.

SQLite: a copy of a template file. PostgreSQL: CREATE DATABASE … TEMPLATE. Both are run unless
LEADHUB_TEST_DATABASES names one; a missing PostgreSQL is skipped loudly, and never in CI.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import hypothesis
import pytest

from leadhub import db
from leadhub.settings import get_settings

pytest_plugins = ["tests.external"]

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("leadhub", deadline=None)
hypothesis.settings.load_profile("leadhub")


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            # A browser, two servers and Redis share two cores: a journey may once be too slow.
            # The summary counts every rerun, so that one that needs it often is seen.
            item.add_marker(pytest.mark.flaky(reruns=1))


KINDS = os.environ.get("LEADHUB_TEST_DATABASES", "sqlite,postgresql").split(",")


def _use(url: str, folder: Path) -> None:
    os.environ["LEADHUB_DATABASE_URL"] = url
    os.environ["LEADHUB_DATA_DIR"] = str(folder)
    get_settings.cache_clear()
    db.get_engine.cache_clear()


def _migrate() -> None:
    from leadhub.serving.database import bring_database_up_to_date

    bring_database_up_to_date()
    db.get_engine().dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.db"
    _use(f"sqlite:///{path}", folder)
    _migrate()
    with db.get_engine().connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    db.get_engine().dispose()
    return path


@pytest.fixture(scope="session")
def postgres_template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from tests.external import new_postgres_database, require_server

    require_server("PostgreSQL")
    with new_postgres_database() as url:
        _use(url, tmp_path_factory.mktemp("postgres"))
        _migrate()
        yield url


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty workspace on SQLite and on PostgreSQL in turn; yields which."""
    before = {k: os.environ.get(k) for k in ("LEADHUB_DATABASE_URL", "LEADHUB_DATA_DIR")}
    kind: str = request.param
    stack = ExitStack()
    if kind == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "test.db")
        _use(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)
    else:
        from tests.external import new_postgres_database

        source: str = request.getfixturevalue("postgres_template")
        copy = stack.enter_context(new_postgres_database(template=source.rpartition("/")[2]))
        _use(copy, tmp_path)
    yield kind
    db.get_engine().dispose()
    stack.close()
    for key, value in before.items():
        if value is None:
            os.environ.pop(key, None)
        else:
            os.environ[key] = value
    get_settings.cache_clear()
    db.get_engine.cache_clear()


@pytest.fixture
def sqlite_only(database: str) -> None:
    if database != "sqlite":
        pytest.skip("about SQLite")
