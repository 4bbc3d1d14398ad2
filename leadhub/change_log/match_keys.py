"""The blocking keys of a stored record."""

from leadhub.change_log.derive_context import DeriveContext
from leadhub.domain.similarity.keys import account_keys, contact_keys, lead_keys
from leadhub.domain.similarity.records import Get, account_details, contact_details, lead_details


def contact_match_keys(get: Get, context: DeriveContext) -> tuple[int, ...]:
    country = context.lookup_key(get("country_id"))
    name = context.account_name(get("account_id"))
    return contact_keys(contact_details(get, country=country, account_name=name))


def account_match_keys(get: Get, context: DeriveContext) -> tuple[int, ...]:
    return account_keys(account_details(get, country=context.lookup_key(get("country_id"))))


def lead_match_keys(get: Get, context: DeriveContext) -> tuple[int, ...]:
    return lead_keys(lead_details(get, country=context.lookup_key(get("country_id"))))
