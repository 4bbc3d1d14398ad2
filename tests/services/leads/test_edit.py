import pytest

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import InvalidFields, NotPermitted, StaleRecord
from leadhub.domain.process.engine import ActionRefused
from leadhub.models import Lead
from leadhub.services.leads.edit import edit_field, edit_lead
from tests.factories import make_actor, make_lead, make_unit, make_user


def stored(lead_id: int) -> Lead:
    with read_session() as session:
        return session.get_one(Lead, lead_id)


def test_two_people_may_save_different_fields(database: str) -> None:
    """Guards against a conflict message where there is none."""
    lead_id = make_lead()
    loaded = stored(lead_id).version
    edit_lead(lead_id, {"city": "Riga"}, actor=make_actor(), expected_version=loaded)
    edit_lead(lead_id, {"address": "Brivibas 1"}, actor=make_actor(), expected_version=loaded)
    assert (stored(lead_id).city, stored(lead_id).address) == ("Riga", "Brivibas 1")


def test_the_second_of_two_is_shown_what_changed(database: str) -> None:
    """Guards against a silent overwrite of somebody's work."""
    lead_id = make_lead(city="Oslo")
    loaded = stored(lead_id).version
    first = make_actor()
    edit_lead(lead_id, {"city": "Riga", "notes": "x"}, actor=first, expected_version=loaded)
    edit_lead(lead_id, {"job_title": "CEO"}, actor=first)
    with pytest.raises(StaleRecord) as stale:
        edit_lead(lead_id, {"city": "Tallinn"}, actor=make_actor(), expected_version=loaded)
    assert stale.value.changes == {"city": ("Oslo", "Riga", "Tallinn")}
    assert stale.value.params["by"] == first.name
    edit_field(lead_id, "city", "Tallinn", actor=make_actor(), expected_version=stale.value.version)
    assert stored(lead_id).city == "Tallinn"


def test_saving_the_same_value_twice_is_no_conflict(database: str) -> None:
    """Guards against a conflict between two people who agree."""
    lead_id = make_lead()
    loaded = stored(lead_id).version
    edit_field(lead_id, "city", "Riga", actor=make_actor(), expected_version=loaded)
    done = edit_field(lead_id, "city", "Riga", actor=make_actor(), expected_version=loaded)
    assert done.action_id is None


@pytest.mark.covers("X-19")
def test_a_closed_lead_is_read_only(database: str) -> None:
    """Guards against rewriting what has been decided."""
    lead_id = make_lead(stage_key="disqualified", state="cancelled")
    with pytest.raises(ActionRefused):
        edit_lead(lead_id, {"city": "Riga"}, actor=make_actor(Role.ADMIN))


@pytest.mark.covers("M-67")
def test_a_lead_given_to_a_unit_keeps_its_user_until_accepted(database: str) -> None:
    """Guards against going around Accept."""
    unit_id = make_unit()
    actor = make_actor(Role.SALES, unit_ids=(unit_id,))
    lead_id = make_lead(unit_id=unit_id)
    edit_lead(lead_id, {"city": "Riga"}, actor=actor)
    with pytest.raises(ActionRefused):
        edit_lead(lead_id, {"owner": actor.user_id}, actor=actor)


def test_the_owner_must_be_active(database: str) -> None:
    """Guards against leads that are given to somebody who has left."""
    lead_id = make_lead()
    gone = make_user(active=False)
    with pytest.raises(InvalidFields):
        edit_lead(lead_id, {"owner": gone}, actor=make_actor())
    edit_lead(lead_id, {"owner": make_user()}, actor=make_actor(Role.ADMIN))


@pytest.mark.covers("C-95")
def test_the_owner_stays_while_the_sale_is_awaited(database: str) -> None:
    """Guards against a lead whose owner changes behind its opportunity."""
    lead_id = make_lead(stage_key="awaiting_sale", state="in_progress")
    with pytest.raises(ActionRefused):
        edit_lead(lead_id, {"owner": make_user()}, actor=make_actor(Role.ADMIN))


def test_a_partner_edits_no_lead(database: str) -> None:
    """Guards against a portal user who calls the inner service."""
    with pytest.raises(NotPermitted):
        edit_lead(make_lead(), {"city": "Riga"}, actor=make_actor(Role.PARTNER))


def test_empty_numbers_are_stored_as_nothing(database: str) -> None:
    """Guards against zero where nothing was typed."""
    lead_id = make_lead(employees=5)
    edit_lead(lead_id, {"employees": "", "budget": "1200"}, actor=make_actor())
    lead = stored(lead_id)
    assert (lead.employees, lead.budget_minor, lead.budget_is_set) == (None, 1200, True)
