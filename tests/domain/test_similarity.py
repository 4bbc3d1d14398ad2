import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import leadhub
from leadhub.domain.similarity import (
    LEAD_RULES,
    AccountDetails,
    ContactDetails,
    ExactRule,
    LeadDetails,
    LeadRule,
    find_similar_leads,
    fixed_weights,
    rank_accounts,
    rank_contacts,
    with_switches,
)
from leadhub.domain.similarity.company_comparison import COMPANY_ORDER
from leadhub.domain.similarity.comparisons import EMAIL_ORDER, JOINT_LEVELS, PHONE_ORDER
from leadhub.domain.similarity.details import account_profile, contact_profile
from leadhub.domain.similarity.frequencies import NO_FREQUENCIES, contact_terms, count_terms
from leadhub.domain.similarity.lead_rules import Comparison, Condition, LeadField
from leadhub.domain.similarity.ranking import compare_accounts, compare_contacts

NAMES = st.sampled_from(
    ["Anna Berg", "Berg, Anna", "A. Berg", "Anne Bergh", "Ivan Petrov", "Иван Петров", "Petrov", "王伟", ""]
)
EMAILS = st.sampled_from(
    ["anna@acme.example", "anna.berg@acme.example", "info@acme.example", "ivan@mail.ru", "x"]
)
PHONES = st.sampled_from(["+49 30 901820", "030 901820", "+7 912 345 67 89", "junk"])
COMPANIES = st.sampled_from(
    ["Acme GmbH", "ACME Widgets Ltd", "Acme Widgets International", "ООО Ромашка", "IBM", ""]
)
CONTACTS = st.builds(
    ContactDetails,
    record_id=st.integers(1, 99),
    full_name=NAMES,
    emails=st.lists(EMAILS, max_size=2).map(tuple),
    mobile_phones=st.lists(PHONES, max_size=2).map(tuple),
    account_name=COMPANIES,
    country=st.sampled_from(["DE", "RU", ""]),
)
ACCOUNTS = st.builds(
    AccountDetails,
    record_id=st.integers(1, 99),
    name=COMPANIES,
    website=st.sampled_from(["acme.example", "www.acme.example/x", "other.example", ""]),
    country=st.sampled_from(["DE", "RU", ""]),
)


def bits_of(left, right):
    if isinstance(left, ContactDetails):
        comparisons = compare_contacts(contact_profile(left), contact_profile(right))
        return fixed_weights("contact").total_bits(comparisons, NO_FREQUENCIES)
    comparisons = compare_accounts(account_profile(left), account_profile(right))
    return fixed_weights("account").total_bits(comparisons, NO_FREQUENCIES)


@given(left=CONTACTS, right=CONTACTS)
def test_contacts_compare_alike_in_both_directions(left, right):
    """Guards a pair that is similar from one side only."""
    assert bits_of(left, right) == pytest.approx(bits_of(right, left))


@given(left=ACCOUNTS, right=ACCOUNTS)
def test_accounts_compare_alike_in_both_directions(left, right):
    """Guards a pair that is similar from one side only."""
    assert bits_of(left, right) == pytest.approx(bits_of(right, left))


@given(query=CONTACTS, candidates=st.lists(CONTACTS, max_size=8))
def test_exact_hits_come_first_and_all_is_ordered(query, candidates):
    """Guards an exact hit hidden below near matches."""
    found = rank_contacts(query, candidates)
    assert [suggestion.tier for suggestion in found] == sorted(suggestion.tier for suggestion in found)
    near = [suggestion.probability for suggestion in found if suggestion.tier == 2]
    assert near == sorted(near, reverse=True)
    for suggestion in found:
        assert 0 <= suggestion.probability <= 1
        assert (suggestion.tier == 1) == bool(suggestion.rules)
        assert suggestion.tier == 1 or suggestion.probability >= fixed_weights("contact").show


KATHARINA = ContactDetails(
    1,
    given_name="Katharina",
    family_name="Schneider",
    emails=("k.schneider@acme.example",),
    mobile_phones=("+49 170 1234567",),
    account_name="Acme GmbH",
)


@pytest.mark.parametrize(
    "query",
    [
        ContactDetails(full_name="Katja Schneider", phones=("0170 1234567",), country="DE"),
        ContactDetails(full_name="Schnieder, Katharina", account_name="ACME"),
        ContactDetails(full_name="K. Schneider", emails=("k.schneider@acme.example",)),
        ContactDetails(full_name="Катарина Шнайдер", phones=("+491701234567",)),
        ContactDetails(given_name="Schneider", family_name="Katharina", account_name="Acme Gesellschaft mbH"),
        ContactDetails(full_name="Katharina Schneider-Weber", emails=("K.Schneider@acme.example",)),
    ],
)
@pytest.mark.covers("C-108")
def test_a_near_match_is_suggested_first_with_its_evidence(query):
    """Guards near matches that the exact rules miss."""
    (suggestion,) = rank_contacts(query, [KATHARINA])
    assert suggestion.is_first
    assert suggestion.tier == 2
    assert suggestion.evidence[0].bits > 0


@pytest.mark.parametrize(
    "query",
    [
        ContactDetails(full_name="Thomas Schneider", account_name="Acme GmbH"),
        ContactDetails(full_name="Katharina Weber"),
        ContactDetails(full_name="Peter Lang", emails=("p.lang@acme.example",)),
        ContactDetails(account_name="Acme GmbH"),
        ContactDetails(),
    ],
)
def test_another_person_is_not_suggested(query):
    """Guards colleagues and namesakes in the list."""
    assert rank_contacts(query, [KATHARINA]) == []


@pytest.mark.covers("C-109")
def test_an_exact_hit_says_which_rule_it_meets():
    """Guards the mark that users know from the manuals; a rule can be switched off."""
    query = ContactDetails(full_name="Katharina Schneider", emails=("K.SCHNEIDER@acme.example",))
    (suggestion,) = rank_contacts(query, [KATHARINA])
    assert (suggestion.tier, suggestion.rules) == (1, (ExactRule.CONTACT_NAME_EMAIL,))
    (switched_off,) = rank_contacts(query, [KATHARINA], active_rules=())
    assert (switched_off.tier, switched_off.rules) == (2, ())


@pytest.mark.covers("C-110")
def test_accounts_by_name_stand_before_near_ones():
    """Guards C-110's order: name and country, then name, then near."""
    stored = [
        AccountDetails(1, name="Rheinmetal"),
        AccountDetails(2, name="Rheinmetall AG", country="AT"),
        AccountDetails(3, name="RHEINMETALL", country="Germany"),
        AccountDetails(4, name="Rheingold AG", country="DE"),
    ]
    found = rank_accounts(AccountDetails(name="Rheinmetall GmbH", country="DE"), stored)
    assert [suggestion.record_id for suggestion in found] == [3, 2, 1]
    assert found[0].rules == (ExactRule.ACCOUNT_NAME_COUNTRY, ExactRule.ACCOUNT_NAME)


def test_a_shared_rare_name_says_more_than_a_common_one():
    """Guards term frequencies."""
    persons = [("Maria", "Smith")] * 60 + [("Maria", "Quillfeather"), ("Peter", "Smith")]
    stored = [
        ContactDetails(n, given_name=given, family_name=family) for n, (given, family) in enumerate(persons)
    ]
    counted = count_terms(term for details in stored for term in contact_terms(contact_profile(details)))
    weights = fixed_weights("contact")

    def bits(name: str, stored_record: ContactDetails) -> float:
        query = contact_profile(ContactDetails(full_name=name))
        return weights.total_bits(compare_contacts(query, contact_profile(stored_record)), counted)

    assert bits("Maria Quillfeather", stored[60]) > bits("Maria Smith", stored[0]) + 3


def every_evidence_key():
    for kind, fields in (("contact", fixed_weights("contact")), ("account", fixed_weights("account"))):
        for field, levels in fields.levels.items():
            for level in levels:
                yield kind, field, level


def test_every_level_has_a_weight_and_a_text():
    """Guards evidence that cannot be put in words."""
    path = Path(leadhub.__file__).parent / "texts" / "en" / "matching.json"
    texts = json.loads(path.read_text("utf-8"))
    for _, field, level in every_evidence_key():
        assert f"matching.evidence.{field}.{level}" in texts
    contact, account = fixed_weights("contact").levels, fixed_weights("account").levels
    assert set(JOINT_LEVELS.values()) | {"swapped", "different"} == set(contact["name"])
    assert set(EMAIL_ORDER) == set(contact["email"]) == set(account["email"])
    assert set(PHONE_ORDER) == set(contact["phone"])
    assert set(COMPANY_ORDER) == set(account["name"]) == set(contact["company"])
    for rule in LEAD_RULES:
        assert rule.text_key in texts
    for rule in ExactRule:
        assert f"matching.rule.{rule}" in texts
    for field in LeadField:
        assert f"matching.lead_evidence.{field}.same" in texts


STORED_LEAD = LeadDetails(
    7,
    contact_id=1,
    account_id=2,
    need_id=3,
    contact_name="Katharina Schneider",
    account_name="Acme Widgets GmbH",
    emails=("k.schneider@acme.example",),
    phones=("+49 170 1234567",),
)


@pytest.mark.covers("C-65", "C-67", "C-70")
@pytest.mark.parametrize(
    ("query", "rules"),
    [
        (LeadDetails(8, contact_id=1), ["same_contact"]),
        (LeadDetails(8, account_id=2), ["same_account"]),
        (LeadDetails(8, account_id=2, need_id=3), ["same_account_and_need", "same_account"]),
        (LeadDetails(8, emails=("K.Schneider@ACME.example",)), ["same_email"]),
        (LeadDetails(8, phones=("0170/1234567",), country="DE"), ["same_phone"]),
        (
            LeadDetails(8, contact_name="Schneider, Katharina", account_name="ACME Widgets"),
            ["same_contact_name_and_account_name", "near_contact_name_and_account_name"],
        ),
        (
            LeadDetails(8, contact_name="Katja Schneider", account_name="Acme Widget"),
            ["near_contact_name_and_account_name"],
        ),
        (LeadDetails(8, contact_name="Katharina Schneider"), []),
        (LeadDetails(8, need_id=3), []),
        (LeadDetails(8), []),
        (STORED_LEAD, []),
    ],
)
def test_each_of_the_seven_rules_finds_its_leads(query, rules):
    """Guards the rules of product section 6."""
    found = find_similar_leads(query, [STORED_LEAD])
    assert [hit.rule_key for lead in found for hit in lead.hits] == rules


@pytest.mark.covers("C-72")
def test_a_rule_that_is_switched_off_finds_nothing():
    """Guards the Active checkbox."""
    rules = with_switches(LEAD_RULES, {"same_email": False})
    query = LeadDetails(8, emails=STORED_LEAD.emails)
    assert find_similar_leads(query, [STORED_LEAD], rules) == []
    assert len(find_similar_leads(query, [STORED_LEAD])) == 1


def test_an_own_rule_compares_any_fields():
    """Guards the rule editor: fields, way of comparing, threshold."""
    rule = LeadRule(
        "own", (Condition(LeadField.ACCOUNT_NAME, Comparison.NEAR, 0.7), Condition(LeadField.COUNTRY))
    )
    stored = LeadDetails(1, account_name="Acme Widgets", country="DE")
    assert find_similar_leads(LeadDetails(2, account_name="Acme Widgetz", country="DE"), [stored], [rule])
    assert not find_similar_leads(LeadDetails(2, account_name="Acme Widgetz", country="AT"), [stored], [rule])
    assert not find_similar_leads(LeadDetails(2), [stored], [LeadRule("empty", ())])


@pytest.mark.parametrize(
    ("known", "other"),
    [
        (
            {"given_name": "Jackson", "emails": ("j.fisher4@sullivan.example",)},
            {"full_name": "Jackson Fisher"},
        ),
        ({"emails": ("anna.berg@acme.example",)}, {"full_name": "Anna Berg", "account_name": "Acme"}),
        (
            {"family_name": "Thomson", "emails": ("hollythomson3@levine.example",)},
            {"full_name": "Holly Thomson"},
        ),
    ],
)
def test_a_mailbox_tells_a_missing_part_of_the_name(known, other):
    """Guards leads that came with little more than an address."""
    assert bits_of(ContactDetails(**known), ContactDetails(**other)) > bits_of(
        ContactDetails(**known | {"emails": ()}), ContactDetails(**other)
    )


def test_a_shared_place_alone_is_no_comparison():
    """Guards records without a name that all sit in one city."""
    left, right = ContactDetails(city="Berlin", country="DE"), ContactDetails(city="Berlin", country="DE")
    assert compare_contacts(contact_profile(left), contact_profile(right)) == ()
