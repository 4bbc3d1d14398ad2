from functools import lru_cache
from math import log2

from rapidfuzz.distance import OSA, JaroWinkler

from leadhub.domain.contact_details import CompanyName, sound_key
from leadhub.domain.contact_details.company_names import GENERIC_WORDS
from leadhub.domain.similarity.comparisons import DIFFERENT, FieldComparison
from leadhub.domain.similarity.frequencies import Frequencies, share_of

GENERIC_BITS, TELLING_BITS = 2.0, 8.0
LEAST_BITS, MOST_BITS = 1.0, 14.0
SCORE_LEVELS = ((0.93, "very_near"), (0.85, "near"), (0.75, "similar"), (0.6, "weak"))


@lru_cache(maxsize=500_000)
def token_similarity(left: str, right: str) -> float:
    """0 to 1; below 0.75 two words are taken as different."""
    if left == right:
        return 1.0
    shorter, longer = (left, right) if len(left) <= len(right) else (right, left)
    if len(shorter) == 1:
        return 0.0
    if len(shorter) >= 3 and longer.startswith(shorter):
        return 0.9 if len(longer) - len(shorter) <= 2 else 0.8
    if left.isdigit() or right.isdigit():
        return 0.0
    similarity = OSA.normalized_similarity(left, right)
    if len(shorter) >= 4:
        winkler = JaroWinkler.similarity(left, right)
        similarity = max(similarity, winkler - 0.05)
        if winkler >= 0.75 and sound_key(left) == sound_key(right):
            similarity = max(similarity, 0.85)
    return similarity if similarity >= 0.75 else 0.0


@lru_cache(maxsize=200_000)
def _bits(token: str, share: float) -> float:
    """What a word says: little if it is generic, common or a single letter."""
    is_generic = token in GENERIC_WORDS
    bits = GENERIC_BITS if is_generic else TELLING_BITS
    if share:
        bits = min(bits, -log2(share)) if is_generic else -log2(share)
    if len(token) == 1:
        bits = min(bits, GENERIC_BITS)
    return max(LEAST_BITS, min(MOST_BITS, bits))


def company_similarity(
    left: CompanyName, right: CompanyName, frequencies: Frequencies
) -> tuple[float, float]:
    """Share of the words' information that agrees (both names), and of the name that has less of it."""
    weights = [_bits(token, share_of(frequencies, "token", token)) for token in left.tokens]
    other_weights = [_bits(token, share_of(frequencies, "token", token)) for token in right.tokens]
    pairs = sorted(
        (
            (similarity, min(weights[i], other_weights[j]), i, j)
            for i, one in enumerate(left.tokens)
            for j, other in enumerate(right.tokens)
            if (similarity := token_similarity(one, other))
        ),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    agreeing = 0.0
    for similarity, _, i, j in pairs:
        if i in used_left or j in used_right:
            continue
        used_left.add(i)
        used_right.add(j)
        agreeing += similarity * (weights[i] + other_weights[j]) / 2
    total, other_total = sum(weights), sum(other_weights)
    both = 2 * agreeing / (total + other_total)
    contained = min(1.0, agreeing / min(total, other_total))
    whole = OSA.normalized_similarity(left.compact, right.compact)
    if whole >= 0.8:
        both = max(both, whole - 0.02)
    return both, contained


def _name_level(left: CompanyName, right: CompanyName, frequencies: Frequencies) -> str:
    if left.compact == right.compact:
        return "same"
    if sorted(left.tokens) == sorted(right.tokens):
        return "reordered"
    if (left.initials and left.initials == right.compact) or (
        right.initials and right.initials == left.compact
    ):
        return "initials"
    both, contained = company_similarity(left, right, frequencies)
    for least, level in SCORE_LEVELS:
        if both >= least:
            return level
        if level == "near" and contained >= 0.97 and both >= 0.5:
            return "contained"
    return "part" if contained >= 0.85 else DIFFERENT


COMPANY_ORDER = (
    "same",
    "reordered",
    "very_near",
    "near",
    "contained",
    "initials",
    "similar",
    "weak",
    "part",
    DIFFERENT,
)


def company_comparison(
    field: str,
    left: tuple[CompanyName, ...],
    right: tuple[CompanyName, ...],
    frequencies: Frequencies,
    *,
    typed: tuple[str, str] = ("", ""),
) -> FieldComparison | None:
    """The best agreement among all names of two companies."""
    found = [
        (_name_level(one, other, frequencies), one)
        for one in left
        for other in right
        if one.core and other.core
    ]
    if not found:
        return None
    level, name = min(found, key=lambda item: COMPANY_ORDER.index(item[0]))
    terms = (("company", name.compact),) if level in ("same", "reordered") else ()
    return FieldComparison(field, level, typed[0] or left[0].core, typed[1] or right[0].core, terms)
