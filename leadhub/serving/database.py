"""The database at start: migrated, with what every workspace has, and in demo mode the demo workspace."""

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, LiteralString

from leadhub.serving.frontend import PROJECT_ROOT
from leadhub.settings import Settings, get_settings

STAMP_FILE = "prepared"


def prepare_database(settings: Settings) -> None:
    """Bring the database up to date, unless this very code has done so before: looking costs two seconds."""
    stamp_file = settings.data_dir / STAMP_FILE
    code = _code_hash(f"{settings.sqlalchemy_url} {settings.demo}")
    revision = find_revision(settings.sqlalchemy_url)
    if revision and stamp_file.exists() and stamp_file.read_text() == f"{code} {revision}":
        return
    bring_database_up_to_date()
    if settings.demo:
        seed_demo()
    stamp_file.write_text(f"{code} {find_revision(settings.sqlalchemy_url)}")


def bring_database_up_to_date() -> None:
    """Run the migrations that the database has not had yet, and add what every workspace has."""
    from alembic import command
    from leadhub.db.job_queue import migrate_job_tables
    from leadhub.services.bootstrap import ensure_defaults

    command.upgrade(_alembic(), "head")
    migrate_job_tables(get_settings().sqlalchemy_url)
    ensure_defaults()


def seed_demo() -> None:
    """Fill an empty database with the demo workspace; does nothing where there are users already."""
    if importlib.util.find_spec("leadhub.seed"):
        from leadhub.seed import seed_demo_workspace

        seed_demo_workspace()


def find_revision(url: str) -> str | None:
    """Return the schema revision that the database is at; None if it has none."""
    return _ask(url, "SELECT version_num FROM alembic_version")


def known_revisions() -> set[str]:
    """Return every schema revision that this code can bring up to date."""
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_alembic()).walk_revisions()}


def first_admin_link(url: str) -> str | None:
    """Return the path of a one-time link while nobody at all can sign in; None otherwise."""
    if _ask(url, "SELECT 1 FROM app_user WHERE active AND (is_demo OR password_hash IS NOT NULL) LIMIT 1"):
        return None
    from leadhub.services.users.first_admin import invite_first_admin

    return invite_first_admin()


def _ask(url: str, statement: LiteralString) -> Any:
    """Return one value with the bare driver, which is there in no time; None if there is none to be had."""
    try:
        if url.startswith("sqlite"):
            import sqlite3

            path = url.partition(":///")[2]
            if not Path(path).exists():
                return None
            with sqlite3.connect(path) as connection:
                row = connection.execute(statement).fetchone()
            connection.close()
        else:
            import psycopg

            with psycopg.connect(url.replace("+psycopg", "", 1), connect_timeout=5) as connection:
                row = connection.execute(statement).fetchone()
    except Exception:  # noqa: BLE001 - whatever stands in the way, the full look will name it
        return None
    return row[0] if row else None


def check_schema_drift(url: str = "") -> None:
    """Exit with the differences if the models and a freshly migrated database disagree (SQLite if no url)."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LEADHUB_DATA_DIR": folder, "LEADHUB_DATABASE_URL": url}
        for step in ("upgrade head", "check"):
            command = [sys.executable, "-m", "alembic", *step.split()]
            done = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"alembic {step}: {done.stdout}{done.stderr}")


def _alembic():
    from alembic.config import Config

    configuration = Config(PROJECT_ROOT / "alembic.ini")
    configuration.set_main_option("script_location", str(PROJECT_ROOT / "alembic"))
    return configuration


def _code_hash(place: str) -> str:
    digest = hashlib.sha256(place.encode())
    files = [*(PROJECT_ROOT / "leadhub").rglob("*.py"), *(PROJECT_ROOT / "alembic").rglob("*.py")]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()
