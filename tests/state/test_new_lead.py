from collections.abc import Callable
from typing import Any

import pytest
import reflex as rx

from leadhub.domain.actor import Role
from leadhub.domain.errors import NotPermitted, NotSignedIn
from leadhub.domain.list_query import LeadListQuery
from leadhub.queries.actors import forget_actors
from leadhub.queries.leads.list import list_leads
from leadhub.queries.leads.options import get_field_value
from leadhub.state.new_lead import NewLead, full_fields
from tests.factories import lookup_id, make_actor, make_contact

Tab = Callable[[int | None], rx.State]


@pytest.fixture
def dialog(signed_in: Tab) -> Callable[..., Any]:
    async def opened(role: Role = Role.SALES) -> tuple[NewLead, Any]:
        actor = make_actor(role)
        forget_actors()
        state = await signed_in(actor.user_id).get_state(NewLead)
        await NewLead.open.fn(state)
        return state, actor

    return opened


@pytest.mark.covers("C-06", "C-07", "C-08", "C-09", "C-10", "C-11")
async def test_the_mini_page_needs_a_customer_need(dialog: Any) -> None:
    """A lead without a need is nobody's business."""
    state, actor = await dialog()
    assert state.opened
    assert "Software" in [one.label for one in state.options["customer_need"]]
    await NewLead.save.fn(state, {"contact_name": "Ida Frost", "email": "nonsense"})
    assert state.opened
    assert "email" in state.errors
    await NewLead.save.fn(state, {"contact_name": "Ida Frost", "email": "ida@example.com"})
    assert "customer_need" in state.errors
    need = str(lookup_id("customer_need", "software"))
    await NewLead.save.fn(state, {"customer_need": need, "contact_name": "Ida Frost"})
    assert not state.opened
    assert list_leads(LeadListQuery(), actor=actor).rows[0].contact_name == "Ida Frost"


async def test_who_is_known_is_shown_while_typing_and_can_be_used(dialog: Any) -> None:
    """The same person would be entered again and again."""
    contact = make_contact(name="Ida Frost", email="ida@frost.example")
    state, actor = await dialog()
    await NewLead.look_for.fn(state, "contact_name", "Ida Frost")
    await NewLead.look_for.fn(state, "email", "ida@frost.example")
    assert [(one.entity, one.id) for one in state.known] == [("contact", contact)]
    await NewLead.use.fn(state, "contact", contact)
    need = str(lookup_id("customer_need", "software"))
    await NewLead.save.fn(state, {"customer_need": need, "contact_name": "Ida Frost"})
    assert list_leads(LeadListQuery(), actor=actor).rows[0].contact_id == contact


async def test_a_record_that_was_not_offered_cannot_be_used(dialog: Any) -> None:
    """A client could link anything by its id."""
    state, _ = await dialog()
    await NewLead.use.fn(state, "contact", make_contact(name="Else"))
    assert state.contact_id == 0


@pytest.mark.covers("S-09", "S-38")
async def test_partner_and_service_leads_have_the_full_form(dialog: Any) -> None:
    """Half of the fields would have to be filled in later."""
    state, actor = await dialog(Role.MANAGER)
    await NewLead.pick_type.fn(state, "service")
    keys = {spec.key for spec in full_fields()}
    assert {"title", "budget", "decision_level"} <= keys
    assert "meeting_at" not in keys
    events = await NewLead.save.fn(state, {"title": "Fibre line", "budget": "1.250,50", "then": "stay"})
    assert isinstance(events, list)
    row = list_leads(LeadListQuery(), actor=actor).rows[0]
    budget = get_field_value(row.id, "budget", actor=actor)
    assert (row.lead_type, budget.value) == ("service", "1250.50")


async def test_nobody_and_the_wrong_role_add_nothing(dialog: Any, signed_in: Tab) -> None:
    """Any client can call any handler."""
    nobody = await signed_in(None).get_state(NewLead)
    with pytest.raises(NotSignedIn):
        await NewLead.save.fn(nobody, {"customer_need": "1"})
    partner = make_actor(Role.PARTNER)
    forget_actors()
    state = await signed_in(partner.user_id).get_state(NewLead)
    with pytest.raises(NotPermitted):
        await NewLead.open.fn(state)
    with pytest.raises(NotPermitted):
        await NewLead.look_for.fn(state, "email", "ida@example.com")
