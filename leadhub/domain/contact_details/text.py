import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

APOSTROPHES = "'`\"^"
ASCII_TO_WORDS = {
    code: (None if chr(code) in APOSTROPHES else chr(code).lower() if chr(code).isalnum() else " ")
    for code in range(128)
}

SPELLINGS = {
    "schtsch": "S",
    "shch": "S",
    "tsch": "S",
    "tch": "S",
    "tsh": "S",
    "dzh": "I",
    "sch": "S",
    "sh": "S",
    "ch": "S",
    "cz": "S",
    "cs": "S",
    "zh": "S",
    "dj": "I",
    "ck": "k",
    "kh": "h",
    "ph": "v",
    "th": "t",
    "gh": "g",
    "ts": "s",
    "tz": "s",
    "ce": "se",
    "ci": "si",
    "cy": "sy",
    "x": "ks",
    "q": "k",
    "c": "k",
    "w": "v",
    "f": "v",
    "z": "s",
}
SPELLING = re.compile("|".join(sorted(SPELLINGS, key=len, reverse=True)))
REPEATED = re.compile(r"(.)\1+")
SILENT = str.maketrans("", "", "aeiouyjhI")


def text_of(value: object) -> str:
    """Whatever came in as text; None is empty."""
    if isinstance(value, str):
        return value
    return "" if value is None else str(value)


def fold(value: object) -> str:
    """Lower-case ASCII words with single spaces, from any script; apostrophes are dropped."""
    text = text_of(value)
    if not text.isascii():
        text = anyascii(unicodedata.normalize("NFKC", text))
    return " ".join(text.translate(ASCII_TO_WORDS).split())


@lru_cache(maxsize=200_000)
def sound_key(token: str) -> str:
    """What stays the same when a folded name is spelt or transliterated another way."""
    token = token.replace(" ", "")
    if not token or token.isdigit():
        return token
    text = SPELLING.sub(lambda found: SPELLINGS[found.group()], token)
    first = text[0]
    if first in "jyI" or (first == "i" and text[1:2] in ("a", "e", "o", "u")):
        first = "I"
    elif first in "aeiou":
        first = "A"
    rest = REPEATED.sub(r"\1", text[1:].translate(SILENT))
    if rest[:1] == first:
        rest = rest[1:]
    return first + rest


def digits_of(value: object) -> str:
    """The decimal digits, in ASCII, whatever script they were written in."""
    return "".join(
        str(unicodedata.digit(character))
        for character in text_of(value)
        if unicodedata.category(character) == "Nd"
    )
