"""The rules of the house that the import contracts cannot say."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "leadhub"
FILES = sorted(ROOT.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_no_file_grows_past_400_lines(path: Path) -> None:
    """Guards against one file per room."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def _loose_sessions(source: str) -> list[int]:
    """Lines where a session or an engine is made."""
    made = {"Session", "create_engine", "sessionmaker", "scoped_session"}
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in made
    ]


def test_the_session_check_finds_what_it_should() -> None:
    """The check's own good and bad lines."""
    assert _loose_sessions("s = Session(engine)") == [1]
    assert _loose_sessions("with write_session(actor, 'x') as s: pass") == []


def test_sessions_are_made_in_db_only() -> None:
    """Guards against a write that no change log sees."""
    loose = [
        _name(p) for p in FILES if _loose_sessions(p.read_text(encoding="utf-8")) and _name(p) != "db.py"
    ]
    allowed = [name for name in loose if not name.startswith(("db/", "serving/"))]
    assert allowed == []


def _commits(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"commit", "rollback"}
    ]


def test_nobody_but_db_commits() -> None:
    """Guards against half a transaction."""
    assert _commits("session.commit()") == [1]
    rooms = ("services", "queries", "statements", "change_log", "state", "api")
    found = [
        _name(p) for p in FILES if _name(p).startswith(rooms) and _commits(p.read_text(encoding="utf-8"))
    ]
    assert found == []


def _clock_calls(source: str) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today", "random", "choice", "uuid4", "time"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time", "random", "uuid"}
    ]


def test_the_domain_reads_no_clock_and_throws_no_dice() -> None:
    """Guards against rules that cannot be tested."""
    assert _clock_calls("x = datetime.now()") == [1]
    found = [_name(p) for p in FILES if _name(p).startswith("domain/") and _clock_calls(p.read_text("utf-8"))]
    assert found == []
