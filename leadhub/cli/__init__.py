"""`leadhub …`: every command a thin call into the rooms; heavy imports inside the commands that need them."""

import os
import sys
from socket import gethostname
from typing import Annotated

import typer
from pydantic import ValidationError

from leadhub.cli.backups import backup, restore
from leadhub.cli.users import users

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(users, name="user")
app.command()(backup)
app.command()(restore)


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port to listen on")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on")] = None,
    demo: Annotated[bool | None, typer.Option(help="Fill an empty database with the demo workspace")] = None,
) -> None:
    """Build what changed, bring the database up to date, and serve: one web and one job process."""
    settings = read_settings(port=port, host=host, demo=demo)
    from leadhub.serving.start import start_serving

    start_serving(settings)


@app.command(hidden=True)
def web(web_dir: str) -> None:
    """Serve a built front end (started by `run`)."""
    settings = read_settings()
    from leadhub.serving.start import serve_only

    serve_only(settings, web_dir)


@app.command()
def worker(
    executor: Annotated[str, typer.Option(help="Name of this job process, one of a kind")] = gethostname(),
    child: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run background jobs (started by `run`; more of them may run on other machines with PostgreSQL)."""
    settings = read_settings()
    from leadhub.serving.parent import die_with_parent

    if child:
        die_with_parent()
    from leadhub.jobs.worker import run_worker

    run_worker(settings, executor_id=executor)


@app.command()
def build() -> None:
    """Build the front end if its sources changed."""
    typer.echo(_ensure_frontend())


@app.command()
def migrate() -> None:
    """Bring the database up to the newest schema."""
    read_settings()
    from leadhub.serving.database import bring_database_up_to_date

    bring_database_up_to_date()


@app.command("check-schema", hidden=True)
def check_schema() -> None:
    """Fail if the models and the migrations disagree."""
    read_settings()
    from leadhub.serving.database import check_schema_drift

    check_schema_drift()


@app.command()
def seed(
    demo: Annotated[bool, typer.Option(help="Fill an empty database with the demo workspace")] = False,
) -> None:
    """Fill an empty database."""
    read_settings()
    from leadhub.serving.database import seed_demo

    if not demo:
        raise typer.BadParameter("say --demo")
    seed_demo()


def _ensure_frontend() -> str:
    from leadhub.serving.frontend import FrontendBuildFailed, ensure_frontend

    try:
        return str(ensure_frontend(say=lambda text: typer.echo(text, err=True)))
    except FrontendBuildFailed as failure:
        raise SystemExit(f"The front end could not be built:\n{failure}") from None


def read_settings(**given):
    """Read the environment, options first, or say in one line per setting what is wrong with it."""
    for name, value in given.items():
        if value is not None:
            os.environ[f"LEADHUB_{name.upper()}"] = str(value)
    from leadhub.settings import get_settings

    try:
        return get_settings()
    except ValidationError as error:
        for fault in error.errors():
            name = (
                "LEADHUB_" + "_".join(str(part) for part in fault["loc"]).upper()
                if fault["loc"]
                else "settings"
            )
            print(f"leadhub: {name}: {fault['msg'].removeprefix('Value error, ')}", file=sys.stderr)
        raise SystemExit(2) from None


def main() -> None:
    app()
