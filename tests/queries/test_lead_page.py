import pytest
from sqlalchemy import event

from leadhub.db import get_engine
from leadhub.domain.actor import Role
from leadhub.domain.errors import LeadNotFound
from leadhub.queries.leads.page import get_lead
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.qualify import qualify_lead
from tests.factories import lookup_id, make_actor, make_lead


@pytest.mark.covers("C-16", "C-17", "C-18", "C-20", "C-101")
def test_the_page_shows_stages_activities_and_what_one_may_do(database: str) -> None:
    """Guards against a page that offers what the service refuses."""
    actor = make_actor(Role.SALES)
    need = lookup_id("customer_need", "software")
    lead_id = create_lead(
        {"customer_need": need, "contact_name": "Maria Nguyen", "account_name": "Vizor"}, actor=actor
    ).lead_id
    page = get_lead(lead_id, actor=actor)
    assert [(step.label, step.status) for step in page.stages][:3] == [
        ("Qualification", "current"),
        ("Nurturing", "ahead"),
        ("Handoff to sales", "ahead"),
    ]
    assert page.button.action == "qualify"
    assert [a.title for a in page.activities] == ["Qualify the lead"]
    assert page.score.why_none_key == "leads.score.not_qualified"
    assert page.can["qualify"]
    assert page.can["delete"]
    assert not page.can["reopen"]
    qualify_lead(lead_id, actor=actor)
    page = get_lead(lead_id, actor=actor)
    assert [(step.key, step.status) for step in page.stages][:3] == [
        ("qualification", "done"),
        ("nurturing", "skipped"),
        ("handoff", "current"),
    ]
    assert page.stages[3].asks[0].form == "handoff"
    assert [r.label for r in page.activities[0].results] == [
        "Proceed to order",
        "Proceed to handoff",
        "Back to distribution",
        "Rescheduled",
        "Not interested",
    ]
    assert [r.label for r in page.distribute_menu] == [
        "Start proceeding to handoff",
        "Continue nurturing",
        "Not interested",
    ]
    assert page.contact is not None
    assert page.contact.name == "Maria Nguyen"
    assert page.account is not None
    assert page.fields["customer_need"].text == "Software"
    assert page.owner_name == actor.name


def test_the_page_takes_five_statements(database: str) -> None:
    """Guards against a page that asks once per row."""
    lead_id = make_lead()
    actor = make_actor()
    get_lead(lead_id, actor=actor)
    seen: list[str] = []
    engine = get_engine()
    event.listen(engine, "before_cursor_execute", lambda c, cur, sql, p, ctx, many: seen.append(sql))
    get_lead(lead_id, actor=actor)
    assert len([sql for sql in seen if not sql.startswith(("BEGIN", "ROLLBACK"))]) == 5


def test_the_page_of_a_lead_of_others_is_not_found(database: str) -> None:
    """Guards against reading by guessing an id."""
    lead_id = make_lead(owner_id=make_actor().user_id)
    for wrong in (lead_id, 0, -5, "x", None, 2**80):
        with pytest.raises(LeadNotFound):
            get_lead(wrong, actor=make_actor())  # type: ignore[arg-type]
