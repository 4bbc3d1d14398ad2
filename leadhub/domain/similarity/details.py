from dataclasses import dataclass
from functools import lru_cache

from leadhub.domain.contact_details import (
    CompanyName,
    EmailAddress,
    PersonName,
    PhoneNumber,
    PostalAddress,
    country_code,
    digits_of,
    fold,
    parse_address,
    parse_company_name,
    parse_email,
    parse_person_name,
    parse_phone,
    parse_website,
)


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """What is known of a person, as typed. `extra` holds further (field, value) pairs to compare as text."""

    record_id: int | str | None = None
    full_name: str = ""
    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    emails: tuple[str, ...] = ()
    mobile_phones: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    account_id: int | str | None = None
    account_name: str = ""
    country: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""
    house_number: str = ""
    birth_date: str = ""
    identifier: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AccountDetails:
    """What is known of a company, as typed."""

    record_id: int | str | None = None
    name: str = ""
    other_names: tuple[str, ...] = ()
    country: str = ""
    website: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    tin: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""
    house_number: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeadDetails:
    """What similar-leads rules look at: links where they exist, and the typed details."""

    record_id: int | str | None = None
    contact_id: int | str | None = None
    account_id: int | str | None = None
    need_id: int | str | None = None
    contact_name: str = ""
    account_name: str = ""
    country: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactProfile:
    """A contact in comparable form."""

    details: ContactDetails
    name: PersonName
    emails: tuple[EmailAddress, ...]
    mobile_phones: tuple[PhoneNumber, ...]
    phones: tuple[PhoneNumber, ...]
    company: CompanyName
    country: str
    address: PostalAddress
    birth_date: str
    identifier: str
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AccountProfile:
    """An account in comparable form; `hosts` are its website and its own mail domains."""

    details: AccountDetails
    name: CompanyName
    other_names: tuple[CompanyName, ...]
    country: str
    website: str
    hosts: tuple[str, ...]
    emails: tuple[EmailAddress, ...]
    phones: tuple[PhoneNumber, ...]
    tin: str
    address: PostalAddress
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LeadProfile:
    """A lead in comparable form."""

    details: LeadDetails
    contact_name: PersonName
    account_name: CompanyName
    emails: tuple[EmailAddress, ...]
    phones: tuple[PhoneNumber, ...]


def _emails(values: tuple[str, ...]) -> tuple[EmailAddress, ...]:
    found = {address.normal: address for value in values if (address := parse_email(value))}
    return tuple(found.values())


def _phones(values: tuple[str, ...], country: str) -> tuple[PhoneNumber, ...]:
    found = {
        number.e164 or number.digits: number for value in values if (number := parse_phone(value, country))
    }
    return tuple(found.values())


def _extra(values: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((field, folded) for field, value in values if (folded := fold(value)))


@lru_cache(maxsize=50_000)
def contact_profile(details: ContactDetails) -> ContactProfile:
    """Normalise a contact once."""
    country = country_code(details.country)
    mobiles = _phones(details.mobile_phones, country)
    phones = {
        number.e164 or number.digits: number for number in (*mobiles, *_phones(details.phones, country))
    }
    return ContactProfile(
        details=details,
        name=parse_person_name(
            details.full_name,
            given=details.given_name,
            middle=details.middle_name,
            family=details.family_name,
        ),
        emails=_emails(details.emails),
        mobile_phones=mobiles,
        phones=tuple(phones.values()),
        company=parse_company_name(details.account_name),
        country=country,
        address=parse_address(
            street=details.street, house=details.house_number, postcode=details.postcode, city=details.city
        ),
        birth_date=digits_of(details.birth_date),
        identifier=fold(details.identifier).replace(" ", ""),
        extra=_extra(details.extra),
    )


@lru_cache(maxsize=50_000)
def account_profile(details: AccountDetails) -> AccountProfile:
    """Normalise an account once."""
    country = country_code(details.country)
    website = parse_website(details.website)
    emails = _emails(details.emails)
    hosts = [website, *(parse_website(email.domain) for email in emails if not email.is_free_mail)]
    return AccountProfile(
        details=details,
        name=parse_company_name(details.name),
        other_names=tuple(name for text in details.other_names if (name := parse_company_name(text)).core),
        country=country,
        website=website,
        hosts=tuple(dict.fromkeys(host for host in hosts if host)),
        emails=emails,
        phones=_phones(details.phones, country),
        tin=fold(details.tin).replace(" ", ""),
        address=parse_address(
            street=details.street, house=details.house_number, postcode=details.postcode, city=details.city
        ),
        extra=_extra(details.extra),
    )


@lru_cache(maxsize=50_000)
def lead_profile(details: LeadDetails) -> LeadProfile:
    """Normalise a lead once."""
    country = country_code(details.country)
    return LeadProfile(
        details=details,
        contact_name=parse_person_name(details.contact_name),
        account_name=parse_company_name(details.account_name),
        emails=_emails(details.emails),
        phones=_phones(details.phones, country),
    )
