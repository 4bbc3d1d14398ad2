"""A stored record, read through `get`, as the details that matching compares."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from leadhub.domain.similarity.details import AccountDetails, ContactDetails, LeadDetails

Get = Callable[[str], Any]


class RecordType(IntEnum):
    """Whose blocking keys a row of the key table holds."""

    CONTACT = 1
    ACCOUNT = 2
    LEAD = 3


def contact_details(
    get: Get, *, country: str = "", account_name: str = "", more: tuple[tuple[str, str], ...] = ()
) -> ContactDetails:
    """`more` holds further communication options as (kind, value)."""
    return ContactDetails(
        record_id=get("id"),
        full_name=get("name") or "",
        given_name=get("first_name") or "",
        middle_name=get("middle_name") or "",
        family_name=get("last_name") or "",
        emails=_filled(get("email"), *(value for kind, value in more if kind == "email")),
        mobile_phones=_filled(get("mobile_phone"), *(value for kind, value in more if kind == "phone")),
        phones=_filled(get("business_phone")),
        account_id=get("account_id"),
        account_name=account_name,
        country=country,
        city=get("city") or "",
        street=get("address") or "",
    )


def account_details(get: Get, *, country: str = "", more: tuple[tuple[str, str], ...] = ()) -> AccountDetails:
    return AccountDetails(
        record_id=get("id"),
        name=get("name") or "",
        country=country,
        website=get("website") or "",
        emails=_filled(get("email"), *(value for kind, value in more if kind == "email")),
        phones=_filled(get("phone"), *(value for kind, value in more if kind == "phone")),
        tin=get("tin") or "",
        city=get("city") or "",
        street=get("address") or "",
    )


def lead_details(get: Get, *, country: str = "") -> LeadDetails:
    return LeadDetails(
        record_id=get("id"),
        contact_id=get("contact_id"),
        account_id=get("account_id"),
        need_id=get("customer_need_id"),
        contact_name=get("contact_name") or "",
        account_name=get("account_name") or "",
        country=country,
        emails=_filled(get("email")),
        phones=_filled(get("mobile_phone"), get("business_phone")),
    )


def _filled(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value)
