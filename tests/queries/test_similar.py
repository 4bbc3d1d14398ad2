import pytest
from sqlalchemy import event

from leadhub.db import get_engine
from leadhub.domain.actor import Role
from leadhub.domain.errors import LeadNotFound
from leadhub.queries.similar import similar_accounts_of_lead, similar_contacts_of_lead, similar_leads
from tests.factories import lookup_id, make_account, make_actor, make_contact, make_lead


@pytest.mark.covers("C-101", "C-102", "C-104", "C-108", "C-109")
def test_exact_contacts_come_first_then_near_ones_with_their_evidence(database: str) -> None:
    """Guards against a suggestion without a reason, and a near one above an exact one."""
    lead_id = make_lead(contact_name="Maria Nguyen", email="maria@vizer.com", mobile_phone="+48 771 495 219")
    near = make_contact(name="Mariya Nguyen", mobile_phone="+48 771 495 219")
    exact = make_contact(name="Nguyen, Maria", email="MARIA@vizer.com")
    make_contact(name="Eva Berg", email="eva@berg.org")
    found = similar_contacts_of_lead(lead_id, actor=make_actor())
    assert [(row.id, row.is_exact) for row in found] == [(exact, True), (near, False)]
    assert found[0].evidence[0].text_key == "matching.rule.contact_name_email"
    assert "matching.evidence.phone.same" in [e.text_key for e in found[1].evidence]


@pytest.mark.covers("C-110", "C-102")
def test_accounts_are_alike_whatever_their_legal_form(database: str) -> None:
    """Guards against "Vizor" and "VIZOR GmbH" that are two companies."""
    lead_id = make_lead(account_name="VIZOR GmbH")
    account_id = make_account(name="Vizor")
    make_account(name="Alpha")
    found = similar_accounts_of_lead(lead_id, actor=make_actor())
    assert [(row.id, row.is_exact) for row in found] == [(account_id, True)]


@pytest.mark.covers("C-65", "C-66", "C-67", "C-68")
def test_similar_leads_say_why_and_hide_what_one_may_not_see(database: str) -> None:
    """Guards against a leak through the detail Similar leads."""
    actor = make_actor(Role.SALES)
    lead_id = make_lead(contact_name="Maria Nguyen", account_name="Vizor", email="maria@vizer.com")
    hidden = make_lead(
        owner_id=make_actor().user_id, contact_name="M.", account_name="Secret", email="maria@vizer.com"
    )
    shown = make_lead(contact_name="Nguyen Maria", account_name="Vizor Ltd")
    make_lead(contact_name="Eva Berg", account_name="Alpha")
    rows = {row.id: row for row in similar_leads(lead_id, actor=actor)}
    assert set(rows) == {hidden, shown}
    assert "matching.lead_rule.same_contact_name_and_account_name" in rows[shown].rules
    assert not rows[hidden].is_visible
    assert (rows[hidden].contact_name, rows[hidden].account_name, rows[hidden].evidence) == ("", "", ())


@pytest.mark.covers("C-70", "C-91")
def test_same_account_and_need_is_the_stronger_rule(database: str) -> None:
    """Guards against rules in no order."""
    account_id = make_account()
    need = lookup_id("customer_need", "software")
    lead_id = make_lead(account_id=account_id, customer_need_id=need)
    other = make_lead(account_id=account_id)
    same = make_lead(account_id=account_id, customer_need_id=need)
    assert [row.id for row in similar_leads(lead_id, actor=make_actor())] == [same, other]


def test_suggestions_take_few_statements(database: str) -> None:
    """Guards against a statement per candidate."""
    lead_id = make_lead(contact_name="Maria Nguyen", account_name="Vizor", email="maria@vizer.com")
    for _ in range(5):
        make_contact(name="Maria Nguyen", email="maria@vizer.com")
        make_account(name="Vizor")
    actor = make_actor()
    seen: list[str] = []
    event.listen(get_engine(), "before_cursor_execute", lambda c, cur, sql, p, ctx, many: seen.append(sql))
    make_lead(contact_name="Maria Nguyen", account_name="Vizor")
    similar_leads(lead_id, actor=actor)
    for query, found in ((similar_contacts_of_lead, 5), (similar_accounts_of_lead, 5), (similar_leads, 1)):
        seen.clear()
        assert len(query(lead_id, actor=actor)) == found
        assert len([sql for sql in seen if sql.startswith("SELECT")]) <= 3


def test_similar_records_of_a_hidden_lead_are_not_found(database: str) -> None:
    """Guards against reading a lead's contact through its suggestions."""
    lead_id = make_lead(owner_id=make_actor().user_id)
    for query in (similar_contacts_of_lead, similar_accounts_of_lead, similar_leads):
        with pytest.raises(LeadNotFound):
            query(lead_id, actor=make_actor())
