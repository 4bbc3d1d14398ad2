from functools import lru_cache

from nicknames import NickNamer

from leadhub.domain.contact_details.text import fold
from leadhub.domain.data import data_lines


@lru_cache(maxsize=1)
def _names_by_form() -> dict[str, frozenset[str]]:
    """Short form → the full names (or groups of translated names) it can stand for."""
    full_names: dict[str, set[str]] = {}
    for full, short_forms in NickNamer().nickname_lookup.items():
        name = fold(full)
        full_names.setdefault(name, set()).add(name)
        for short in short_forms:
            full_names.setdefault(fold(short), set()).add(name)
    for line in data_lines("short_names"):
        forms = line.split()
        for form in forms:
            full_names.setdefault(form, set()).add(f"={forms[0]}")
    return {form: frozenset(names) for form, names in full_names.items()}


@lru_cache(maxsize=1)
def _forms_by_name() -> dict[str, tuple[str, ...]]:
    forms: dict[str, list[str]] = {}
    for form, names in _names_by_form().items():
        for name in names:
            forms.setdefault(name, []).append(form)
    return {name: tuple(sorted(found)) for name, found in forms.items()}


@lru_cache(maxsize=100_000)
def is_nickname(left: str, right: str) -> bool:
    """Whether two folded given names are forms of one name; symmetric, and true of a name and itself."""
    if left == right:
        return True
    names = _names_by_form()
    return not names.get(left, frozenset()).isdisjoint(names.get(right, frozenset()))


@lru_cache(maxsize=20_000)
def other_forms(given: str, *, most: int = 24) -> tuple[str, ...]:
    """Other forms of a folded given name, full names first."""
    names = _names_by_form().get(given, frozenset())
    found = [name for name in sorted(names) if not name.startswith("=")]
    for name in sorted(names):
        found.extend(_forms_by_name()[name])
    return tuple(dict.fromkeys(form for form in found if form != given))[:most]
