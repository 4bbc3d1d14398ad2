"""Every visible text, once: read here for mail and messages, and shipped to the browser as a dictionary."""

import json
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent
DEFAULT_LANGUAGE = "en"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Entry = str | dict[str, str]


class TextMissing(KeyError):
    """No catalogue has this key."""


class TextParameterMissing(KeyError):
    """A text names a parameter that the caller did not give."""


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue."""
    return tuple(
        sorted(folder.name for folder in ROOT.iterdir() if folder.is_dir() and any(folder.glob("*.json")))
    )


@cache
def catalogue(language: str) -> dict[str, Entry]:
    """Return every text of one language by its key.

    Raises ValueError if a key does not start with the name of its file, or is written twice.
    """
    texts: dict[str, Entry] = {}
    for path in sorted((ROOT / language).glob("*.json")):
        for key, entry in json.loads(
            path.read_text(encoding="utf-8"), object_pairs_hook=_refuse_doubles
        ).items():
            if not key.startswith(f"{path.stem}."):
                raise ValueError(f"{path.name}: key {key!r} must start with {path.stem!r} and a dot")
            texts[key] = entry
    return texts


def keys() -> frozenset[str]:
    """Return every key of the English catalogue, which is the complete one."""
    return frozenset(catalogue(DEFAULT_LANGUAGE))


def placeholders(key: str) -> frozenset[str]:
    """Return the names of the parameters that the English text takes. Raises TextMissing."""
    entry = _entry(DEFAULT_LANGUAGE, key)
    forms = [entry] if isinstance(entry, str) else entry.values()
    names = {name for form in forms for name in _PLACEHOLDER.findall(form)}
    return frozenset(names if isinstance(entry, str) else names | {"count"})


def text(lang: str, key: str, **params: object) -> str:
    """Return a text in a language, English where that language has none.

    Raises TextMissing, TextParameterMissing.
    """
    entry = _entry(lang, key)
    if isinstance(entry, dict):
        if "count" not in params:
            raise TextParameterMissing(f"{key}: count")
        entry = entry["one"] if params["count"] == 1 and "one" in entry else entry["other"]

    def value(match: re.Match[str]) -> str:
        if match[1] not in params:
            raise TextParameterMissing(f"{key}: {match[1]}")
        return str(params[match[1]])

    return _PLACEHOLDER.sub(value, entry)


def _entry(lang: str, key: str) -> Entry:
    for language in (lang, DEFAULT_LANGUAGE):
        if language in languages() and key in catalogue(language):
            return catalogue(language)[key]
    raise TextMissing(key)


def _refuse_doubles(pairs: list[tuple[str, Entry]]) -> dict[str, Entry]:
    seen: dict[str, Entry] = {}
    for key, entry in pairs:
        if key in seen:
            raise ValueError(f"key {key!r} is written twice")
        seen[key] = entry
    return seen
