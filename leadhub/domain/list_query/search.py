"""Search text as it is kept and as it is asked for: folded the same way, so that they can be compared."""

import re
import unicodedata
from dataclasses import dataclass

_PHONE = re.compile(r"[+(]?[\d\s().+/-]{3,}")
#: From this length on a word is looked for anywhere; shorter ones at the beginning of a name only.
SUBSTRING_FROM = 3
MOST_WORDS = 5


def fold_search(text: str) -> str:
    """Without case, accents and runs of blanks."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in parts if not unicodedata.combining(c))
    return " ".join(text.casefold().split())


def search_document(*, texts: tuple[str | None, ...], phones: tuple[str | None, ...]) -> str:
    """The text in which a record is looked for: a line for each value, phones as digits."""
    lines: list[str] = []
    for line in (*(fold_search(t) for t in texts if t), *(phone_digits(p) for p in phones if p)):
        if line and not any(line in known for known in lines):
            lines.append(line)
    return "\n".join(lines)


def phone_digits(text: str) -> str:
    """Digits without the zeros in front, which differ between local and international notation."""
    digits = "".join(str(unicodedata.digit(c)) for c in text if unicodedata.category(c) == "Nd")
    return digits.lstrip("0")


@dataclass(frozen=True)
class SearchTerm:
    """What somebody typed: words that must all be found, or digits of a phone or a number."""

    words: tuple[str, ...]
    prefix: str = ""
    """One or two letters: names that begin so."""

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.prefix

    @property
    def indexed(self) -> tuple[str, ...]:
        """The words that are long enough for the index of three-letter pieces."""
        return tuple(word for word in self.words if len(word) >= SUBSTRING_FROM)


def parse_search(text: str) -> SearchTerm:
    text = text.strip()
    if text.startswith("#") and text[1:].isdigit():
        text = text[1:]
    if _PHONE.fullmatch(text) and not text.isdigit():
        digits = phone_digits(text)
        if len(digits) >= SUBSTRING_FROM:
            return SearchTerm((digits,))
    folded = fold_search(text)
    if not folded:
        return SearchTerm(())
    words = tuple(dict.fromkeys(folded.split()))[:MOST_WORDS]
    words = tuple(w.lstrip("0") if w.isdigit() and len(w.lstrip("0")) >= SUBSTRING_FROM else w for w in words)
    if not any(len(word) >= SUBSTRING_FROM for word in words):
        return SearchTerm((), prefix=folded)
    return SearchTerm(words)
