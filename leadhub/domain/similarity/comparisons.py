"""Two values of one field become an agreement level; the levels are what weights are learned for."""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio

from leadhub.domain.contact_details import (
    EmailAddress,
    PersonName,
    PhoneNumber,
    completed_name,
    is_nickname,
    is_same_number,
    sound_key,
)

MISSING = "missing"
DIFFERENT = "different"


class FieldComparison(NamedTuple):
    """How one field of two records agrees; `terms` are the shared values whose rarity counts."""

    field: str
    level: str
    left: str = ""
    right: str = ""
    terms: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=500_000)
def compare_part(left: str, right: str, is_given: bool = False) -> str:
    """Level of a given or family name: same, form, near, part, initial, weak, different or missing."""
    if not left or not right:
        return MISSING
    if left == right:
        return "same"
    one, other = left.replace(" ", ""), right.replace(" ", "")
    if one == other:
        return "same"
    if len(one) == 1 or len(other) == 1:
        return "initial" if one[0] == other[0] else DIFFERENT
    if is_given and is_nickname(left.split(" ", 1)[0], right.split(" ", 1)[0]):
        return "form"
    shorter, longer = sorted((one, other), key=len)
    errors = OSA.distance(one, other, score_cutoff=3)
    length = len(longer)
    if errors <= (1 if length >= 4 else 0) or (errors <= 2 and length >= 6):
        return "near"
    similarity = JaroWinkler.similarity(one, other)
    if similarity >= 0.92:
        return "near"
    if similarity >= 0.7 and len(shorter) >= 3 and sound_key(one) == sound_key(other):
        return "near"
    if len(shorter) >= 3 and longer.startswith(shorter):
        return "part"
    if " " in left or " " in right:
        words, other_words = left.split(), right.split()
        if any(len(word) >= 3 and word in other_words for word in words):
            return "part"
    if errors <= 3 and length >= 8:
        return "near"
    return "weak" if similarity >= 0.82 or (errors <= 2 and length >= 5) else DIFFERENT


PART_VALUE = {
    "same": 1.0,
    "form": 0.8,
    "near": 0.75,
    "part": 0.7,
    "initial": 0.5,
    MISSING: 0.35,
    "weak": 0.3,
    DIFFERENT: 0.0,
}
PART_CLASS = {
    "same": "S",
    "form": "V",
    "near": "V",
    "part": "V",
    "initial": "I",
    MISSING: "M",
    "weak": "W",
    DIFFERENT: "D",
}
JOINT_LEVELS = {
    "SS": "same",
    "SV": "given_variant",
    "VS": "family_variant",
    "VV": "variants",
    "SI": "initial",
    "IS": "initial",
    "SM": "family_only",
    "MS": "given_only",
    "VM": "variant_only",
    "MV": "variant_only",
    "SW": "family_same",
    "SD": "family_same",
    "WS": "given_same",
    "DS": "given_same",
    "VI": "weak",
    "IV": "weak",
    "VW": "weak",
    "WV": "weak",
    "WW": "weak",
    "VD": "weak",
    "DV": "weak",
    "WM": "weak",
    "MW": "weak",
    "MI": "weak",
    "IM": "weak",
    "II": "weak",
}


def _given_level(left: PersonName, right: PersonName) -> str:
    level = compare_part(left.given, right.given, True)
    if level in ("same", "form", "near") or not (
        left.middle or right.middle or left.nickname or right.nickname
    ):
        return level
    left_names = [left.given, *left.middle.split(), left.nickname]
    right_names = [right.given, *right.middle.split(), right.nickname]
    for one in left_names:
        for other in right_names:
            if len(one) > 2 and len(other) > 2 and compare_part(one, other, True) in ("same", "form"):
                return "form"
    return level


def compare_names(left: PersonName, right: PersonName) -> tuple[str, bool, str, str]:
    """The joint level of two names, whether given and family are swapped, and both parts' levels."""
    if not left.key or not right.key:
        return MISSING, False, MISSING, MISSING
    if left.key == right.key or left.compact == right.compact:
        return "same", left.given != right.given, "same", "same" if left.given else MISSING
    family, given = compare_part(left.family, right.family), _given_level(left, right)
    if family == "same" and given == "same":
        return "same", False, family, given
    swapped = False
    crossed = compare_part(left.given, right.family), compare_part(left.family, right.given)
    if sum(PART_VALUE[level] for level in crossed) > PART_VALUE[family] + PART_VALUE[given] + 0.2:
        given, family = crossed
        swapped = True
    level = JOINT_LEVELS.get(PART_CLASS[family] + PART_CLASS[given], DIFFERENT)
    return ("swapped" if swapped and level == "same" else level), swapped, family, given


def name_comparison(left: PersonName, right: PersonName) -> FieldComparison | None:
    """The joint comparison of two persons' names."""
    level, _, family, given = compare_names(left, right)
    if level == MISSING:
        return None
    terms = []
    if family == "same" and left.family:
        terms.append(("family", left.family))
    if given == "same" and left.given:
        terms.append(("given", left.given))
    return FieldComparison("name", level, left.full, right.full, tuple(terms))


INFERRED_LEVELS = {
    "same": "variants",
    "swapped": "variants",
    "given_variant": "variants",
    "family_variant": "variants",
    "variants": "variants",
    "initial": "initial",
}


def name_comparison_with_mailboxes(
    left: PersonName,
    right: PersonName,
    left_emails: tuple[EmailAddress, ...],
    right_emails: tuple[EmailAddress, ...],
) -> FieldComparison | None:
    """The joint comparison; where a part is missing, the mailbox may tell it, with less weight."""
    known = name_comparison(left, right)
    if (left.given and left.family and right.given and right.family) or not (left_emails or right_emails):
        return known
    one, other = completed_name(left, left_emails), completed_name(right, right_emails)
    if one is left and other is right:
        return known
    level = INFERRED_LEVELS.get(compare_names(one, other)[0])
    if level is None or (known is not None and known.level in INFERRED_LEVELS):
        return known
    return FieldComparison("name", level, one.full, other.full)


def _email_level(left: EmailAddress, right: EmailAddress) -> str:
    if left.normal == right.normal:
        return "same_shared" if left.is_shared_mailbox else "same"
    if left.mailbox == right.mailbox and len(left.mailbox) >= 4 and not left.is_shared_mailbox:
        return "same_mailbox"
    if OSA.normalized_similarity(left.normal, right.normal) >= 0.8 and (
        left.domain != right.domain or OSA.distance(left.mailbox, right.mailbox) <= 2
    ):
        return "near"
    if left.domain == right.domain and not left.is_free_mail:
        return "same_domain"
    return DIFFERENT


EMAIL_ORDER = ("same", "same_mailbox", "near", "same_shared", "same_domain", DIFFERENT)


def email_comparison(
    left: tuple[EmailAddress, ...], right: tuple[EmailAddress, ...], field: str = "email"
) -> FieldComparison | None:
    """The best agreement among all addresses."""
    if not left or not right:
        return None
    best, one, other = min(
        ((_email_level(a, b), a, b) for a in left for b in right),
        key=lambda found: EMAIL_ORDER.index(found[0]),
    )
    terms = (("email", one.normal),) if best in ("same", "same_shared") else ()
    return FieldComparison(field, best, one.typed, other.typed, terms)


def _phone_level(left: PhoneNumber, right: PhoneNumber) -> str:
    if is_same_number(left, right):
        return "same"
    one, other = left.last9, right.last9
    if min(len(one), len(other)) >= 7 and one == other:
        return "same"
    if min(len(one), len(other)) >= 7 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return "near"
    return DIFFERENT


PHONE_ORDER = ("same", "near", DIFFERENT)


def phone_comparison(left: tuple[PhoneNumber, ...], right: tuple[PhoneNumber, ...]) -> FieldComparison | None:
    """The best agreement among all numbers."""
    if not left or not right:
        return None
    best, one, other = min(
        ((_phone_level(a, b), a, b) for a in left for b in right),
        key=lambda found: PHONE_ORDER.index(found[0]),
    )
    terms = (("phone", one.last9),) if best == "same" else ()
    return FieldComparison("phone", best, one.typed, other.typed, terms)


@lru_cache(maxsize=500_000)
def _text_level(left: str, right: str) -> str:
    if left == right or left.replace(" ", "") == right.replace(" ", ""):
        return "same"
    if min(len(left), len(right)) < 3:
        return DIFFERENT
    similarity = max(ratio(left, right) / 100, JaroWinkler.similarity(left, right) - 0.04)
    if similarity >= 0.85 or OSA.distance(left, right, score_cutoff=2) <= (2 if len(left) > 5 else 1):
        return "near"
    words, other_words = set(left.split()), set(right.split())
    shared = {word for word in words & other_words if len(word) > 2}
    if shared and len(shared) * 2 >= min(len(words), len(other_words)):
        return "part"
    return "weak" if similarity >= 0.7 else DIFFERENT


def text_comparison(field: str, left: str, right: str, *, kind: str = "") -> FieldComparison | None:
    """Any other text, already folded."""
    if not left or not right:
        return None
    level = _text_level(left, right)
    return FieldComparison(field, level, left, right, ((kind or field, left),) if level == "same" else ())


@lru_cache(maxsize=200_000)
def _code_level(left: str, right: str) -> str:
    if left == right:
        return "same"
    if min(len(left), len(right)) >= 4 and OSA.distance(left, right, score_cutoff=1) <= 1:
        return "near"
    if min(len(left), len(right)) >= 6 and OSA.distance(left, right, score_cutoff=2) <= 2:
        return "weak"
    return DIFFERENT


def code_comparison(field: str, left: str, right: str) -> FieldComparison | None:
    """Codes and numbers, where one digit more or less is a typing error."""
    if not left or not right:
        return None
    level = _code_level(left, right)
    return FieldComparison(field, level, left, right, ((field, left),) if level == "same" else ())


@lru_cache(maxsize=200_000)
def _date_level(left: str, right: str) -> str:
    if left == right:
        return "same"
    if len(left) != 8 or len(right) != 8:
        return "near" if OSA.distance(left, right, score_cutoff=1) <= 1 else DIFFERENT
    if OSA.distance(left, right, score_cutoff=1) <= 1 or left == right[:4] + right[6:] + right[4:6]:
        return "near"
    agreeing = (left[:4] == right[:4]) + (left[4:6] == right[4:6]) + (left[6:] == right[6:])
    if agreeing == 2:
        return "part"
    return "weak" if OSA.distance(left, right, score_cutoff=2) <= 2 else DIFFERENT


def date_comparison(field: str, left: str, right: str) -> FieldComparison | None:
    """Dates as eight digits, year first."""
    if not left or not right:
        return None
    level = _date_level(left, right)
    return FieldComparison(field, level, left, right, ((field, left),) if level == "same" else ())


def choice_comparison(field: str, left: str, right: str) -> FieldComparison | None:
    """Values that agree or not, such as a country."""
    if not left or not right:
        return None
    level = "same" if left == right else DIFFERENT
    return FieldComparison(field, level, left, right, ((field, left),) if level == "same" else ())
