from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from leadhub.domain.importing.values import normal_label
from leadhub.domain.importing.word_lists import CONCEPT_STATES, STAGE_CONCEPTS, STAGE_KEYS


@dataclass(frozen=True, slots=True)
class StageOption:
    """One stage of the process that the imported records will run."""

    key: str
    label: str
    state: str


@cache
def _concepts() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for concept, words in STAGE_CONCEPTS.items():
        for word in words.split("|"):
            found.setdefault(normal_label(word), []).append(concept)
    return found


def is_stage_word(label: str) -> bool:
    """Whether some program calls a stage so."""
    return normal_label(label) in _concepts()


def map_stage(
    label: str, stages: Sequence[StageOption], *, corrections: Mapping[str, str] | None = None
) -> str | None:
    """The stage that another program's label means, or None where nobody can tell.

    `corrections` (normal label → stage key) were made by hand and win.
    """
    word = normal_label(label)
    keys = {stage.key for stage in stages}
    if corrections and corrections.get(word) in keys:
        return corrections[word]
    for stage in stages:
        if word in (normal_label(stage.label), normal_label(stage.key)):
            return stage.key
    candidates = _concepts().get(word, [])
    for concept in candidates:
        if (STAGE_KEYS[concept][0]) in keys:
            return STAGE_KEYS[concept][0]
    for concept in candidates:
        for key in STAGE_KEYS[concept]:
            if key in keys:
                return key
    for concept in candidates:
        for state in CONCEPT_STATES.get(concept, ("in_progress",)):
            for stage in stages:
                if stage.state == state:
                    return stage.key
    return None


def map_stages(
    labels: Iterable[str], stages: Sequence[StageOption], *, corrections: Mapping[str, str] | None = None
) -> dict[str, str | None]:
    """Each label found in a file → stage key, for the table that a person corrects."""
    return {label: map_stage(label, stages, corrections=corrections) for label in dict.fromkeys(labels)}


def converted_stage(stages: Sequence[StageOption]) -> str | None:
    """Where a lead stands whose old system says that it was converted."""
    return map_stage("converted", stages)
