import re

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from leadhub.cli import app
from leadhub.db import read_session
from leadhub.models import User
from leadhub.services.users.accept_link import accept_link
from leadhub.serving.database import first_admin_link
from leadhub.settings import get_settings
from tests.factories import make_user


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    return done.output + (done.stderr if done.stderr_bytes else "")


def _token(text: str) -> str:
    found = re.search(r"/accept/(\S+)", text)
    assert found is not None, text
    return found[1]


def test_the_command_line_lets_people_in(database: str) -> None:
    """When nobody can sign in, nobody could let anybody in."""
    out = _run("user", "add", "New@Example.com", "--name", "Nina New", "--role", "manager")
    opened = accept_link(_token(out), password="a long new one", address="")
    assert "new@example.com" in _run("user", "list")
    assert _token(_run("user", "reset", "new@example.com"))
    with read_session() as session:
        assert session.get_one(User, opened.user_id).role == "manager"


def test_a_wrong_command_says_why(database: str) -> None:
    """A trace would stand where a sentence should."""
    assert "is not there" in _run("user", "invite", "nobody@example.com")
    assert "not an email" in _run("user", "add", "nonsense", "--name", "N")


def test_deactivating_from_the_command_line(database: str) -> None:
    """Somebody who left could not be locked out without a browser."""
    user = make_user(email="gone@example.com")
    make_user(email="heir@example.com")
    assert "deactivated" in _run("user", "deactivate", "gone@example.com", "--hand-to", "heir@example.com")
    with read_session() as session:
        assert not session.get_one(User, user).active


def test_the_first_administrator_sets_the_workspace_up_once(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fresh installation would have no way in, or one that stays open."""
    url = get_settings().sqlalchemy_url
    first = first_admin_link(url)
    second = first_admin_link(url)
    assert first
    assert second
    assert first != second
    opened = accept_link(
        _token(second), name="Ada Admin", email="ada@example.com", password="a long new one", address=""
    )
    assert first_admin_link(url) is None
    with read_session() as session:
        admins = session.execute(select(User.id, User.email, User.role)).all()
    assert admins == [(opened.user_id, "ada@example.com", "admin")]
