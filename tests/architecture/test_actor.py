"""Whoever opens a session says for whom."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "leadhub"
OPENERS = {"write_session", "read_session", "derived_session"}
#: Asked before anybody is signed in, or by the engine itself at start; each says why in its docstring.
WITHOUT_ACTOR = {
    "queries/imports.py:find_import_actor",
    "queries/users/access.py:find_access_link",
    "queries/users/access.py:list_demo_users",
    "services/bootstrap.py:ensure_defaults",
    "services/sessions/sign_in.py:sign_in",
    "services/sessions/sign_in.py:sign_in_as_demo",
    "services/undo.py:undo_next_part",
    "services/users/accept_link.py:accept_link",
    "services/users/first_admin.py:invite_first_admin",
}


def _without_actor(source: str) -> list[str]:
    """Public functions that open a session and take no keyword `actor`."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and _opens_a_session(node)
        and "actor" not in {argument.arg for argument in node.args.kwonlyargs}
    ]


def _opens_a_session(function: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OPENERS
        for node in ast.walk(function)
    )


def test_the_check_finds_what_it_should() -> None:
    """The check's own good and bad lines."""
    body = "\n    with write_session(a, 'x') as s: pass"
    assert _without_actor(f"def save(x):{body}") == ["save"]
    assert _without_actor(f"def save(x, actor):{body}") == ["save"]
    assert _without_actor(f"def save(x, *, actor):{body}") == []
    assert _without_actor(f"def _save(x):{body}") == []
    assert _without_actor("def helper(session): pass") == []


def test_every_service_and_query_takes_an_actor() -> None:
    """A read or a write could forget to ask who wants it."""
    found = {
        f"{path.relative_to(ROOT).as_posix()}:{name}"
        for room in ("services", "queries")
        for path in sorted((ROOT / room).rglob("*.py"))
        for name in _without_actor(path.read_text(encoding="utf-8"))
    }
    assert found - WITHOUT_ACTOR == set()
    assert WITHOUT_ACTOR - found == set(), "an exception that is none any more"
