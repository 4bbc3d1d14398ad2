"""The state of the lead's page, without a browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import reflex as rx

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.live import LiveEvent
from leadhub.models import Contact, Lead
from leadhub.queries.leads.neighbours import find_neighbours
from leadhub.services.leads.answers import Answers
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.disqualify import disqualify_lead
from leadhub.services.leads.edit import edit_lead
from leadhub.state.lead_page import LeadPage
from tests.factories import lookup_id, make_account, make_actor, make_contact, make_lead, make_user
from tests.state.conftest import carry_session

Tab = Callable[[int | None], rx.State]


def _new_lead(actor: Actor, **values: Any) -> int:
    given = {
        "customer_need": lookup_id("customer_need", "software"),
        "contact_name": "Ann Lee",
        "account_name": "Acme",
        "owner": actor.user_id,
    }
    return create_lead({**given, **values}, actor=actor).lead_id


async def _open(signed_in: Tab, actor: Actor, lead_id: int, query: str = "") -> LeadPage:
    root = signed_in(None)
    carry_session(root, actor.user_id, path=f"/leads/{lead_id}{query}")
    page = await root.get_state(LeadPage)
    await LeadPage.load.fn(page)
    return page


def _field(page: LeadPage, key: str) -> Any:
    return next(one for group in page.groups for one in group.fields if one.key == key)


def _stored(lead_id: int) -> Lead:
    with read_session() as session:
        return session.get_one(Lead, lead_id)


async def test_the_page_opens_at_the_tab_of_its_address(signed_in: Tab) -> None:
    """Guards against a shared link that opens somewhere else, and a tab that only a client invents."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor)
    page = await _open(signed_in, actor, lead, "?tab=history")
    assert (page.status, page.tab, page.lead.id) == ("ready", "history", lead)
    assert [group.key for group in page.groups] == ["handoff"]
    page = await _open(signed_in, actor, lead, "?tab=general")
    assert page.tab == "lead_info"


async def test_a_partner_lead_has_the_tabs_of_its_form_first(signed_in: Tab) -> None:
    """Guards against SimpleOne's form without its tabs."""
    actor = make_actor(Role.ADMIN)
    lead = create_lead({"title": "Deal"}, actor=actor, lead_type="partner").lead_id
    assert (await _open(signed_in, actor, lead)).tab == "general"


async def test_a_lead_of_another_team_is_missing_and_leaves_nothing_behind(signed_in: Tab) -> None:
    """Guards against a page that still holds what one may no longer see."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor)
    page = await _open(signed_in, actor, lead)
    edit_lead(lead, {"owner": make_user()}, actor=make_actor(Role.ADMIN))
    await page._refresh(LiveEvent())
    assert (page.status, page.lead.title, page.groups) == ("missing", "", [])


async def test_a_field_is_saved_in_its_place(signed_in: Tab) -> None:
    """Guards against an editor that says yes and saves nothing."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor)
    page = await _open(signed_in, actor, lead)
    await LeadPage.begin_edit.fn(page, "target_amount", page.lead.version)
    await LeadPage.save_field.fn(page, "target_amount", "1,250.50")
    assert _stored(lead).target_amount_minor == 125050
    assert (_field(page, "target_amount").value, page.errors) == ("1250.50", {})


async def test_a_broken_rule_stands_beside_its_field(signed_in: Tab) -> None:
    """Guards against a refusal that nobody can place."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor)
    page = await _open(signed_in, actor, lead)
    await LeadPage.save_field.fn(page, "email", "nonsense")
    assert page.errors["email"].key == "errors.value_not_email"
    await LeadPage.save_field.fn(page, "email", "ann@example.com")
    assert page.errors == {}


async def test_two_people_on_one_field_are_told_of_each_other(signed_in: Tab) -> None:
    """Guards against work overwritten in silence."""
    actor, other = make_actor(Role.SALES), make_actor(Role.ADMIN)
    lead = _new_lead(actor, city="Rome")
    page = await _open(signed_in, actor, lead)
    await LeadPage.begin_edit.fn(page, "city", page.lead.version)
    edit_lead(lead, {"city": "Oslo"}, actor=other)
    await page._refresh(LiveEvent())
    await LeadPage.save_field.fn(page, "city", "Bern")
    assert _stored(lead).city == "Oslo"
    assert [(c.theirs, c.mine) for c in page.stale] == [("Oslo", "Bern")]
    assert page.stale_by == other.name
    await LeadPage.keep_mine.fn(page)
    assert (_stored(lead).city, page.stale) == ("Bern", [])


async def test_two_people_on_two_fields_do_not_disturb_each_other(signed_in: Tab) -> None:
    """Guards against a warning at every save."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor)
    page = await _open(signed_in, actor, lead)
    await LeadPage.begin_edit.fn(page, "city", page.lead.version)
    edit_lead(lead, {"website": "acme.example"}, actor=make_actor(Role.ADMIN))
    await LeadPage.save_field.fn(page, "city", "Bern")
    assert (_stored(lead).city, page.stale) == ("Bern", [])


async def test_a_closed_lead_is_read_only_but_takes_comments(signed_in: Tab) -> None:
    """Guards against a closed lead that changes, and against one that falls silent (C-68)."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor)
    reason = lookup_id("disqualification_reasons", "spam")
    disqualify_lead(lead, actor=actor, answers=Answers(reason_id=reason))
    page = await _open(signed_in, actor, lead)
    assert not any(one.can_edit for group in page.groups for one in group.fields)
    await LeadPage.comment.fn(page, {"body": "Too bad"})
    page.tab = "feed"
    await page._load(actor)
    assert [post.body for post in page.posts] == ["Too bad"]


@pytest.mark.covers("C-101", "C-104", "C-105", "C-106")
async def test_a_similar_contact_is_linked_unlinked_and_made_anew(signed_in: Tab) -> None:
    """Guards against "Select from similar" that links the wrong one or cannot be taken back."""
    actor = make_actor(Role.SALES)
    known = make_contact(name="Ann Lee", email="ann@acme.example", account_id=make_account(name="Acme"))
    lead = _new_lead(actor, email="ann@acme.example")
    page = await _open(signed_in, actor, lead)
    await LeadPage.open_similar.fn(page, "contact")
    assert [(one.id, one.is_exact) for one in page.similar] == [(known, True)]
    await LeadPage.link_record.fn(page, str(known))
    assert (_stored(lead).contact_id, page.contact.record_id, page.similar_of) == (known, known, "")
    await LeadPage.unlink_record.fn(page, "contact")
    assert _stored(lead).contact_id is None
    await LeadPage.open_similar.fn(page, "contact")
    await LeadPage.create_record.fn(page)
    made = _stored(lead).contact_id
    assert made not in (None, known)
    with read_session() as session:
        assert session.get_one(Contact, made).email == "ann@acme.example"


async def test_previous_and_next_walk_the_list_that_it_was_opened_from(signed_in: Tab) -> None:
    """Guards against arrows that leave the list's filter or order."""
    actor = make_actor(Role.SALES)
    first, second, third = (_new_lead(actor, city=city) for city in ("Rome", "Oslo", "Bern"))
    make_lead(owner_id=make_user())
    found = find_neighbours(second, "", actor=actor)
    assert {found.previous_id, found.next_id} == {first, third}
    page = await _open(signed_in, actor, second, "?list=sort%3Dnumber")
    assert page.next_href.startswith("/leads/")
    assert page.list_href.endswith("?sort=number")
    assert find_neighbours(10**6, "junk&&=", actor=actor).next_id is None


async def test_undo_shows_what_it_restores_first(signed_in: Tab) -> None:
    """Guards against an undo in the dark."""
    actor = make_actor(Role.SALES)
    lead = _new_lead(actor, city="Rome")
    edit_lead(lead, {"city": "Oslo"}, actor=actor)
    page = await _open(signed_in, actor, lead, "?tab=history")
    await LeadPage.ask_undo.fn(page, page.history[0].action_id)
    assert [(c.old, c.new) for c in page.undo_view.changes] == [("Oslo", "Rome")]
    event = await LeadPage.confirm_undo.fn(page)
    assert event is not None
    assert page.undo_view.action_id == 0


async def test_the_state_stays_small(signed_in: Tab) -> None:
    """Guards against a page that sends every tab with every update."""
    actor = make_actor(Role.SALES)
    page = await _open(signed_in, actor, _new_lead(actor))
    sent = page.dict()[LeadPage.get_full_name()]
    assert len(json.dumps(sent, default=lambda row: getattr(row, "__dict__", str(row)))) < 20_000
