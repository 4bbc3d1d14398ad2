from collections.abc import Mapping, Sequence
from functools import cache

from leadhub.domain.importing.values import normal_label
from leadhub.domain.importing.word_lists import CHOICES, COUNTRIES, SOURCES
from leadhub.domain.lookups import Lookup


def find_choice(entity: str, key: str, choices: Sequence[str], text: str) -> str | None:
    """The fixed choice that another program's word means."""
    word = normal_label(text)
    for choice in choices:
        if word == normal_label(choice):
            return choice
    return _choice_words(entity, key).get(word)


def find_label(lookup: Lookup | None, labels: Mapping[str, int], text: str) -> int | None:
    """The list entry with this label, or with another name of the same thing."""
    word = normal_label(text)
    if (found := labels.get(word)) is not None:
        return found
    if (found := labels.get(word.replace(" ", ""))) is not None:
        return found
    other = _other_names(lookup).get(word) if lookup else None
    return labels.get(normal_label(other)) if other else None


def usual_name(lookup: Lookup | None, text: str) -> str:
    """The name under which a list keeps this: USA and US are both United States."""
    other = _other_names(lookup).get(normal_label(text)) if lookup else None
    return other or " ".join(text.split())


@cache
def _choice_words(entity: str, key: str) -> dict[str, str]:
    return _turned(CHOICES.get((entity, key), {}))


@cache
def _other_names(lookup: Lookup) -> dict[str, str]:
    return _turned({Lookup.COUNTRY: COUNTRIES, Lookup.SOURCE: SOURCES}.get(lookup, {}))


def _turned(words: Mapping[str, str]) -> dict[str, str]:
    return {normal_label(word): meaning for meaning, several in words.items() for word in several.split("|")}
