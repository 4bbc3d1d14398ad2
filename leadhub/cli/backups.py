"""`leadhub backup FILE` and `leadhub restore FILE`: both work while LeadHub runs."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it, such as leadhub-monday.zip")],
    force: Annotated[bool, typer.Option(help="Replace the file if it exists")] = False,
) -> None:
    """Write the database, attachments and imported files to one file."""
    from leadhub.cli import read_settings
    from leadhub.serving.backup import BackupRefused, write_backup

    settings = read_settings()
    if file.exists() and not force:
        _refuse(f"{file} exists already; --force replaces it.")
    try:
        write_backup(settings, file)
    except BackupRefused as fault:
        _refuse(str(fault))
    typer.echo(f"Backed up to {file} ({file.stat().st_size / 1e6:.1f} MB).")


def restore(
    file: Annotated[Path, typer.Argument(help="What `leadhub backup` wrote")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask")] = False,
) -> None:
    """Put a backup in place of everything that is there now."""
    from leadhub.cli import read_settings
    from leadhub.serving.backup import BackupRefused, read_backup

    settings = read_settings()
    if not yes and not typer.confirm("This replaces everything in this workspace. Go on?"):
        raise SystemExit(1)
    try:
        read_backup(settings, file)
    except BackupRefused as fault:
        _refuse(str(fault))
    typer.echo(f"Restored {file}.")


def _refuse(message: str) -> None:
    print(f"leadhub: {message}", file=sys.stderr)
    raise SystemExit(1)
