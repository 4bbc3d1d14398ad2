"""The manuals' own rules (C-109, C-110), on normalised values: first and marked, whatever else is near."""

from enum import StrEnum

from leadhub.domain.contact_details import PersonName, is_same_number
from leadhub.domain.similarity.details import AccountProfile, ContactProfile


class ExactRule(StrEnum):
    """Why a suggestion is an exact hit."""

    CONTACT_NAME_EMAIL = "contact_name_email"
    CONTACT_NAME_MOBILE_PHONE = "contact_name_mobile_phone"
    ACCOUNT_NAME = "account_name"
    ACCOUNT_NAME_COUNTRY = "account_name_country"


def is_same_name(left: PersonName, right: PersonName) -> bool:
    """Equal names: in any order of the words, or in any way of joining them."""
    return bool(left.key) and (left.key == right.key or left.compact == right.compact)


def contact_rules(query: ContactProfile, candidate: ContactProfile) -> tuple[ExactRule, ...]:
    """The rules of C-109 that two contacts meet."""
    if not is_same_name(query.name, candidate.name):
        return ()
    met = []
    if not {email.normal for email in query.emails}.isdisjoint(email.normal for email in candidate.emails):
        met.append(ExactRule.CONTACT_NAME_EMAIL)
    if any(is_same_number(left, right) for left in query.mobile_phones for right in candidate.mobile_phones):
        met.append(ExactRule.CONTACT_NAME_MOBILE_PHONE)
    return tuple(met)


def account_rules(query: AccountProfile, candidate: AccountProfile) -> tuple[ExactRule, ...]:
    """The rules of C-110 that two accounts meet, the stricter one first."""
    if not query.name.compact or query.name.compact != candidate.name.compact:
        return ()
    if query.country and query.country == candidate.country:
        return (ExactRule.ACCOUNT_NAME_COUNTRY, ExactRule.ACCOUNT_NAME)
    return (ExactRule.ACCOUNT_NAME,)
