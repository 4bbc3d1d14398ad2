"""Every visible text stands in the catalogue, once, and is used."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from leadhub.texts import ROOT as TEXTS
from leadhub.texts import TextMissing, TextParameterMissing, catalogue, keys, languages, placeholders, text

ROOT = Path(__file__).resolve().parents[2] / "leadhub"
JS = ROOT / "components" / "ui" / "js"
AREAS = {path.stem for path in (TEXTS / "en").glob("*.json")}

SHOWN_BY_NAME = {
    *("label", "placeholder", "title", "aria_label", "alt", "hint", "error", "message", "text"),
    *("description", "aria_description", "who", "confirm_label"),
}
NOT_SHOWN_FIRST = {
    *("icon", "icon_button", "tab", "tr", "tr_key", "shortcut", "input", "script", "style", "asset", "match"),
    *("field_frame", "getattr", "call_script", "redirect", "set_color_mode", "NavEntry", "Page"),
}
SAME_IN_EVERY_LANGUAGE = {"LeadHub", "Ctrl K", "Ctrl+K"}
MADE_FROM_THE_REGISTRY = {"choices", "fields", "process", "matching", "history", "scoring"}
EXEMPT = {"pages/kit.py", "pages/kit_lists.py"}


def _is_text(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value not in SAME_IN_EVERY_LANGUAGE and re.search(r"[^\W\d_]{2}", node.value) is not None
    if isinstance(node, ast.JoinedStr):
        return any(_is_text(part) for part in node.values if isinstance(part, ast.Constant))
    return False


def _function(call: ast.Call) -> tuple[str, str]:
    """The module-like owner and the name of what is called: ("el", "p"), ("ui", "button"), ("", "dialog")."""
    target = call.func
    if isinstance(target, ast.Name):
        return "", target.id
    if isinstance(target, ast.Attribute):
        owner = target.value
        return (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")), target.attr
    return "", ""


def _literal_texts(source: str) -> list[int]:
    """Lines where visible text is written instead of looked up."""
    found: set[int] = set()
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        owner, name = _function(call)
        children: list[ast.expr] = []
        if (
            owner in {"el", "ui"} and name not in NOT_SHOWN_FIRST and not name.startswith("fmt_")
        ) or name == "create":
            children += call.args
        children += [word.value for word in call.keywords if word.arg in SHOWN_BY_NAME]
        found |= {node.lineno for child in children for node in _shown(child) if _is_text(node)}
    return sorted(found)


def _shown(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of a child that reach the eye: the branches of a condition, the elements of a pair."""
    if isinstance(node, ast.Call) and _function(node) in {("rx", "cond"), ("ui", "choose"), ("", "choose")}:
        for branch in node.args[1:]:
            yield from _shown(branch)
    elif isinstance(node, ast.Tuple) and node.elts:
        yield node.elts[0] if _looks_like_a_sentence(node.elts[0]) else ast.Constant("")
    else:
        yield node


def _looks_like_a_sentence(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value[:1].isupper()


@pytest.mark.parametrize(
    "line",
    [
        'rx.el.p("No leads yet")',
        'ui.button("Save", variant="primary")',
        "rx.el.p(f'{count} leads')",
        'rx.el.input(placeholder="Search leads")',
        'ui.text_field(name="email", label="Email")',
        'rx.el.span(rx.cond(State.done, "Done", "Open"))',
        'ui.key_values(("Budget", State.budget))',
        'Dialog.create(child, title="New lead")',
        'icon_button("x", label="Close")',
    ],
)
def test_the_check_finds_literal_text(line: str) -> None:
    """The check's own bad lines."""
    assert _literal_texts(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        'rx.el.p(ui.tr("leads.none"))',
        'ui.icon_button("pencil", label=ui.tr("ui.edit"))',
        'rx.el.span("*", aria_hidden="true", class_name="field-label req")',
        'rx.el.h1("LeadHub")',
        'ui.tab("lead_info", ui.tr("leads.lead_info"))',
        'ui.pill(State.label, tone=rx.cond(State.late, "danger", "neutral"))',
        'ui.segmented(("list", ui.tr("leads.list"), "list"), value=State.view, name="view")',
        'rx.el.input(type="checkbox", name="owner_id")',
    ],
)
def test_the_check_lets_the_rest_pass(line: str) -> None:
    """The check's own good lines."""
    assert _literal_texts(line) == []


def _screens() -> list[Path]:
    return [
        path
        for room in ("components", "pages")
        for path in sorted((ROOT / room).rglob("*.py"))
        if path.relative_to(ROOT).as_posix() not in EXEMPT
    ]


@pytest.mark.parametrize("path", _screens(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_visible_text_is_written_outside_the_catalogue(path: Path) -> None:
    """Guards against a text that no translation reaches."""
    assert _literal_texts(path.read_text(encoding="utf-8")) == []


LOOKUPS = {"tr": 0, "text": 1, "show_toast": 0}


@cache
def _strings() -> tuple[set[str], set[str], dict[str, str]]:
    """Every string of the code, every beginning that is completed later, every key looked up by name."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    looked_up: dict[str, str] = {}
    for path in sorted(ROOT.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(str(node.values[0].value))
            elif isinstance(node, ast.Call):
                name = _function(node)[1]
                at = LOOKUPS.get(name, 99)
                if len(node.args) > at and isinstance(node.args[at], ast.Constant):
                    looked_up.setdefault(str(node.args[at].value), place)
    for path in [*JS.glob("*.js"), *JS.glob("*.jsx")]:
        source = path.read_text(encoding="utf-8")
        quoted = re.findall(r"\"([a-z_]+\.[a-z0-9_.]*)\"", source)
        whole |= set(quoted)
        beginnings |= set(re.findall(r"\"([a-z_]+\.[a-z0-9_.]*)\" \+", source))
        for key in re.findall(r"\btr\(\"([^\"]+)\"(?! \+)", source):
            looked_up.setdefault(key, path.name)
    return whole, {start for start in beginnings if "." in start and start.split(".")[0] in AREAS}, looked_up


def test_every_key_that_is_looked_up_exists() -> None:
    """Guards against a raw key on the screen."""
    _, _, looked_up = _strings()
    assert {
        key: place for key, place in looked_up.items() if key.split(".")[0] in AREAS and key not in keys()
    } == {}
    assert {key for key in looked_up if "." in key and key not in keys()} == set()


def test_every_key_is_used() -> None:
    """Guards against a catalogue full of what no screen shows."""
    whole, beginnings, _ = _strings()
    unused = {
        key
        for key in keys()
        if key not in whole
        and not key.startswith(tuple(beginnings))
        and key.split(".")[0] not in MADE_FROM_THE_REGISTRY
    }
    assert unused == set()


@pytest.mark.parametrize("language", languages())
def test_every_translation_has_the_same_parameters(language: str) -> None:
    """Guards against a translated text that drops or invents a parameter."""
    for key, entry in catalogue(language).items():
        assert key in keys()
        forms = [entry] if isinstance(entry, str) else list(entry.values())
        names = {name for form in forms for name in re.findall(r"\{(\w+)\}", form)}
        if isinstance(entry, dict):
            names.add("count")
        assert names == placeholders(key), key


@pytest.mark.parametrize(
    "path", sorted(TEXTS.rglob("*.json")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_a_plural_names_one_and_other(path: Path) -> None:
    """Guards against a plural that has no form for most numbers."""
    for key, entry in json.loads(path.read_text(encoding="utf-8")).items():
        assert isinstance(entry, str) or {"one", "other"} <= set(entry), key


def test_a_text_is_filled_in() -> None:
    """Guards against raw placeholders in mail and messages."""
    assert text("en", "ui.clear_all") == "Clear all"
    assert text("en", "ui.overdue_days", count=1) == "1 day overdue"
    assert text("de", "ui.overdue_days", count=3) == "3 Tage überfällig"
    assert text("fr", "ui.save") == "Save"


def test_a_missing_text_or_parameter_is_an_error() -> None:
    """Guards against a message that says nothing."""
    with pytest.raises(TextMissing):
        text("en", "ui.no_such_text")
    with pytest.raises(TextParameterMissing):
        text("en", "ui.remove")
    with pytest.raises(TextParameterMissing):
        text("en", "ui.overdue_days")
