import re
from pathlib import Path

from leadhub.cli import app
from leadhub.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def test_every_setting_is_in_the_readme():
    """Guards against settings that nobody can find, and against a README that promises what is gone."""
    written = set(re.findall(r"`LEADHUB_([A-Z_]+)`", (ROOT / "README.md").read_text()))
    assert written == {name.upper() for name in Settings.model_fields}


def test_every_command_is_in_the_readme():
    """Guards against commands that nobody can find."""
    text = (ROOT / "README.md").read_text()
    commands = [c for c in app.registered_commands if not c.hidden] + app.registered_groups
    for command in commands:
        name = command.name or command.callback.__name__
        assert f"`{name}`" in text, name


def test_every_make_target_has_its_help_text():
    """Guards against commands that `make` does not list."""
    text = (ROOT / "Makefile").read_text()
    for target in re.findall(r"^\.PHONY: (\S+)", text, re.MULTILINE):
        assert re.search(rf"^{target}:.* ## \S", text, re.MULTILINE), target


def test_every_decision_is_dated():
    """Guards against reasons whose time nobody knows."""
    for record in (ROOT / "docs" / "decisions").glob("*.md"):
        assert re.search(r"^# \d+\. .* \(\d+ \w+ \d{4}\)$", record.read_text(), re.MULTILINE), record.name
