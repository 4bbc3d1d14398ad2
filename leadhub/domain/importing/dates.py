"""Dates in the many forms of exports; day before month or after is decided per column, never per cell."""

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januar jän jänner janv janvier", "feb february februar fév février",
            "mar march mär märz mrz mars", "apr april avr avril", "may mai", "jun june juni juin",
            "jul july juli juil juillet", "aug august août", "sep sept september septembre",
            "oct october okt oktober octobre", "nov november novembre",
            "dec december dez dezember déc décembre",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_TIME = (
    r"(?:(?:,|T|\s|at|um)+\s*(?P<hour>\d{1,2})(?::|\.|h)(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*Uhr)?\s*(?P<zone>Z|UTC|GMT|(?:GMT|UTC)?[+-]\d{2}:?(?:\d{2})?)?"
    r"(?:\s*\([\w\s]+\))?)?"
)
_WEEKDAY = r"(?:[^\W\d]{2,10}\.?,?\s+)?"
_NUMERIC = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,4}})(?P<mark>[./-])(?P<b>\d{{1,2}})(?P=mark)\s?(?P<c>\d{{1,4}}){_TIME}", re.I
)
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?P<month>[^\W\d]{{3,9}})\.?,?[\s-]*(?P<year>\d{{4}}|\d{{2}}){_TIME}",
    re.I,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>[^\W\d]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
    re.I,
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{3}(?:\d{3})?)?)?(?:Z|[+-]\d{2}:\d{2})?)?"
)
_EXCEL_START = dt.datetime(1899, 12, 30)  # noqa: DTZ001
_EXCEL_SERIALS = (10_000, 110_000)
_EPOCH_SECONDS = (315_532_800, 7_258_118_400)


class DateOrder(StrEnum):
    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


def decide_date_order(texts: Iterable[str]) -> DateOrder | None:
    """The order that the values of a column prove; None if they prove none, or both.

    A dot between the numbers is written only where the day comes first.
    """
    day_first = month_first = 0
    for text in texts:
        found = _NUMERIC.fullmatch(text.strip())
        if found is None or len(found["a"]) > 2:
            continue
        first, second = int(found["a"]), int(found["b"])
        if found["mark"] == "." or first > 12 >= second:
            day_first += 1
        elif second > 12 >= first:
            month_first += 1
    if day_first and not month_first:
        return DateOrder.DAY_FIRST
    if month_first and not day_first:
        return DateOrder.MONTH_FIRST
    return None


def has_order(text: str) -> bool:
    """Whether day and month could be exchanged in this text."""
    found = _NUMERIC.fullmatch(text.strip())
    return found is not None and len(found["a"]) <= 2 and found["mark"] != "."


@lru_cache(maxsize=20_000)
def parse_moment(text: str, order: DateOrder | None = None) -> dt.datetime | dt.date | None:
    """A datetime (with its zone, if the text has one) or a date, or None if the text is neither."""
    text = text.strip()
    if _ISO.fullmatch(text):
        try:
            return dt.date.fromisoformat(text) if len(text) == 10 else dt.datetime.fromisoformat(text)
        except ValueError:
            return None
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return _from_number(text)
    if found := _NUMERIC.fullmatch(text):
        first, second, third = found["a"], found["b"], found["c"]
        if len(first) == 4:
            year, month, day = first, second, third
        elif len(first) == 3 or len(third) in (1, 3):
            return None
        elif found["mark"] == "." or order is not DateOrder.MONTH_FIRST:
            year, month, day = third, second, first
        else:
            year, month, day = third, first, second
        return _moment(year, int(month), day, found)
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if found := pattern.fullmatch(text):
            month = _MONTHS.get(found["month"].lower().rstrip("."))
            return None if month is None else _moment(found["year"], month, found["day"], found)
    return _javascript_date(text)


def to_utc(moment: dt.datetime | dt.date, zone: ZoneInfo | dt.timezone) -> dt.datetime:
    """The moment in UTC; what carries no zone happened in `zone`, a date at its midnight."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time.min)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(dt.UTC)


def from_serial(serial: float) -> dt.datetime | dt.date | None:
    """A spreadsheet's day number."""
    if not _EXCEL_SERIALS[0] <= serial <= _EXCEL_SERIALS[1]:
        return None
    moment = _EXCEL_START + dt.timedelta(seconds=round(serial * 86_400))
    return moment.date() if moment.time() == dt.time.min else moment


def _from_number(text: str) -> dt.datetime | dt.date | None:
    if found := _COMPACT.fullmatch(text):
        return _moment(found["year"], int(found["month"]), found["day"], None)
    number = float(text)
    if len(text.split(".")[0]) == 13:
        number /= 1000
    if _EPOCH_SECONDS[0] <= number <= _EPOCH_SECONDS[1]:
        return dt.datetime.fromtimestamp(number, dt.UTC)
    return from_serial(number)


def _moment(year: str, month: int, day: str, time: re.Match[str] | None) -> dt.datetime | dt.date | None:
    full_year = int(year)
    if len(year) == 2:
        full_year += 1900 if full_year >= 70 else 2000
    try:
        date = dt.date(full_year, month, int(day))
        if time is None or time["hour"] is None:
            return date
        hour = int(time["hour"])
        if time["half"]:
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if time["half"][0] in "pP" else 0)
        clock = dt.time(hour, int(time["minute"]), int(time["second"] or 0), tzinfo=_zone(time["zone"]))
        return dt.datetime.combine(date, clock)
    except ValueError:
        return None


def _zone(text: str | None) -> dt.timezone | None:
    if not text:
        return None
    digits = re.sub(r"[^\d+-]", "", text)
    if not digits:
        return dt.UTC
    hours, minutes = int(digits[1:3]), int(digits[3:5] or 0)
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if digits[0] == "-" else offset)


_JAVASCRIPT = re.compile(
    rf"[^\W\d]{{3}}\s+(?P<month>[^\W\d]{{3}})\s+(?P<day>\d{{1,2}})\s+(?P<year>\d{{4}}){_TIME}", re.IGNORECASE
)


def _javascript_date(text: str) -> dt.datetime | dt.date | None:
    """Thu Apr 15 2021 00:03:00 GMT+0200 (Central European Summer Time)."""
    if found := _JAVASCRIPT.fullmatch(text):
        month = _MONTHS.get(found["month"].lower())
        return None if month is None else _moment(found["year"], month, found["day"], found)
    return None
