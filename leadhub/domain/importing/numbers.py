"""Numbers as people write them: $22,700.00, $342.09K, 1.234,56 €, (500), 12 %."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’]+")
_SYMBOLS = {
    "$": "",
    "€": "EUR",
    "£": "GBP",
    "¥": "",
    "₽": "RUB",
    "₹": "INR",
    "₺": "TRY",
    "zł": "PLN",
    "R$": "BRL",
}
_CODES = "USD|EUR|GBP|CHF|JPY|CNY|RUB|INR|TRY|PLN|BRL|SEK|NOK|DKK|CZK|HUF|CAD|AUD|NZD|ZAR|MXN|UAH|RON|BGN"
_CURRENCY = re.compile(rf"R\$|[$€£¥₽₹₺]|zł|\bkr\.?|(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])", re.IGNORECASE)
_SUFFIX = re.compile(
    r"(?<=\d)(k|tsd\.?|tausend|thousand|m|mm|mn|mio\.?|million|bn|b|mrd\.?|billion)$", re.IGNORECASE
)
_FACTORS = {"k": 3, "t": 3, "m": 6, "b": 9}
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*[.,]?|[.,]\d+")
_NO_DECIMALS = frozenset({"JPY", "KRW", "CLP", "VND"})


@dataclass(frozen=True, slots=True)
class Number:
    value: Decimal
    currency: str = ""
    is_percent: bool = False


def parse_number(text: str, *, decimal_mark: str = "") -> Number | None:
    """The number in a text, or None if the text is anything but one number.

    `decimal_mark` decides what one mark before exactly three digits means: "1.234" with "," is 1234.
    """
    rest = _SPACES.sub("", text).replace("−", "-").replace("–", "-")
    currency = ""
    if found := _CURRENCY.search(rest):
        symbol = found[0].upper()
        currency = _SYMBOLS.get(found[0], symbol if symbol.isalpha() and len(symbol) == 3 else "")
        rest = rest[: found.start()] + rest[found.end() :]
    negative = False
    if rest.startswith("(") and rest.endswith(")"):
        negative, rest = True, rest[1:-1]
    if rest.endswith("-"):
        negative, rest = True, rest[:-1]
    if rest[:1] in ("-", "+"):
        negative, rest = negative or rest[0] == "-", rest[1:]
    is_percent = rest.endswith("%")
    rest = rest.removesuffix("%")
    exponent = 0
    if suffix := _SUFFIX.search(rest):
        word = suffix[0].lower()
        exponent = 9 if word.startswith("mrd") else _FACTORS[word[0]]
        rest = rest[: suffix.start()]
    if not _DIGITS.fullmatch(rest):
        return None
    value = Decimal(_with_point(rest, decimal_mark, short=exponent > 0)).scaleb(exponent)
    return Number(-value if negative else value, currency, is_percent)


def to_minor(value: Decimal, *, currency: str = "") -> int:
    """Minor units, rounded half to even."""
    digits = 0 if currency in _NO_DECIMALS else 2
    return int(value.scaleb(digits).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def decide_decimal_mark(texts: Iterable[str]) -> str:
    """The decimal mark that a column's values prove: "." or ",", or "" if none proves one."""
    votes = {".": 0, ",": 0}
    for text in texts:
        found = _DIGITS.search(_SPACES.sub("", text))
        if found is None:
            continue
        digits = found[0]
        last = max(digits.rfind("."), digits.rfind(","))
        if last < 0:
            continue
        mark, other = digits[last], "," if digits[last] == "." else "."
        if other in digits or (digits.count(mark) == 1 and len(digits) - last - 1 != 3):
            votes[mark if digits.count(mark) == 1 else other] += 1
        elif digits.count(mark) > 1:
            votes[other] += 1
    if votes["."] == votes[","]:
        return ""
    return max(votes, key=lambda mark: votes[mark])


def _with_point(digits: str, decimal_mark: str, *, short: bool) -> str:
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits
    mark = digits[last]
    other = "," if mark == "." else "."
    if digits.count(mark) > 1:
        return digits.replace(mark, "").replace(other, ".")
    if other in digits:
        return digits.replace(other, "").replace(mark, ".")
    after = len(digits) - last - 1
    if after == 3 and last > 0 and not short and not digits.startswith("0"):
        is_decimal = mark == (decimal_mark or ".")
    else:
        is_decimal = True
    return digits.replace(mark, "." if is_decimal else "").rstrip(".") or "0"
