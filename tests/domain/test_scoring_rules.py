from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadhub.domain.scoring_rules import ScoringFacts, band_of, score_by_rules
from leadhub.texts import placeholders

NOW = datetime(2026, 11, 22, tzinfo=UTC)

facts = st.builds(
    ScoringFacts,
    has_need=st.booleans(),
    has_contact=st.booleans(),
    has_account=st.booleans(),
    has_email=st.booleans(),
    has_phone=st.booleans(),
    has_website=st.booleans(),
    has_industry=st.booleans(),
    job_title=st.sampled_from(["", "CEO", "Head of IT", "Intern"]),
    employees=st.none() | st.integers(0, 10**6),
    budget_minor=st.none() | st.integers(0, 10**9),
    source_key=st.sampled_from(["", "referral", "cold_call", "my own"]),
    account_is_customer=st.booleans(),
    calls=st.integers(0, 50),
    meetings=st.integers(0, 50),
    emails=st.integers(0, 500),
    qualified_at=st.none() | st.timedeltas(timedelta(0), timedelta(3000)).map(lambda age: NOW - age),
    not_interested=st.booleans(),
)


@given(facts)
@pytest.mark.covers("C-75", "C-76", "C-77", "C-80")
def test_a_rule_score_is_1_to_100_and_its_reasons_can_be_told(known: ScoringFacts) -> None:
    """Guards against a score outside the scale, or a reason without words."""
    scored = score_by_rules(known, NOW)
    assert 1 <= scored.score <= 100
    assert scored.band == band_of(scored.score) != "none"
    for reason in scored.reasons:
        assert placeholders(reason.text_key) <= set(reason.params) | {"count"}
        assert reason.points


@given(facts)
@pytest.mark.covers("C-80", "C-92")
def test_knowing_more_never_lowers_the_score(known: ScoringFacts) -> None:
    """Guards against people who are punished for filling in a phone number."""
    more = replace(known, has_phone=True, has_email=True, has_contact=True)
    assert score_by_rules(more, NOW).score >= score_by_rules(known, NOW).score


@pytest.mark.covers("C-76")
def test_the_bands_have_the_manuals_bounds() -> None:
    """Guards against a band that starts one point off."""
    bounds = {0: "none", 1: "low", 49: "low", 50: "medium", 79: "medium", 80: "high", 100: "high"}
    assert {score: band_of(score) for score in bounds} == bounds
