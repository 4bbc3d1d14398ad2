"""What people type, as services take it: moments in their time zone, amounts in minor units."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.list_query.dates import zone_of

_SPACES = re.compile(r"[\s'’\u00a0\u202f]+")


def typed_date(text: str, *, field: str, label: str) -> date | None:
    """Raises InvalidInput."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as fault:
        raise InvalidInput("errors.value_not_date", field=field, field_label=label) from fault


def typed_moment(text: str, *, field: str, label: str, actor: Actor) -> datetime | None:
    """A local date and time of the person who typed it. Raises InvalidInput."""
    if not text.strip():
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as fault:
        raise InvalidInput("errors.value_not_date", field=field, field_label=label) from fault
    return moment if moment.tzinfo else moment.replace(tzinfo=zone_of(actor.time_zone))


def typed_minor(text: Any) -> Any:
    """Minor units of an amount in major ones; what is no amount comes back as it is, for the field to judge.

    The last comma or full stop with one or two digits behind it is the decimal sign; the rest group digits.
    """
    if not isinstance(text, str):
        return text
    plain = _SPACES.sub("", text)
    if not plain:
        return ""
    found = re.fullmatch(r"(-?[\d.,]*?)(?:[.,](\d{1,2}))?", plain)
    if found is None:
        return text
    whole = re.sub(r"[.,]", "", found[1] or "")
    try:
        return int(Decimal(f"{whole or '0'}.{found[2] or '0'}") * 100)
    except InvalidOperation:
        return text
