import json
import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from leadhub.db import get_engine, read_session, write_session
from leadhub.domain.actor import system_actor
from leadhub.models import Lead, User
from leadhub.serving import backup
from leadhub.serving.backup import BackupRefused, read_backup, write_backup
from leadhub.settings import Settings, get_settings
from tests.factories import make_lead, make_user


@pytest.fixture(params=["tools", "copy"])
def way(request: pytest.FixtureRequest, database: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """With PostgreSQL's client tools, and without them."""
    if request.param == "copy":
        if database == "sqlite":
            pytest.skip("SQLite has one way")
        monkeypatch.setattr(backup.shutil, "which", lambda name: None)
    elif database == "postgresql" and not shutil.which("pg_dump"):
        pytest.skip("no pg_dump here")
    return request.param


def _settings() -> Settings:
    get_settings.cache_clear()
    return get_settings()


def test_a_restore_brings_back_what_was(way: str, tmp_path: Path) -> None:
    """A lost disk, or a mistake, would be the end of the data."""
    settings = _settings()
    user = make_user(name="Before")
    kept = make_lead(account_name="Kept", owner_id=user)
    settings.attachments_dir.mkdir(parents=True)
    (settings.attachments_dir / "a.txt").write_text("attached")
    file = tmp_path / "backup.zip"
    # The application's connections stay open meanwhile.
    with read_session() as reader:
        reader.scalar(select(func.count()).select_from(Lead))
    write_backup(settings, file)
    with write_session(system_actor(), "spoil") as session:
        session.get_one(User, user).name = "After"
        session.delete(session.get_one(Lead, kept))
    late = make_lead(account_name="Late")
    (settings.attachments_dir / "a.txt").unlink()
    read_backup(settings, file)
    with read_session() as session:
        assert session.scalars(select(User.name).where(User.id == user)).one() == "Before"
        assert session.scalars(select(Lead.account_name)).all() == ["Kept"]
    assert (settings.attachments_dir / "a.txt").read_text() == "attached"
    # Work goes on: ids count on from where the backup was.
    assert make_lead(account_name="Next") == late
    assert not list(tmp_path.glob("*.partial"))


def test_a_backup_stands_while_somebody_writes(database: str, tmp_path: Path) -> None:
    """The backup would wait for, or break, a running transaction."""
    make_lead(account_name="Committed")
    with write_session(system_actor(), "busy") as session:
        session.add(User(email="busy@example.com", name="Busy", role="sales"))
        session.flush()
        write_backup(_settings(), tmp_path / "backup.zip")
    read_backup(_settings(), tmp_path / "backup.zip")
    with read_session() as session:
        assert session.scalar(select(func.count()).where(User.email == "busy@example.com")) == 0


def test_a_strange_file_is_refused_and_changes_nothing(database: str, tmp_path: Path) -> None:
    """A wrong file name would empty the workspace."""
    lead = make_lead()
    junk = tmp_path / "junk.zip"
    junk.write_bytes(b"no zip")
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": 1, "database": "copy", "revision": "future"}))
    for file in (junk, other, tmp_path / "missing.zip"):
        with pytest.raises(BackupRefused):
            read_backup(_settings(), file)
    with read_session() as session:
        assert session.get(Lead, lead) is not None


def test_a_backup_cannot_write_outside_its_folders(database: str, tmp_path: Path) -> None:
    """A prepared file could put a program anywhere on the machine."""
    write_backup(_settings(), tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip", "a") as archive:
        archive.writestr("attachments/../../escaped.txt", "out")
    with pytest.raises(BackupRefused, match="leads outside"):
        read_backup(_settings(), tmp_path / "backup.zip")
    assert not list(tmp_path.parent.glob("escaped.txt"))
    get_engine().dispose()
