"""Which column goes where: guessed from the headers, the values below them, and the file's name."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.headers import PROBLEM_HEADER, Cell
from leadhub.domain.importing.hints import is_in_seconds, share_that_parses
from leadhub.domain.importing.own_words import OWN_WORDS
from leadhub.domain.importing.stages import is_stage_word
from leadhub.domain.importing.synonyms import ENTITY_WORDS, MARKERS, SYNONYMS
from leadhub.domain.importing.targets import Target, targets_of

_CONFIDENT = 0.45
_FUZZY = 92
_STATUS_OF_ANYTHING = frozenset({"status", "state", "statuscode", "phase"})
_TRANSLITERATED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ó": "o"})
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_FOR_CONTENT_ALONE = {
    "lead": ("email", "website", "business_phone"),
    "contact": ("email", "mobile_phone"),
    "account": ("website", "email", "phone"),
}


@dataclass(frozen=True, slots=True)
class Guess:
    target: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MappingGuess:
    """Column index → target; `defaults` are values for every row that the kind of file implies."""

    entity: str
    columns: Mapping[int, Guess]
    unmapped: tuple[int, ...]
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def targets(self) -> dict[int, str]:
        return {index: guess.target for index, guess in self.columns.items()}


def compact(text: str) -> str:
    """A header without case, spaces, punctuation and umlauts: "E-Mail (Work)" is "emailwork"."""
    return "".join(_WORD.findall(text.casefold().translate(_TRANSLITERATED)))


def header_signature(headers: Sequence[str]) -> str:
    """The same for files with the same headers in the same order, so that a mapping can be remembered."""
    own = headers[:-1] if headers[-1:] == [PROBLEM_HEADER] else headers
    return hashlib.sha256("\x1f".join(compact(header) for header in own).encode()).hexdigest()[:32]


def guess_entity(
    headers: Sequence[str], samples: Sequence[Sequence[Cell]], *, filename: str = ""
) -> list[tuple[str, float]]:
    """Entities a file may hold, likeliest first, with a confidence from 0 to 1."""
    named = {compact(header) for header in headers if header}
    file_words = set(_words(filename.rsplit("/")[-1].rsplit(".", 1)[0]))
    scores = {}
    for entity in SYNONYMS:
        mapping = guess_mapping(headers, samples, entity)
        fit = sum(guess.confidence for guess in mapping.columns.values()) / max(1, len(named))
        required = [target.key for target in targets_of(entity).values() if target.required]
        has_own_name = any(key in mapping.targets.values() for key in required if key != "customer_need")
        markers = len(named & _marker_words()[entity])
        by_name = bool(file_words & set(ENTITY_WORDS[entity]))
        own_headers = sum(1 for header in headers if _starts_with_own_word(header, entity))
        scores[entity] = (
            0.45 * fit
            + 0.12 * min(markers, 4)
            + 0.05 * min(own_headers, 4)
            + 0.25 * by_name
            + 0.05 * has_own_name
        )
    total = sum(scores.values()) or 1.0
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    return [(entity, round(score / total, 3)) for entity, score in ranked]


def guess_mapping(headers: Sequence[str], samples: Sequence[Sequence[Cell]], entity: str) -> MappingGuess:
    """The likeliest target of each column; a target that takes one column gets the surest one."""
    targets = targets_of(entity)
    columns = [[row[i] for row in samples if i < len(row) and row[i] != ""] for i in range(len(headers))]
    offers: list[tuple[float, int, str]] = []
    for index, header in enumerate(headers):
        if header == PROBLEM_HEADER and index == len(headers) - 1:
            continue
        for key, score in _by_name(header, entity).items():
            if target := targets.get(key):
                in_seconds = key == "duration_minutes" and is_in_seconds(header)
                weight = _weigh(score, target, header, columns[index]) * (0.9 if in_seconds else 1)
                offers.append((weight, index, key))
    offers.sort(key=lambda offer: (-offer[0], offer[1]))
    chosen: dict[int, Guess] = {}
    taken: set[str] = set()
    for score, index, key in offers:
        if score >= _CONFIDENT and index not in chosen and (key not in taken or targets[key].takes_many):
            chosen[index] = Guess(key, round(score, 2))
            taken.add(key)
    _keep_more_ways_to_reach(headers, columns, entity, targets, chosen)
    for key in _FOR_CONTENT_ALONE.get(entity, ()):
        _take_by_content(key, targets, columns, headers, chosen, taken)
    defaults = _implied(headers, entity, taken)
    unmapped = tuple(index for index in range(len(headers)) if index not in chosen)
    return MappingGuess(entity, dict(sorted(chosen.items())), unmapped, defaults)


def _weigh(score: float, target: Target, header: str, cells: Sequence[Cell]) -> float:
    if not cells:
        return score * 0.8
    if target.is_id:
        return score
    if target.kind is FieldKind.LEAD_TYPE:
        return score * 0.4  # other programs' lead types are not ours: only a person maps them
    if target.kind is FieldKind.STAGE:
        known = sum(is_stage_word(str(cell)) for cell in cells) / len(cells)
        least = 0.2 if compact(header) in _STATUS_OF_ANYTHING else 0.5
        return score * (least + (1 - least) * known)
    share = share_that_parses(target, cells)
    return score * (0.98 if share is None else 0.46 + 0.54 * share)


def _by_name(header: str, entity: str) -> dict[str, float]:
    """Target → how well the header's name fits, from 0 to 1."""
    word = compact(header)
    if not word:
        return {}
    known = _known(entity)
    if word in known:
        return {
            key: 1.0 if len(known[word]) == 1 else 0.99 - place / 50 for place, key in enumerate(known[word])
        }
    own = "".join(_without_own_word(header, entity))
    if own and own != word and own in known:
        return dict.fromkeys(known[own], 0.95)
    if len(word) < 5:
        return {}
    near = process.extractOne(word, known.keys(), scorer=fuzz.ratio, score_cutoff=_FUZZY)
    return dict.fromkeys(known[near[0]], 0.8 * near[1] / 100) if near else {}


def _keep_more_ways_to_reach(
    headers: Sequence[str],
    columns: Sequence[Sequence[Cell]],
    entity: str,
    targets: Mapping[str, Target],
    chosen: dict[int, Guess],
) -> None:
    """A second column of e-mails or phones is kept beside the first."""
    more = {
        "email": "other_email",
        "mobile_phone": "other_phone",
        "business_phone": "other_phone",
        "phone": "other_phone",
    }
    for index, header in enumerate(headers):
        if index in chosen:
            continue
        for key, score in _by_name(header, entity).items():
            other = targets.get(more.get(key, ""))
            if other and _weigh(score, other, header, columns[index]) > 0.6:
                chosen[index] = Guess(other.key, round(0.8 * score, 2))


def _take_by_content(
    key: str,
    targets: Mapping[str, Target],
    columns: Sequence[Sequence[Cell]],
    headers: Sequence[str],
    chosen: dict[int, Guess],
    taken: set[str],
) -> None:
    if key in taken:
        return
    for index, cells in enumerate(columns):
        if index in chosen or len(cells) < 2 or _names_an_id(headers[index]):
            continue
        share = share_that_parses(targets[key], cells, strictly=True)
        if share is not None and share >= 0.9:
            chosen[index] = Guess(key, 0.5)
            taken.add(key)
            return


def _implied(headers: Sequence[str], entity: str, taken: set[str]) -> dict[str, Any]:
    if entity != "activity" or "kind" in taken:
        return {}
    words = {word for header in headers for word in _words(header)}
    if "call" in words:
        return {"kind": "call"} if "status" in taken else {"kind": "call", "status": "done"}
    if "event" in words or {"starts_at", "due_at"} <= taken or {"end", "time"} <= words:
        return {"kind": "meeting"}
    return {"kind": "task"}


def _names_an_id(header: str) -> bool:
    words = _words(header)
    return bool(words) and (
        words[-1] in ("id", "key", "number", "no", "nr") or compact(header).endswith("id")
    )


def _words(header: str) -> list[str]:
    return _WORD.findall(_CAMEL.sub(" ", header).casefold().translate(_TRANSLITERATED).replace("_", " "))


def _without_own_word(header: str, entity: str) -> list[str]:
    words = _words(header)
    while len(words) > 1 and words[0] in ENTITY_WORDS[entity]:
        words = words[1:]
    return words


def _starts_with_own_word(header: str, entity: str) -> bool:
    words = _words(header)
    return len(words) > 1 and words[0] in ENTITY_WORDS[entity]


@cache
def _known(entity: str) -> dict[str, tuple[str, ...]]:
    known: dict[str, tuple[str, ...]] = {}
    targets = targets_of(entity)
    for key, words in [*SYNONYMS[entity].items(), *OWN_WORDS[entity].items()]:
        for word in filter(None, map(compact, words.split("|"))):
            if key in targets and key not in known.get(word, ()):
                known[word] = (*known.get(word, ()), key)
    for key in targets:
        known.setdefault(compact(key), (key,))
    return known


@cache
def _marker_words() -> dict[str, frozenset[str]]:
    return {
        entity: frozenset(compact(word) for word in words.split("|")) for entity, words in MARKERS.items()
    }
