import pytest
from sqlalchemy import select

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import InvalidFields, NotPermitted
from leadhub.models import Activity, ChangeAction, Lead, StageVisit
from leadhub.queries.leads.page import get_lead
from leadhub.services.leads.create import create_lead
from tests.factories import lookup_id, make_actor, make_contact


def need() -> int:
    return lookup_id("customer_need", "additional_service")


def stored(lead_id: int) -> Lead:
    with read_session() as session:
        return session.get_one(Lead, lead_id)


@pytest.mark.covers("C-06", "C-07", "C-13", "C-14", "C-15", "C-23")
def test_saving_a_lead_starts_its_process(database: str) -> None:
    """Guards against a lead that is stored without stage visit or activity."""
    actor = make_actor(Role.SALES)
    done = create_lead(
        {
            "customer_need": need(),
            "account_name": "Vizor",
            "contact_name": "Maria Nguyen",
            "email": "maria@vizer.com",
            "mobile_phone": "+48 077 149 52 19",
        },
        actor=actor,
    )
    lead = stored(done.lead_id)
    assert (lead.stage_key, lead.state, lead.need_maturity) == ("qualification", "pending", "suspected")
    assert lead.display_title == "Additional service – Maria Nguyen – Vizor"
    with read_session() as session:
        visits = session.scalars(select(StageVisit).where(StageVisit.lead_id == lead.id)).all()
        activities = session.scalars(select(Activity).where(Activity.lead_id == lead.id)).all()
        action = session.get_one(ChangeAction, done.action_id)
    assert [(v.stage_key, v.left_at, v.entered_by_id) for v in visits] == [
        ("qualification", None, actor.user_id)
    ]
    assert [(a.title, a.owner_id, a.by_process) for a in activities] == [
        ("Qualify the lead", actor.user_id, True)
    ]
    assert (action.name, action.actor_id) == ("create lead", actor.user_id)
    assert done.activity_ids == (activities[0].id,)


@pytest.mark.covers("C-07", "C-12")
def test_only_the_customer_need_is_required(database: str) -> None:
    """Guards against a mini page that refuses what the manual allows, or allows a lead without a need."""
    actor = make_actor()
    create_lead({"customer_need": need()}, actor=actor)
    with pytest.raises(InvalidFields) as refused:
        create_lead({"contact_name": "Maria Nguyen"}, actor=actor)
    assert [problem.field for problem in refused.value.problems] == ["customer_need"]


def test_every_bad_value_is_named_at_once(database: str) -> None:
    """Guards against a form that reports one mistake per attempt."""
    with pytest.raises(InvalidFields) as refused:
        create_lead({"customer_need": need(), "email": "no", "priority": 11}, actor=make_actor())
    assert {problem.field for problem in refused.value.problems} == {"email", "priority"}
    with pytest.raises(InvalidFields) as refused:
        create_lead({"customer_need": 999_999}, actor=make_actor())
    assert [problem.field for problem in refused.value.problems] == ["customer_need"]


def test_a_stage_cannot_be_typed(database: str) -> None:
    """Guards against a client that writes what only the process may set."""
    for key in ("stage", "state", "score", "qualified_at", "lost_reason"):
        with pytest.raises(InvalidFields):
            create_lead({"customer_need": need(), key: "won"}, actor=make_actor())


def test_a_partner_creates_no_lead_inside(database: str) -> None:
    """Guards against a portal user who calls the inner service."""
    with pytest.raises(NotPermitted):
        create_lead({"customer_need": need()}, actor=make_actor(Role.PARTNER))


@pytest.mark.covers("B-07")
def test_a_bank_lead_of_a_known_contact_goes_straight_on(database: str) -> None:
    """Guards against existing customers who are qualified again by hand."""
    contact_id = make_contact(name="Maria Nguyen", email="maria@vizer.com")
    values = {"customer_need": need(), "contact_name": "Nguyen, Maria", "email": "Maria@Vizer.com"}
    actor = make_actor()
    lead = stored(create_lead(values, actor=actor, lead_type="bank").lead_id)
    assert (lead.stage_key, lead.contact_id, lead.owner_id) == ("handoff", contact_id, actor.user_id)
    assert lead.qualified_at is not None
    unknown = create_lead({"customer_need": need(), "contact_name": "Eva"}, actor=actor, lead_type="bank")
    assert stored(unknown.lead_id).stage_key == "qualification"


@pytest.mark.covers("M-10", "M-46", "S-41", "S-42")
def test_a_term_fills_the_closure_date_unless_one_is_typed(database: str) -> None:
    """Guards against a typed date that a term overwrites."""
    terms = lookup_id("terms", "one_month")
    actor = make_actor()
    lead = stored(create_lead({"customer_need": need(), "terms": terms}, actor=actor).lead_id)
    assert (lead.estimated_close_on - lead.created_at.date()).days == 30
    typed = {"customer_need": need(), "terms": terms, "estimated_close_on": "2030-05-01"}
    assert stored(create_lead(typed, actor=actor).lead_id).estimated_close_on.isoformat() == "2030-05-01"


@pytest.mark.covers("C-98", "C-99", "C-100", "C-107", "C-30")
def test_source_channel_and_what_the_customer_gave_stand_on_the_page(database: str) -> None:
    """Guards against registration data that nobody ever sees again."""
    actor = make_actor()
    done = create_lead(
        {
            "customer_need": need(),
            "contact_name": "Maria Nguyen",
            "account_name": "Vizor",
            "source": lookup_id("source", "google"),
            "channel": lookup_id("channel", "search_engines"),
        },
        actor=actor,
        registration={"Name": "Maria Nguyen", "Company": "Vizor", "Country": ""},
    )
    page = get_lead(done.lead_id, actor=actor)
    assert (page.fields["source"].text, page.fields["channel"].text) == (
        "Google search engine",
        "Search engines",
    )
    assert page.registration == (("Name", "Maria Nguyen"), ("Company", "Vizor"))
    assert page.maturity == "suspected"
