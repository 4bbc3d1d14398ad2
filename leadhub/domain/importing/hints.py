"""What a column's values decide together: day or month first, comma or point, percent or fraction."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from leadhub.domain.fields import FieldKind
from leadhub.domain.importing.dates import DateOrder, decide_date_order, has_order
from leadhub.domain.importing.headers import Cell
from leadhub.domain.importing.numbers import decide_decimal_mark
from leadhub.domain.importing.problems import Problem
from leadhub.domain.importing.targets import Target
from leadhub.domain.importing.values import NO_HINTS, Hints, parse_value

_DATES = {FieldKind.DATE, FieldKind.DATETIME}
_NUMBERS = {FieldKind.INTEGER, FieldKind.MONEY, FieldKind.PERCENT}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"(?:p:|tel:)?\+?[\d\s().\-/]{6,24}(?:\s*(?:x|ext\.?)\s*\d+)?", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?#]\S*)?", re.IGNORECASE)
_STRICT_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_STRICT_PHONE = re.compile(r"\+[\d\s().\-/]{7,24}|\(\d{3}\)\s?\d{3}-\d{4}")
_SHAPES = {FieldKind.EMAIL: _EMAIL, FieldKind.PHONE: _PHONE, FieldKind.URL: _URL}
_STRICT_SHAPES = {FieldKind.EMAIL: _EMAIL, FieldKind.PHONE: _STRICT_PHONE, FieldKind.URL: _STRICT_URL}
_PARSED = _DATES | _NUMBERS | {FieldKind.BOOLEAN}
_SECONDS = re.compile(r"second|sekund|\bsec\b|\bsek\b", re.IGNORECASE)
_CELLS_LOOKED_AT = 200


def guess_hints(
    target: Target,
    header: str,
    cells: Iterable[Cell],
    *,
    date_order: DateOrder | None = None,
    decimal_mark: str = "",
    time_zone: ZoneInfo | dt.timezone = dt.UTC,
    currency: str = "",
) -> Hints:
    """Hints for one column; the keywords are the workspace's habits, used where the values prove nothing."""
    found = [cell for cell in cells if cell != ""]
    texts = [cell for cell in found if isinstance(cell, str)]
    if target.kind in _DATES:
        order = decide_date_order(texts) or date_order or DateOrder.DAY_FIRST
        return Hints(date_order=order, time_zone=time_zone)
    if target.kind in _NUMBERS:
        seconds = target.key == "duration_minutes" and is_in_seconds(header)
        numbers = [cell for cell in found if isinstance(cell, int | float) and not isinstance(cell, bool)]
        is_fraction = bool(numbers) and max(numbers) <= 1 and any(0 < number < 1 for number in numbers)
        return Hints(
            decimal_mark=decide_decimal_mark(texts) or decimal_mark,
            percent_is_fraction=is_fraction,
            currency=currency,
            factor=Decimal(1) / 60 if seconds else Decimal(1),
        )
    return NO_HINTS


def is_in_seconds(header: str) -> bool:
    return _SECONDS.search(header) is not None


def date_order_of_file(date_columns: Mapping[int, Sequence[Cell]]) -> DateOrder | None:
    """What the date columns that prove an order agree on, for those that prove none."""
    orders = {
        order
        for cells in date_columns.values()
        if (order := decide_date_order(cell for cell in cells if isinstance(cell, str)))
    }
    return orders.pop() if len(orders) == 1 else None


def is_date_order_open(cells: Sequence[Cell]) -> bool:
    """Whether day and month could be exchanged in a column and no value decides: a person must be asked."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    return decide_date_order(texts) is None and any(map(has_order, texts))


def share_that_parses(target: Target, cells: Sequence[Cell], *, strictly: bool = False) -> float | None:
    """How many of the values are of the target's kind, from 0 to 1; None where every text would do."""
    cells = cells[:_CELLS_LOOKED_AT]
    shape = (_STRICT_SHAPES if strictly else _SHAPES).get(target.kind)
    if shape is not None:
        return sum(1 for cell in cells if shape.fullmatch(str(cell).strip())) / len(cells)
    if target.kind not in _PARSED:
        return None
    hints = guess_hints(target, "", cells)
    return sum(
        1 for cell in cells if not isinstance(parse_value(target.kind, cell, hints=hints), Problem)
    ) / len(cells)
