import re
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

from leadhub.domain.contact_details.countries import country_code
from leadhub.domain.contact_details.text import digits_of, text_of

SPREADSHEET_NUMBER = re.compile(r"^\s*(?:-\s*\d[\d.,]*|[-+]?\d+[.,]?\d*[eE][-+]?\d+|\d*[.,]\d{1,2})\s*$")
WHOLE_FLOAT = re.compile(r"^\s*(\d{7,15})\.0\s*$")
EXTENSION = re.compile(
    r"(?:;?ext\.?=?|extension|x|#|доб\.?|durchwahl|dw\.?)[\s.:]*(\d{1,7})\s*\)?\s*$", re.IGNORECASE
)
SHORTEST, LONGEST = 7, 15


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """One number: as typed, E.164 where the country is known, and the digits that two spellings share."""

    typed: str
    e164: str
    digits: str
    extension: str = ""

    @property
    def last9(self) -> str:
        """The end that survives a missing or wrong country prefix."""
        return self.digits[-9:]


@lru_cache(maxsize=200_000)
def parse_phone(text: str | None, country: str | None = None) -> PhoneNumber | None:
    """A phone number in the record's country, or None for what cannot be one (also a spreadsheet's float)."""
    typed = text_of(text)
    written = typed.strip()
    whole = WHOLE_FLOAT.match(written)
    if whole:
        written = whole.group(1)
    elif SPREADSHEET_NUMBER.match(written):
        return None
    if written.lower().startswith("tel:"):
        written = written[4:]
    extension = ""
    found = EXTENSION.search(written)
    if found and len(digits_of(written[: found.start()])) >= SHORTEST:
        extension, written = found.group(1), written[: found.start()]
    digits = digits_of(written)
    if not SHORTEST <= len(digits) <= LONGEST + 2 or len(set(digits)) == 1:
        return None
    if sum(character.isalpha() for character in written) > 6:
        return None
    if "+" not in written and "+" not in typed[:3] and digits.startswith("00"):
        written = "+" + digits[2:]
    region = country_code(country)
    e164 = ""
    try:
        number = phonenumbers.parse(written, region or None)
        if phonenumbers.is_possible_number(number):
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            digits = phonenumbers.national_significant_number(number)
            if len(digits) < 9:
                digits = e164[1:] if len(digits) < SHORTEST else digits
    except phonenumbers.NumberParseException:
        pass
    digits = digits.lstrip("0")
    if len(digits) < SHORTEST - 1:
        return None
    return PhoneNumber(typed=typed, e164=e164, digits=digits, extension=extension)


def is_same_number(left: PhoneNumber, right: PhoneNumber) -> bool:
    """Equal in E.164; where a country is unknown, equal in the last nine digits."""
    if left.e164 and right.e164:
        return left.e164 == right.e164
    return left.last9 == right.last9


def normalise_phone(text: str | None, country: str | None = None) -> str:
    """E.164, or the digits where the country is unknown, or the empty text."""
    number = parse_phone(text, country)
    return (number.e164 or number.digits) if number else ""
