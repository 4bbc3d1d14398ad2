import re
from dataclasses import dataclass
from functools import lru_cache

from leadhub.domain.contact_details.text import fold, text_of
from leadhub.domain.data import word_pairs

STREET_WORDS = word_pairs("street_words")
GLUED_STREET = re.compile(r"^(.{3,}?)(strasse|straat|str)$")
NUMBER = re.compile(r"\d+[a-z]?")


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A postal address in comparable form."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    city: str = ""


def _street_words(text: str) -> list[str]:
    """Words in their short forms, glued street words (Hauptstrasse) apart."""
    words: list[str] = []
    for word in fold(text).split():
        first, endings = word, 0
        while glued := GLUED_STREET.match(first):
            first, endings = glued.group(1), endings + 1
        words.extend([STREET_WORDS.get(first, first), *["st"] * endings])
    return words


@lru_cache(maxsize=100_000)
def normalise_street(text: str | None) -> str:
    """Street words without the house number, in their usual short forms."""
    words = _street_words(text_of(text))
    named = [word for word in words if not NUMBER.fullmatch(word)]
    return " ".join(named or words)


@lru_cache(maxsize=100_000)
def house_number(text: str | None) -> str:
    """The first house number in a street line."""
    return next((word for word in fold(text).split() if NUMBER.fullmatch(word)), "")


def normalise_postcode(text: str | None) -> str:
    """Letters and digits only; a spreadsheet's 1010.0 is 1010."""
    code = text_of(text).strip()
    if code.endswith(".0") and code[:-2].isdigit():
        code = code[:-2]
    return fold(code).replace(" ", "")


def parse_address(*, street: str = "", house: str = "", postcode: str = "", city: str = "") -> PostalAddress:
    """Address fields in comparable form; an empty field stays empty."""
    return PostalAddress(
        street=normalise_street(street),
        house_number=fold(house).replace(" ", "") or house_number(street),
        postcode=normalise_postcode(postcode),
        city=fold(city),
    )
