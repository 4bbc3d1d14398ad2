from collections.abc import Callable
from typing import Any

import pytest
import reflex as rx

from leadhub.domain.actor import Role
from leadhub.domain.errors import InvalidInput, LeadNotFound, NotSignedIn
from leadhub.domain.list_query import LeadListQuery
from leadhub.domain.process.engine import ActionRefused
from leadhub.queries.actors import forget_actors
from leadhub.queries.leads.list import list_leads
from leadhub.services.leads.create import create_lead
from leadhub.state.lead_actions import LeadActions
from leadhub.state.typed import typed_minor
from tests.factories import lookup_id, make_actor, make_contact

Tab = Callable[[int | None], rx.State]


class Journey:
    """One person, one tab, one new lead."""

    def __init__(self, state: LeadActions, actor: Any, lead_id: int):
        self.state, self.actor, self.lead_id = state, actor, lead_id

    async def start(self, action: str, argument: str = "") -> Any:
        return await LeadActions.start.fn(self.state, self.lead_id, action, argument)

    async def submit(self, **form: Any) -> Any:
        return await LeadActions.submit.fn(self.state, form)

    def row(self) -> Any:
        page = list_leads(LeadListQuery(), actor=self.actor)
        return next(row for row in page.rows if row.id == self.lead_id)


@pytest.fixture
def journey(signed_in: Tab) -> Callable[..., Any]:
    async def begin(role: Role = Role.MANAGER, **values: Any) -> Journey:
        actor = make_actor(role)
        forget_actors()
        lead_type = values.pop("lead_type", "customer")
        if lead_type == "customer":
            values["customer_need"] = lookup_id("customer_need", "software")
        given = {"contact_name": "Ida Frost", "owner": actor.user_id, **values}
        lead_id = create_lead(given, actor=actor, lead_type=lead_type).lead_id
        state = await signed_in(actor.user_id).get_state(LeadActions)
        return Journey(state, actor, lead_id)

    return begin


async def test_a_clear_lead_is_qualified_in_one_click(journey: Any) -> None:
    """A dialog would stand in the way where there is nothing to ask."""
    one = await journey()
    toast = await one.start("process")
    assert one.state.opened == ""
    assert "actions.done_qualify" in str(toast)
    assert one.row().stage_key == "handoff"


@pytest.mark.covers("C-34", "C-105")
async def test_several_similar_contacts_are_asked_about(journey: Any) -> None:
    """Qualify would link the wrong person, or make a third one."""
    make_contact(name="Ida Frost", email="ida@one.example")
    second = make_contact(name="Ida Frost", email="ida@two.example")
    one = await journey(email="ida@else.example")
    await one.start("qualify")
    assert one.state.opened == "customer"
    assert len(one.state.contacts) == 2
    assert one.row().stage_key == "qualification"
    await LeadActions.choose_customer.fn(one.state, {})
    assert "contact" in one.state.errors
    await LeadActions.choose_customer.fn(one.state, {"contact": str(second)})
    assert (one.state.opened, one.row().stage_key, one.row().contact_id) == ("", "handoff", second)


@pytest.mark.covers("C-35")
async def test_disqualify_asks_for_a_reason(journey: Any) -> None:
    """A lead would be given up and nobody would know why."""
    one = await journey()
    await one.start("disqualify")
    assert one.state.opened == "ask"
    assert "Incorrect data" in [reason.label for reason in one.state.dialog.reasons]
    await one.submit(reason="", note="")
    assert "reason" in one.state.errors
    await one.submit(reason=str(lookup_id("disqualification_reasons", "incorrect_data")))
    assert (one.state.opened, one.row().state) == ("", "cancelled")


async def test_a_reason_of_the_submenu_needs_no_dialog(journey: Any) -> None:
    """The submenu names the reason already."""
    one = await journey()
    await one.start("disqualify", str(lookup_id("disqualification_reasons", "spam")))
    assert (one.state.opened, one.row().state) == ("", "cancelled")


@pytest.mark.covers("C-47", "C-49", "C-54", "C-57")
async def test_proceed_to_handoff_opens_the_form_at_once(journey: Any) -> None:
    """The handoff data would be asked for later, when nobody remembers it."""
    one = await journey()
    await one.start("qualify")
    await one.start("handoff")
    assert one.state.opened == "ask"
    keys = [result.key for result in one.state.dialog.results]
    assert keys[:2] == ["proceed_to_order", "proceed_to_handoff"]
    await LeadActions.pick_result.fn(one.state, "proceed_to_handoff")
    await one.submit(result="proceed_to_handoff", note="Call before noon")
    assert (one.state.opened, one.state.dialog.asks) == ("ask", ["form"])
    assert one.state.dialog.handoff["handoff_notes"] == "Call before noon"
    assert one.state.dialog.handoff["handoff_assignee"] == str(one.actor.user_id)
    await one.submit(result="entered", budget="12,500.50", handoff_notes="Ready")
    assert (one.state.opened, one.row().stage_key) == ("", "awaiting_sale")


@pytest.mark.covers("C-59")
async def test_rescheduled_asks_for_the_new_date(journey: Any) -> None:
    """The new task would be due on a day nobody chose."""
    one = await journey()
    await one.start("qualify")
    await one.start("handoff")
    await LeadActions.pick_result.fn(one.state, "rescheduled")
    assert one.state.chosen.required == ["new_date"]
    await one.submit(result="rescheduled", new_date="")
    assert "new_date" in one.state.errors
    await one.submit(result="rescheduled", new_date="2027-03-01T09:30")
    assert (one.state.opened, one.row().stage_key) == ("", "handoff")


@pytest.mark.covers("C-60", "B-11")
async def test_handoff_resumes_where_nothing_waits(journey: Any) -> None:
    """A customer who was not interested could never be asked again."""
    one = await journey()
    await one.start("qualify")
    await one.start("handoff")
    await one.submit(result="not_interested", note="Next year")
    assert one.row().maturity == "not_interested"
    await one.start("handoff")
    assert (one.state.opened, one.state.dialog.action) == ("ask", "complete")


@pytest.mark.covers("C-40", "C-41", "C-43")
async def test_the_distribution_page_says_who_and_what_next(journey: Any) -> None:
    """Owner, strategy and outcome would be typed in vain."""
    one = await journey(Role.ADMIN)
    colleague = make_actor(Role.SALES)
    await one.start("distribute")
    assert one.state.opened == "distribute"
    assert [result.label for result in one.state.dialog.results] == [
        "Start proceeding to handoff",
        "Continue nurturing",
        "Not interested",
    ]
    await one.submit(
        outcome="start_handoff", owner=str(colleague.user_id), strategy="Call weekly", next_on="2027-01-05"
    )
    row = one.row()
    assert (row.stage_key, row.owner_id, row.follow_up_on) == ("handoff", colleague.user_id, "2027-01-05")


async def test_a_call_and_its_follow_up_are_one_dialog(journey: Any) -> None:
    """Two clicks would be six."""
    one = await journey()
    await one.start("log_call")
    assert one.state.opened == "log_call"
    await one.submit(note="Interested", direction="outbound", follow_up_on="2027-02-01", before="")
    row = one.row()
    assert (row.follow_up_on, bool(row.last_activity_at)) == ("2027-02-01", True)


async def test_a_double_click_on_save_does_it_once(journey: Any) -> None:
    """One call would be logged twice."""
    one = await journey()
    await one.start("log_call")
    assert await one.submit(note="Interested") is not None
    assert await one.submit(note="Interested") is None
    assert one.state.done_count == 1


async def test_a_moment_is_the_persons_own(journey: Any) -> None:
    """An appointment at nine in Berlin would be shown at ten."""
    one = await journey()
    await one.start("schedule")
    await one.submit(kind="meeting", title="Demo", due_at="2027-02-30T10:00")
    assert "due_at" in one.state.errors
    toast = await one.submit(kind="meeting", title="Demo", due_at="2027-02-03T10:00")
    assert "done_schedule" in str(toast)


@pytest.mark.covers("M-70", "M-72")
async def test_a_service_lead_is_lost_with_a_reason(journey: Any) -> None:
    """A lost lead needs a reason, whatever its process."""
    one = await journey(lead_type="service", title="Fibre line")
    await one.start("lose")
    assert (one.state.opened, one.state.dialog.asks) == ("ask", ["reason"])
    await one.submit(reason=str(lookup_id("lost_reasons", "price")))
    assert one.row().state == "lost"


async def test_what_the_process_refuses_opens_nothing(journey: Any) -> None:
    """A dialog would ask for answers that cannot be used."""
    one = await journey()
    with pytest.raises(ActionRefused):
        await one.start("reopen")
    assert one.state.opened == ""
    with pytest.raises(InvalidInput):
        await one.start("explode")
    with pytest.raises(InvalidInput):
        await one.submit(result="x")


async def test_nobody_and_strangers_get_nothing(journey: Any, signed_in: Tab) -> None:
    """Any client can call any handler with anything."""
    one = await journey()
    nobody = await signed_in(None).get_state(LeadActions)
    with pytest.raises(NotSignedIn):
        await LeadActions.start.fn(nobody, one.lead_id, "qualify", "")
    stranger = await signed_in(make_actor(Role.SALES).user_id).get_state(LeadActions)
    for junk in (one.lead_id, -1, "x", None, {}, 2**70):
        with pytest.raises(LeadNotFound):
            await LeadActions.start.fn(stranger, junk, "qualify", "")


def test_amounts_are_read_in_either_notation() -> None:
    """A budget would be a hundred times too high or too low."""
    given = ["1250", "1,250.50", "1.250,50", "1 250,5", "", "-3", "abc", "12.345"]
    assert [typed_minor(text) for text in given] == [125000, 125050, 125050, 125050, "", -300, "abc", 1234500]
