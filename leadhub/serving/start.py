"""From a checkout to a served address: front end, database, demo workspace, processes."""

import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from leadhub.serving.frontend import PROJECT_ROOT, FrontendBuildFailed, ensure_frontend
from leadhub.serving.supervisor import become_supervisor
from leadhub.serving.web import serve_web
from leadhub.settings import Settings, get_settings

ADDRESS_LINE = "LeadHub is at {url}"


def start_serving(settings: Settings) -> None:
    """Prepare everything, then become the supervisor of a web and a job process."""
    _refuse_a_taken_port(settings.host, settings.port)
    data_dir = settings.data_dir.resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    # The children change their working folder.
    os.environ["LEADHUB_DATA_DIR"] = str(data_dir)
    try:
        web_dir = ensure_frontend(say=_say)
    except FrontendBuildFailed as failure:
        raise SystemExit(f"The front end could not be built:\n{failure}") from None
    bring_database_up_to_date()
    if settings.demo:
        seed_demo()
    leadhub = [sys.executable, "-m", "leadhub"]
    children = {"web": [*leadhub, "web", str(web_dir)]}
    if importlib.util.find_spec("leadhub.jobs.worker"):
        children["job"] = [*leadhub, "worker", "--child"]
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    _say(ADDRESS_LINE.format(url=f"http://{shown}:{settings.port}"))
    become_supervisor(children)


def serve_only(settings: Settings, web_dir: str) -> None:
    """Serve what `start_serving` prepared."""
    serve_web(
        settings.host,
        settings.port,
        workers=settings.web_workers,
        web_dir=Path(web_dir),
        data_dir=settings.data_dir,
    )


def bring_database_up_to_date() -> None:
    """Run the migrations that the database has not had yet, and add what every workspace has."""
    from alembic import command
    from leadhub.db.job_queue import migrate_job_tables
    from leadhub.services.bootstrap import ensure_defaults

    command.upgrade(_alembic(), "head")
    migrate_job_tables(get_settings().sqlalchemy_url)
    ensure_defaults()


def check_schema_drift() -> None:
    """Exit with the differences if the models and a freshly migrated SQLite database disagree."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LEADHUB_DATA_DIR": folder, "LEADHUB_DATABASE_URL": ""}
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


def seed_demo() -> None:
    """Fill an empty database with the demo workspace; does nothing where there are users already."""
    if importlib.util.find_spec("leadhub.seed"):
        from leadhub.seed import seed_demo_workspace

        seed_demo_workspace()


def _refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"leadhub: {host}:{port} cannot be used: {error.strerror}. Try PORT=8001."
            ) from None


def _say(text: str) -> None:
    print(text, flush=True)
