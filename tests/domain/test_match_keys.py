import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.similarity.details import (
    AccountDetails,
    ContactDetails,
    LeadDetails,
    account_profile,
    contact_profile,
)
from leadhub.domain.similarity.exact_rules import ExactRule, account_rules, contact_rules
from leadhub.domain.similarity.keys import account_keys, contact_keys, contact_query_keys, lead_keys

TEXTS = st.text(max_size=20)


def contact(**fields) -> ContactDetails:
    return ContactDetails(**{"given_name": "Katharina", "family_name": "Schneider", **fields})


@given(full_name=TEXTS, email=TEXTS, phone=TEXTS, company=TEXTS)
def test_keys_are_signed_64_bit_numbers_for_any_input(full_name, email, phone, company):
    """Guards a database error on save."""
    details = ContactDetails(full_name=full_name, emails=(email,), phones=(phone,), account_name=company)
    lead = LeadDetails(contact_name=full_name, account_name=company, emails=(email,), phones=(phone,))
    for keys in (contact_keys(details), account_keys(AccountDetails(name=company)), lead_keys(lead)):
        assert all(-(2**63) <= key < 2**63 for key in keys)
        assert len(set(keys)) == len(keys)


def test_empty_values_give_no_key():
    """Guards a million records under the key of the empty text."""
    assert contact_keys(ContactDetails()) == ()
    assert contact_query_keys(ContactDetails()) == ()
    assert account_keys(AccountDetails()) == ()
    assert lead_keys(LeadDetails()) == ()


@pytest.mark.parametrize(
    "other",
    [
        {"given_name": "Katarina"},
        {"family_name": "Schnieder"},
        {"given_name": "Schneider", "family_name": "Katharina"},
        {"given_name": "Katja"},
        {"given_name": "K."},
        {"given_name": "", "family_name": "", "full_name": "Schneider, Katharina"},
        {"given_name": "Катарина", "family_name": "Шнайдер"},
    ],
)
def test_a_variant_of_a_name_shares_a_key(other):
    """Guards recall: a record that shares no key is never compared."""
    assert set(contact_query_keys(contact(**other))) & set(contact_keys(contact()))


def test_stored_keys_are_found_by_the_record_itself():
    """Guards query keys that drop some of the stored ones."""
    details = contact(emails=("k@acme.example",), phones=("+49 30 901820",), account_name="Acme GmbH")
    assert set(contact_keys(details)) <= set(contact_query_keys(details))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Rheinmetall AG", "Rhenmetall"),
        ("Acme Widgets Ltd", "Widgets Acme"),
        ("International Business Machines", "IBM"),
    ],
)
def test_a_variant_of_a_company_shares_a_key(left, right):
    """Guards typing errors, word order and initials."""
    assert set(account_keys(AccountDetails(name=left))) & set(account_keys(AccountDetails(name=right)))


@pytest.mark.covers("C-109")
@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({"emails": ("K.Schneider@ACME.example",)}, (ExactRule.CONTACT_NAME_EMAIL,)),
        ({"mobile_phones": ("0170 1234567",), "country": "DE"}, (ExactRule.CONTACT_NAME_MOBILE_PHONE,)),
        ({"phones": ("0170 1234567",), "country": "DE"}, ()),
        ({"emails": ("other@acme.example",)}, ()),
        ({"emails": ("k.schneider@acme.example",), "family_name": "Weber"}, ()),
        ({}, ()),
    ],
)
def test_a_similar_contact_has_the_name_and_the_email_or_the_mobile_phone(fields, rules):
    """Guards C-109 as the manual writes it."""
    stored = contact(emails=("k.schneider@acme.example",), mobile_phones=("+49 170 1234567",))
    assert contact_rules(contact_profile(contact(**fields)), contact_profile(stored)) == rules


@pytest.mark.covers("C-110")
@pytest.mark.parametrize(
    ("name", "country", "rules"),
    [
        ("ACME Corp.", "US", (ExactRule.ACCOUNT_NAME_COUNTRY, ExactRule.ACCOUNT_NAME)),
        ("The Acme Corporation", "", (ExactRule.ACCOUNT_NAME,)),
        ("Acme", "Germany", (ExactRule.ACCOUNT_NAME,)),
        ("Acme Paints", "US", ()),
        ("", "US", ()),
    ],
)
def test_a_similar_account_has_the_name_and_perhaps_the_country(name, country, rules):
    """Guards C-110 as two rules that can be switched apart."""
    stored = AccountDetails(name="Acme Inc", country="United States")
    assert (
        account_rules(account_profile(AccountDetails(name=name, country=country)), account_profile(stored))
        == rules
    )


def test_a_name_may_be_joined_or_split():
    """Guards Min-su and Minsu."""
    left = contact_profile(ContactDetails(full_name="Min-su Kim", emails=("m@kim.example",)))
    right = contact_profile(ContactDetails(full_name="Minsu Kim", emails=("m@kim.example",)))
    assert contact_rules(left, right) == (ExactRule.CONTACT_NAME_EMAIL,)


@pytest.mark.parametrize(
    ("left", "right"), [("Orion Motors", "Oroin Motos SA"), ("Vega Systems", "Veia Systems S.L.")]
)
def test_typing_errors_in_short_words_keep_a_key(left, right):
    """Guards companies whose words are too short for parts of words."""
    assert set(account_keys(AccountDetails(name=left))) & set(account_keys(AccountDetails(name=right)))
