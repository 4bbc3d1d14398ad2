from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import LeadhubError
from leadhub.models import Contact, Lead, Opportunity
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.edit import edit_field
from leadhub.services.leads.qualify import qualify_lead
from tests.factories import lookup_id, make_actor, make_lead

AT_ONCE = 6


def at_once(work):
    """Run the same work from several threads at the same moment; returns results and refusals."""
    barrier = Barrier(AT_ONCE)

    def run(n: int):
        barrier.wait()
        try:
            return work(n)
        except LeadhubError as refused:
            return refused

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def count(model: type) -> int:
    with read_session() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_qualifying_from_six_tabs_at_once_happens_once(database: str) -> None:
    """Guards against doubles when a double click meets a retry."""
    actor = make_actor(Role.SALES)
    values = {"customer_need": lookup_id("customer_need", "software"), "contact_name": "Maria Nguyen"}
    done = create_lead(values, actor=actor)
    results = at_once(lambda n: qualify_lead(done.lead_id, actor=actor))
    assert len([r for r in results if r.action_id is not None]) == 1
    assert count(Contact) == 1
    with read_session() as session:
        task = session.get_one(Lead, done.lead_id)
    assert task.stage_key == "handoff"


def test_completing_from_six_tabs_at_once_makes_one_opportunity(database: str) -> None:
    """Guards against a lead that is sold six times."""
    actor = make_actor(Role.SALES)
    values = {"customer_need": lookup_id("customer_need", "software"), "contact_name": "Maria Nguyen"}
    lead_id = create_lead(values, actor=actor).lead_id
    task = qualify_lead(lead_id, actor=actor).activity_ids[0]
    results = at_once(lambda n: complete_activity(task, result_key="proceed_to_order", actor=actor))
    assert len([r for r in results if not isinstance(r, LeadhubError)]) == 1
    assert count(Opportunity) == 1


def test_edits_of_different_fields_at_once_all_stay(database: str) -> None:
    """Guards against a lost update."""
    lead_id = make_lead()
    actor = make_actor(Role.ADMIN)
    keys = ["city", "address", "job_title", "department", "decision_maker", "notes"]
    at_once(lambda n: edit_field(lead_id, keys[n], f"value {n}", actor=actor, expected_version=1))
    with read_session() as session:
        lead = session.get_one(Lead, lead_id)
    assert [getattr(lead, key) for key in keys] == [f"value {n}" for n in range(AT_ONCE)]
    assert lead.version == 1 + AT_ONCE
