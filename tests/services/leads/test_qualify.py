import pytest
from sqlalchemy import func, select, text

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import LeadNotFound, NotPermitted
from leadhub.domain.process.engine import ActionRefused
from leadhub.models import Account, Activity, Contact, Lead, LeadScore, StageVisit
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.qualify import qualify_lead
from leadhub.services.leads.results import LeadDone
from leadhub.services.leads.scoring import score_lead
from tests.factories import lookup_id, make_account, make_actor, make_contact, make_lead

TASK = (
    "Contact the customer and specify the availability and actuality of the need, budget, "
    "parameters as well as their role in decision-making"
)


def new_lead(actor: Actor, **values: object) -> int:
    full = {
        "customer_need": lookup_id("customer_need", "software"),
        "contact_name": "Maria Nguyen",
        "account_name": "Vizor GmbH",
        "email": "maria@vizer.com",
        "mobile_phone": "+48 771 495 219",
        **values,
    }
    return create_lead(full, actor=actor).lead_id


def stored(lead_id: int) -> Lead:
    with read_session() as session:
        return session.get_one(Lead, lead_id)


def count(model: type) -> int:
    with read_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.covers("C-22", "C-32", "C-34", "C-36", "C-37", "C-45", "C-46", "C-82", "C-105", "C-106")
def test_qualify_creates_the_customer_and_moves_to_handoff(database: str) -> None:
    """Guards against a qualification that forgets one of its effects."""
    actor = make_actor(Role.SALES)
    lead_id = new_lead(actor)
    done = qualify_lead(lead_id, actor=actor)
    assert isinstance(done, LeadDone)
    lead = stored(lead_id)
    assert (lead.stage_key, lead.state, lead.need_maturity) == ("handoff", "in_progress", "discovered")
    assert lead.owner_id == actor.user_id
    assert lead.skipped_stages == ["nurturing"]
    assert lead.qualified_at is not None
    assert waiting_jobs() == [("score_lead", f"score_lead:{lead_id}")]
    with read_session() as session:
        contact = session.get_one(Contact, lead.contact_id)
        account = session.get_one(Account, lead.account_id)
        tasks = session.scalars(
            select(Activity).where(Activity.lead_id == lead_id).order_by(Activity.id)
        ).all()
        visits = session.scalars(
            select(StageVisit).where(StageVisit.lead_id == lead_id).order_by(StageVisit.id)
        ).all()
    assert (contact.name, contact.first_name, contact.last_name) == ("Maria Nguyen", "Maria", "Nguyen")
    assert (contact.email, contact.mobile_phone) == ("maria@vizer.com", "+48 771 495 219")
    assert contact.account_id == account.id
    assert account.name == "Vizor GmbH"
    assert [(t.title, t.status) for t in tasks] == [("Qualify the lead", "done"), (TASK, "planned")]
    assert [(v.stage_key, v.skipped, v.left_at is None) for v in visits] == [
        ("qualification", False, False),
        ("nurturing", True, False),
        ("handoff", False, True),
    ]


def waiting_jobs() -> list[tuple[str, str]]:
    with read_session() as session:
        table = "workflow_status" if session.connection().dialect.name == "sqlite" else "dbos.workflow_status"
        return [tuple(row) for row in session.execute(text(f"SELECT name, deduplication_id FROM {table}"))]


@pytest.mark.covers("C-75", "C-76", "C-77", "C-81", "C-86")
def test_a_lead_is_scored_once_it_is_qualified(database: str) -> None:
    """Guards against a score without reasons, and against one on a lead that is not qualified."""
    actor = make_actor()
    lead_id = new_lead(actor)
    assert score_lead(lead_id, actor=actor).score == 0
    qualify_lead(lead_id, actor=actor)
    scored = score_lead(lead_id, actor=system_actor())
    lead = stored(lead_id)
    with read_session() as session:
        history = session.scalars(select(LeadScore).where(LeadScore.lead_id == lead_id)).all()
    assert 1 <= scored.score == lead.score <= 100
    assert lead.score_band == history[0].band != "none"
    assert [h.score for h in history] == [lead.score]
    assert history[0].provisional
    assert history[0].reasons


@pytest.mark.covers("C-104", "C-109", "C-110")
def test_one_exact_hit_is_linked(database: str) -> None:
    """Guards against a second record of a customer that is known."""
    actor = make_actor()
    account_id = make_account(name="Vizor")
    contact_id = make_contact(name="Maria Nguyen", email="MARIA@vizer.com")
    make_contact(name="Maria Nguyen", email="other@example.org")
    lead_id = new_lead(actor)
    assert isinstance(qualify_lead(lead_id, actor=actor), LeadDone)
    assert (stored(lead_id).contact_id, stored(lead_id).account_id) == (contact_id, account_id)
    assert (count(Contact), count(Account)) == (2, 1)


@pytest.mark.covers("C-108", "C-104")
def test_several_exact_hits_are_asked_about(database: str) -> None:
    """Guards against a guess between two records."""
    actor = make_actor()
    one = make_contact(name="Maria Nguyen", email="maria@vizer.com")
    make_contact(name="Maria Nguyen", mobile_phone="+48 771 495 219")
    lead_id = new_lead(actor, account_name="")
    asked = qualify_lead(lead_id, actor=actor)
    assert isinstance(asked, CustomerQuestion)
    assert len([c for c in asked.contacts if c.is_exact]) == 2
    assert stored(lead_id).stage_key == "qualification"
    qualify_lead(lead_id, actor=actor, contact=one)
    assert stored(lead_id).contact_id == one


def test_a_near_hit_is_asked_about_and_create_makes_a_new_one(database: str) -> None:
    """Guards against doubles made silently and against no way to make one on purpose."""
    actor = make_actor()
    make_contact(name="Maria Nguyen", email="maria.n@elsewhere.org")
    lead_id = new_lead(actor, account_name="", mobile_phone="")
    assert isinstance(qualify_lead(lead_id, actor=actor), CustomerQuestion)
    assert isinstance(qualify_lead(lead_id, actor=actor, contact="create"), LeadDone)
    assert count(Contact) == 2


@pytest.mark.covers("C-31")
def test_qualify_needs_a_contact_or_an_account(database: str) -> None:
    """Guards against a qualified lead of nobody."""
    actor = make_actor()
    lead_id = new_lead(actor, contact_name="", account_name="")
    with pytest.raises(ActionRefused) as refused:
        qualify_lead(lead_id, actor=actor)
    assert refused.value.fields == ("contact_name", "account_name")


def test_qualifying_twice_does_it_once(database: str) -> None:
    """Guards against a double click that makes two contacts, two tasks, two scores."""
    actor = make_actor()
    lead_id = new_lead(actor)
    first = qualify_lead(lead_id, actor=actor)
    before = count(Activity), count(Contact), count(LeadScore)
    second = qualify_lead(lead_id, actor=actor)
    assert isinstance(first, LeadDone)
    assert isinstance(second, LeadDone)
    assert second.action_id is None
    assert (count(Activity), count(Contact), count(LeadScore)) == before


def test_a_lead_of_others_is_not_found(database: str) -> None:
    """Guards against qualifying by guessing an id."""
    owner = make_actor()
    lead_id = make_lead(owner_id=owner.user_id)
    for wrong in (lead_id, 10**9, -1, "1 OR 1=1", None, True, 2**70):
        with pytest.raises(LeadNotFound):
            qualify_lead(wrong, actor=make_actor())  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        qualify_lead(lead_id, actor=make_actor(Role.PARTNER))
