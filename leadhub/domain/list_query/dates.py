from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leadhub.domain.list_query.operators import Operator

_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)


def day_range(operator: Operator, values: tuple[str, ...], today: date) -> tuple[date | None, date | None]:
    """The half-open range of days that a date filter means; None is no bound. Weeks begin on Monday."""
    day = timedelta(days=1)
    match operator:
        case Operator.ON:
            start = _day(values[0])
            return start, start + day
        case Operator.BEFORE:
            return None, _day(values[0])
        case Operator.AFTER:
            return _day(values[0]) + day, None
        case Operator.BETWEEN:
            first, last = sorted((_day(values[0]), _day(values[1])))
            return first, last + day
        case Operator.LAST_DAYS:
            return _shift(today, -int(values[0])), today + day
        case Operator.NEXT_DAYS:
            return today, _shift(today, int(values[0])) + day
        case Operator.OLDER_THAN_DAYS:
            return None, _shift(today, -int(values[0]))
        case Operator.TODAY:
            return today, today + day
        case Operator.YESTERDAY:
            return today - day, today
        case Operator.TOMORROW:
            return today + day, today + 2 * day
        case Operator.THIS_WEEK | Operator.LAST_WEEK:
            monday = today - timedelta(days=today.weekday())
            if operator is Operator.LAST_WEEK:
                monday -= timedelta(days=7)
            return monday, monday + timedelta(days=7)
        case Operator.THIS_MONTH:
            first = today.replace(day=1)
            return first, _next_month(first)
        case Operator.LAST_MONTH:
            this = today.replace(day=1)
            return (this - day).replace(day=1), this
        case Operator.THIS_QUARTER:
            first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
            return first, _next_month(_next_month(_next_month(first)))
        case Operator.THIS_YEAR:
            return date(today.year, 1, 1), date(today.year + 1, 1, 1)
        case Operator.OVERDUE:
            return None, today
    raise ValueError(f"{operator} is no range of days")


def today_in(now: datetime, time_zone: str) -> date:
    return now.astimezone(zone_of(time_zone)).date()


def start_of(day: date, time_zone: str) -> datetime:
    """The moment at which a day begins for somebody, in UTC."""
    return datetime.combine(day, time.min, zone_of(time_zone)).astimezone(UTC)


def zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def _day(text: str) -> date:
    return min(max(date.fromisoformat(text), _FIRST), _LAST)


def _shift(day: date, days: int) -> date:
    return min(max(day + timedelta(days=days), _FIRST), _LAST)


def _next_month(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)
