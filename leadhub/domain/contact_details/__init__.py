"""Names, phones, e-mails, hosts and addresses in forms that can be compared; what was typed is kept."""

from leadhub.domain.contact_details.addresses import (
    PostalAddress,
    normalise_postcode,
    normalise_street,
    parse_address,
)
from leadhub.domain.contact_details.company_names import (
    CompanyName,
    normalise_company_name,
    parse_company_name,
)
from leadhub.domain.contact_details.countries import country_code
from leadhub.domain.contact_details.emails import EmailAddress, normalise_email, parse_email
from leadhub.domain.contact_details.mailbox_names import completed_name
from leadhub.domain.contact_details.nicknames import is_nickname, other_forms
from leadhub.domain.contact_details.person_names import PersonName, normalise_person_name, parse_person_name
from leadhub.domain.contact_details.phones import PhoneNumber, is_same_number, normalise_phone, parse_phone
from leadhub.domain.contact_details.text import digits_of, fold, sound_key
from leadhub.domain.contact_details.websites import parse_website

__all__ = [
    "CompanyName",
    "EmailAddress",
    "PersonName",
    "PhoneNumber",
    "PostalAddress",
    "completed_name",
    "country_code",
    "digits_of",
    "fold",
    "is_nickname",
    "is_same_number",
    "normalise_company_name",
    "normalise_email",
    "normalise_person_name",
    "normalise_phone",
    "normalise_postcode",
    "normalise_street",
    "other_forms",
    "parse_address",
    "parse_company_name",
    "parse_email",
    "parse_person_name",
    "parse_phone",
    "parse_website",
    "sound_key",
]
