from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from leadhub.domain.lookups import TERMS_DAYS

#: Units of an estimated completion time (M-10).
UNITS = ("minutes", "hours", "days", "weeks", "months", "years")


def expected_completion(start: datetime, amount: int, unit: str) -> datetime:
    """Start plus the type's estimated completion time. Raises ValueError for an unknown unit."""
    if unit not in UNITS:
        raise ValueError(f"unit must be one of {', '.join(UNITS)}, got {unit}")
    return start + relativedelta(**{unit: amount})


def close_date_of_terms(terms_key: str, today: date) -> date | None:
    """The estimated closure date that choosing a term fills in (S-41, S-42); None for a term of one's own."""
    days = TERMS_DAYS.get(terms_key)
    return today + timedelta(days=days) if days is not None else None
