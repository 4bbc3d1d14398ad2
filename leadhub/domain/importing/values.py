import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.dates import DateOrder, from_serial, has_order, parse_moment, to_utc
from leadhub.domain.importing.headers import Cell
from leadhub.domain.importing.numbers import Number, parse_number, to_minor
from leadhub.domain.importing.problems import Problem

_YES = "true|yes|y|1|x|ja|j|wahr|on|oui|o|si|sí|sim|da|да|checked|✓|✔|☑|t|active|aktiv"
_NO = "false|no|n|0|-|nein|falsch|off|non|não|net|нет|unchecked|☐|f|inactive|inaktiv"
_TRUE, _FALSE = frozenset(_YES.split("|")), frozenset(_NO.split("|"))
_BRACKETED = re.compile(r"[^<]*<\s*([^<>\s]+@[^<>\s]+)\s*>")
_TOO_LARGE = Decimal(10) ** 13
_ID_PREFIX = re.compile(r"(?:l|ag|as|c|f|z):(?=\d+$)")
_SEVERAL = re.compile(r"[;,\s|]+")


@dataclass(frozen=True, slots=True)
class Hints:
    """What a column's values and the workspace decide together, so that no cell is guessed alone."""

    date_order: DateOrder | None = None
    decimal_mark: str = ""
    percent_is_fraction: bool = False
    time_zone: ZoneInfo | dt.timezone = dt.UTC
    currency: str = ""
    factor: Decimal = Decimal(1)
    """What an integer is multiplied by: 1/60 where a column of minutes is written in seconds."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another record or user, as the file names it."""

    kind: FieldKind
    external_id: str = ""
    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A word from a list (lookup, choice, stage), still to be found in it."""

    text: str


NO_HINTS = Hints()
_NO_DECIMALS_SEEN = Hints(decimal_mark="none")
"""Amounts have two decimals or none: three digits after the only mark are thousands."""


def parse_value(kind: FieldKind, cell: Cell, *, hints: Hints = NO_HINTS) -> Any:
    """The cell's value in the form that the field keeps, None if empty, or a Problem.

    Money comes out in minor units, moments in UTC, percent as 0 to 100; lookups, choices and stages as a
    Label and records as a Reference, which `check_row` looks up.
    """
    if isinstance(cell, str):
        cell = cell.strip()
        if not cell or cell.casefold() in _EMPTY:
            return None
    return _PARSERS.get(kind, _text)(cell, hints)


def cell_text(cell: Cell) -> str:
    """The cell as a person would type it: no .0 after a postal code, no clock at midnight."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ", timespec="minutes" if not cell.second else "seconds")
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def normal_label(text: str) -> str:
    """Labels are alike whatever their case, spacing and punctuation: "Web-Research" is "web research"."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def split_emails(text: str) -> list[str]:
    if bracketed := _BRACKETED.findall(text):
        return list(bracketed)
    return [part.removeprefix("mailto:") for part in _SEVERAL.split(text) if part]


_EMPTY = frozenset({"null", "none", "n/a", "#n/a", "nan", "(empty)", "(blank)", "undefined", "--", "—"})


def _text(cell: Cell, hints: Hints) -> Any:
    return cell_text(cell)


def _number(cell: Cell, hints: Hints) -> Any:
    if isinstance(cell, (bool, dt.date | dt.time)):
        return Problem("import.not_a_number", {"value": cell_text(cell)[:60]})
    if not isinstance(cell, str):
        number = Number(Decimal(str(cell)))
    else:
        number = parse_number(cell, decimal_mark=hints.decimal_mark)
    if number is None or not number.value.is_finite() or abs(number.value) >= _TOO_LARGE:
        return Problem("import.not_a_number", {"value": cell_text(cell)[:60]})
    return number.value, number.currency, number.is_percent


def _integer(cell: Cell, hints: Hints) -> Any:
    if type(cell) is str and cell.isdigit() and cell.isascii() and len(cell) < 16 and hints.factor == 1:
        return int(cell)
    number = _number(cell, hints)
    if isinstance(number, Problem):
        return number
    value = number[0] * hints.factor
    whole = value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN) if hints.factor != 1 else value
    if whole != int(whole):
        return Problem("import.not_a_whole_number", {"value": cell_text(cell)[:60]})
    return int(whole)


def _percent(cell: Cell, hints: Hints) -> Any:
    number = _number(cell, hints)
    if isinstance(number, Problem):
        return number
    value, _, has_sign = number
    if hints.percent_is_fraction and not has_sign:
        value *= 100
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


def _money(cell: Cell, hints: Hints) -> Any:
    number = _number(cell, hints if hints.decimal_mark else _NO_DECIMALS_SEEN)
    if isinstance(number, Problem):
        return number
    value, currency, _ = number
    if currency and hints.currency and currency != hints.currency:
        return Problem("import.other_currency", {"currency": currency, "base": hints.currency})
    return to_minor(value, currency=currency or hints.currency)


def _boolean(cell: Cell, hints: Hints) -> Any:
    if isinstance(cell, bool):
        return cell
    word = cell_text(cell).casefold()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    return Problem("import.not_yes_or_no", {"value": word[:60]})


def _moment(cell: Cell, hints: Hints) -> dt.datetime | dt.date | Problem:
    found = cell if isinstance(cell, dt.date) else None
    if isinstance(cell, str):
        found = parse_moment(cell, hints.date_order)
        if found is None and has_order(cell) and hints.date_order is not None:
            return Problem("import.date_in_other_order", {"value": cell[:60]})
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = from_serial(cell) or parse_moment(cell_text(cell), None)
    if found is None:
        return Problem("import.not_a_date", {"value": cell_text(cell)[:60]})
    if not 1900 <= found.year <= 2200:
        return Problem("import.year_out_of_bounds", {"value": cell_text(cell)[:60]})
    return found


def _date(cell: Cell, hints: Hints) -> Any:
    found = _moment(cell, hints)
    return found.date() if isinstance(found, dt.datetime) else found


def _datetime(cell: Cell, hints: Hints) -> Any:
    found = _moment(cell, hints)
    return found if isinstance(found, Problem) else to_utc(found, hints.time_zone)


def _email(cell: Cell, hints: Hints) -> Any:
    text = cell_text(cell)
    if "<" in text or ";" in text or "," in text or " " in text or text.startswith("mailto:"):
        parts = split_emails(text)
        return next((part for part in parts if "@" in part), text)
    return text


def _phone(cell: Cell, hints: Hints) -> Any:
    return cell_text(cell).removeprefix("p:").removeprefix("tel:")


def _label(cell: Cell, hints: Hints) -> Any:
    return Label(cell_text(cell))


def _reference(kind: FieldKind) -> Callable[[Cell, Hints], Reference]:
    def parse(cell: Cell, hints: Hints) -> Reference:
        text = cell_text(cell)
        if kind is FieldKind.USER and "@" in text:
            return Reference(kind, email=split_emails(text)[0])
        return Reference(kind, name=text)

    return parse


def parse_external_id(cell: Cell) -> str:
    """An id of another system, without the letter that Meta puts before it (l:, ag:, c:)."""
    return _ID_PREFIX.sub("", cell_text(cell).strip())


_PARSERS: Mapping[FieldKind, Callable[[Any, Hints], Any]] = {
    FieldKind.INTEGER: _integer,
    FieldKind.PERCENT: _percent,
    FieldKind.MONEY: _money,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.DATE: _date,
    FieldKind.DATETIME: _datetime,
    FieldKind.EMAIL: _email,
    FieldKind.PHONE: _phone,
    FieldKind.LOOKUP: _label,
    FieldKind.CHOICE: _label,
    FieldKind.STAGE: _label,
    FieldKind.LEAD_TYPE: _label,
    **{
        kind: _reference(kind)
        for kind in (
            FieldKind.USER,
            FieldKind.UNIT,
            FieldKind.GROUP,
            FieldKind.CONTACT,
            FieldKind.ACCOUNT,
            FieldKind.LEAD,
            FieldKind.OPPORTUNITY,
            FieldKind.CAMPAIGN,
        )
    },
}
