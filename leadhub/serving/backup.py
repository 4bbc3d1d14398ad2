"""One file that holds everything: database, attachments, uploaded imports. Made and read while the app runs.

SQLite goes through its online backup; PostgreSQL through pg_dump and pg_restore where they are installed and
work, else through COPY, all tables as of one moment.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from leadhub import live
from leadhub.serving.backup_copy import copy_from_zip, copy_to_zip
from leadhub.serving.database import bring_database_up_to_date, find_revision, known_revisions
from leadhub.settings import Settings

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE_MEMBER = "database.sqlite"
DUMP_MEMBER = "database.pgdump"


class BackupRefused(Exception):
    """The file cannot be made or read; the message says why."""


def write_backup(settings: Settings, target: Path) -> None:
    """Write the backup beside its final name, then rename: a broken one never has it.

    Raises BackupRefused."""
    revision = find_revision(settings.sqlalchemy_url)
    if revision is None:
        raise BackupRefused("There is no database here to back up.")
    if not target.parent.is_dir():
        raise BackupRefused(f"The folder {target.parent} does not exist.")
    partial = target.with_name(target.name + ".partial")
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            kind = _write_database(settings, archive)
            manifest = {
                "format": FORMAT,
                "database": kind,
                "revision": revision,
                "made_at": datetime.now(UTC).isoformat(),
            }
            archive.writestr(MANIFEST, json.dumps(manifest, indent=2))
            # After the database: whatever a row names is there by now.
            for name, folder in _folders(settings).items():
                for file in sorted(folder.rglob("*")):
                    if file.is_file():
                        archive.write(file, f"{name}/{file.relative_to(folder).as_posix()}")
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def read_backup(settings: Settings, source: Path) -> None:
    """Put back what a backup holds, in place of what is there now. Raises BackupRefused."""
    try:
        archive = zipfile.ZipFile(source)
    except (OSError, zipfile.BadZipFile) as fault:
        raise BackupRefused(f"{source} is not a LeadHub backup: {fault}") from None
    with archive:
        manifest = _manifest_of(archive, source)
        is_sqlite = settings.sqlalchemy_url.startswith("sqlite")
        if is_sqlite != (manifest["database"] == "sqlite"):
            mine = "SQLite" if is_sqlite else "PostgreSQL"
            raise BackupRefused(f"{source} was made on another kind of database; this one is {mine}.")
        if manifest["revision"] not in known_revisions():
            raise BackupRefused(f"{source} was made by a newer LeadHub.")
        # Before the database: whatever a row names is there by then.
        for name, folder in _folders(settings).items():
            _extract_folder(archive, f"{name}/", folder)
        _read_database(settings, archive, manifest)
    bring_database_up_to_date()
    live.publish(live.LiveEvent(missed=True))


def _folders(settings: Settings) -> dict[str, Path]:
    return {"attachments": settings.attachments_dir, "imports": settings.imports_dir}


def _manifest_of(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
        if manifest["format"] != FORMAT or manifest["database"] not in ("sqlite", "pg_dump", "copy"):
            raise ValueError("unknown format")
    except (KeyError, ValueError) as fault:
        raise BackupRefused(f"{source} is not a LeadHub backup: {fault}") from None
    return manifest


def _write_database(settings: Settings, archive: zipfile.ZipFile) -> str:
    url = settings.sqlalchemy_url
    with tempfile.TemporaryDirectory(dir=_spool_dir(settings)) as folder:
        if url.startswith("sqlite"):
            copy = Path(folder, "copy.db")
            with closing(sqlite3.connect(_sqlite_path(url))) as here, closing(sqlite3.connect(copy)) as there:
                here.backup(there)
            archive.write(copy, SQLITE_MEMBER)
            return "sqlite"
        dump = Path(folder, "dump")
        if _run_postgres_tool("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", _libpq_url(url)):
            archive.write(dump, DUMP_MEMBER, zipfile.ZIP_STORED)
            return "pg_dump"
    copy_to_zip(_libpq_url(url), archive)
    return "copy"


def _read_database(settings: Settings, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    url = settings.sqlalchemy_url
    if manifest["database"] == "copy":
        if find_revision(url) != manifest["revision"]:
            raise BackupRefused(
                f"The backup has schema {manifest['revision']}, the database {find_revision(url)}: "
                "restore it into an empty database with the LeadHub version that made it."
            )
        copy_from_zip(_libpq_url(url), archive)
        return
    with tempfile.TemporaryDirectory(dir=_spool_dir(settings)) as folder:
        if manifest["database"] == "sqlite":
            copy = Path(archive.extract(SQLITE_MEMBER, folder))
            target = _sqlite_path(url)
            target.parent.mkdir(parents=True, exist_ok=True)
            with (
                closing(sqlite3.connect(copy)) as there,
                closing(sqlite3.connect(target, timeout=30)) as here,
            ):
                there.backup(here)
            return
        dump = archive.extract(DUMP_MEMBER, folder)
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error")
        if not _run_postgres_tool("pg_restore", *options, f"--dbname={_libpq_url(url)}", dump):
            raise BackupRefused("pg_restore is needed for this backup, and is missing or has failed.")


def _extract_folder(archive: zipfile.ZipFile, prefix: str, folder: Path) -> None:
    base = folder.resolve()
    for member in archive.infolist():
        if not member.filename.startswith(prefix) or member.is_dir():
            continue
        target = (base / member.filename.removeprefix(prefix)).resolve()
        if not target.is_relative_to(base):
            raise BackupRefused(f"The backup holds a file that leads outside: {member.filename}")
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as content, open(target, "wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)


def _run_postgres_tool(name: str, *arguments: str) -> bool:
    """Tell whether the tool is there and did it; an older one than the server's refuses by itself."""
    tool = shutil.which(name)
    if tool is None:
        return False
    return subprocess.run([tool, *arguments], capture_output=True).returncode == 0


def _spool_dir(settings: Settings) -> Path:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return settings.data_dir


def _sqlite_path(url: str) -> Path:
    return Path(url.partition(":///")[2])


def _libpq_url(url: str) -> str:
    return url.replace("+psycopg", "", 1)
