import pytest

from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.list_query import LeadListQuery
from leadhub.queries.leads.count import count_leads
from leadhub.queries.leads.list import list_leads
from leadhub.queries.leads.plan import Plan
from leadhub.queries.search import search_records
from tests.factories import (
    make_account,
    make_actor,
    make_contact,
    make_lead,
    make_opportunity,
)

ADMIN = system_actor()


@pytest.mark.parametrize("walks", [False, True])
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("müller", ["a"]),
        ("MULL", ["a"]),
        ("acme gmbh", ["a", "b"]),
        ("gmbh acme", ["a", "b"]),
        ("@example", ["b"]),
        ("030 123456", ["a"]),
        ("+49 30 123456", ["a"]),
        ("3012", ["a"]),
        ("an", ["a"]),
        ("ac", ["a", "b"]),
        ("zzz", []),
        ("100%", ["c"]),
        ("roof_top", ["c"]),
        ('"quoted"', ["c"]),
        ("anna NEAR müller", []),
    ],
)
def test_leads_are_found_by_any_piece_of_their_text(database, monkeypatch, typed, found, walks):
    """A term found by the index and not by the walk, or the other way round."""
    ids = {
        "a": make_lead(contact_name="Anna Müller", account_name="Acme GmbH", mobile_phone="+49 30 123456"),
        "b": make_lead(contact_name="Bob", account_name="ACME Services GmbH", email="bob@example.com"),
        "c": make_lead(title='100% roof_top "quoted"', contact_name="", account_name=""),
    }
    if walks:
        plan = Plan(False, index="ix_lead_created_at_id")
        monkeypatch.setattr("leadhub.queries.leads.find.plan_page", lambda *_: plan)
        monkeypatch.setattr("leadhub.queries.leads.count.plan_page", lambda *_: plan)
    query = LeadListQuery().with_search(typed)
    page = list_leads(query, actor=ADMIN)
    assert sorted(row.id for row in page.rows) == sorted(ids[name] for name in found)
    assert page.total in (None, len(found))
    assert count_leads(query, actor=ADMIN).count == len(found)


def test_a_lead_is_found_by_its_number_and_no_longer_by_what_it_was_called(database):
    """An index that keeps what was overwritten or deleted."""
    from leadhub.db import write_session
    from leadhub.models import Lead

    lead_id = make_lead(contact_name="Before", title="Oldname")
    with write_session(ADMIN, "test") as session:
        session.get_one(Lead, lead_id).title = "Newname"

    def found(text: str) -> list[int]:
        return [row.id for row in list_leads(LeadListQuery().with_search(text), actor=ADMIN).rows]

    assert found("oldname") == []
    assert found("newname") == [lead_id]
    assert found(f"#{lead_id}") in ([lead_id], [])
    with write_session(ADMIN, "test") as session:
        session.delete(session.get_one(Lead, lead_id))
    assert found("newname") == []


def test_global_search_finds_each_kind_that_one_may_see(database):
    """A palette that shows what the pages hide, or forgets a kind."""
    rep, other = make_actor(), make_actor()
    mine = make_lead(contact_name="Quinn Harper", owner_id=rep.user_id)
    theirs = make_lead(contact_name="Quinn Foreign", owner_id=other.user_id)
    contact = make_contact(name="Quinn Harper")
    account = make_account(name="Quinn & Sons")
    deal = make_opportunity(title="Quinn deal", owner_id=rep.user_id)
    for actor, leads in ((ADMIN, [mine, theirs]), (rep, [mine])):
        found = search_records("quinn", actor=actor)
        assert sorted(hit.id for hit in found.leads) == leads
        assert [hit.id for hit in found.contacts] == [contact]
        assert [hit.id for hit in found.accounts] == [account]
        assert [hit.id for hit in found.opportunities] == [deal]
        assert found.leads[0].stage_label == "Qualification"
    assert [hit.id for hit in search_records(f"#{mine}", actor=rep).leads] == [mine]
    assert search_records(str(theirs), actor=rep).leads == () or theirs not in {
        hit.id for hit in search_records(str(theirs), actor=rep).leads
    }
    for nobody in (Actor(user_id=None, role=None), make_actor(Role.PARTNER)):
        assert search_records("quinn", actor=nobody).leads == ()
        assert search_records("quinn", actor=nobody).opportunities == ()
    assert search_records("  ", actor=ADMIN).leads == ()


@pytest.mark.parametrize(
    "value", ["an", "+49 30", "anna müller", "ANNA", "acme", "a", "0042", "#42", "ß", "mith an"]
)
def test_a_text_filter_finds_the_same_with_and_without_the_index(database, monkeypatch, value):
    """A filter narrowed by the search index to fewer leads than hold the text."""
    for title in ("Smith Anna", "Anna Müller", "+49 30 line", "0042 #42", "Straße", "ACME", "Banane"):
        make_lead(title=title, account_name=title)
    query = LeadListQuery().with_filter("title", "contains", [value])

    def found() -> list[int]:
        return sorted(row.id for row in list_leads(query, actor=ADMIN).rows)

    indexed = found()
    plan = Plan(False, index="ix_lead_created_at_id")
    monkeypatch.setattr("leadhub.queries.leads.find.plan_page", lambda *_: plan)
    assert found() == indexed
    assert len(indexed) > 0
