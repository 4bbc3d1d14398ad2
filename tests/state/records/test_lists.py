"""The lists of records, without a browser."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import reflex as rx

from leadhub.domain.actor import Role
from leadhub.live import LiveEvent
from leadhub.queries.actors import forget_actors
from leadhub.state.my_day import MyDayState
from leadhub.state.palette import PaletteState
from leadhub.state.records.lists import AccountList, ActivityList, CampaignList, ContactList
from leadhub.state.records.page import ContactPage
from tests.factories import make_account, make_activity, make_actor, make_contact, make_lead

Tab = Callable[[int | None], rx.State]


def _tab(signed_in: Tab, actor: Any, address: str) -> rx.State:
    forget_actors()
    root = signed_in(actor.user_id)
    data = {**(root.router_data or {}), "headers": dict(root.router_data.get("headers", {}))}
    data |= {"pathname": address.partition("?")[0], "asPath": address}
    data["headers"]["origin"] = "http://localhost"
    root._update_router_vars(data, root.router_data or {})
    root.router_data = data
    return root


async def _list(signed_in: Tab, state: Any, address: str, role: Role = Role.SALES) -> Any:
    actor = make_actor(role)
    found = await _tab(signed_in, actor, address).get_state(state)
    await state.open.fn(found)
    return found, actor


async def test_the_address_restores_search_sort_and_filters(signed_in: Tab) -> None:
    """A shared link that shows another list."""
    make_contact(name="Ada Berg", city="Oslo")
    make_contact(name="Ada Dahl", city="Rome")
    make_contact(name="Bo Ek", city="Oslo")
    state, _ = await _list(signed_in, ContactList, "/contacts?q=ada&sort=-name&f=city:is:Oslo")
    assert [row.title for row in state.rows] == ["Ada Berg"]
    assert (state.search, state.sort, state.descending) == ("ada", "name", True)
    assert [chip.label_key for chip in state.chips] == ["fields.contact.city"]


async def test_activities_open_with_ones_own_open_ones(signed_in: Tab) -> None:
    """Everybody's tasks first, one's own somewhere below."""
    state, actor = await _list(signed_in, ActivityList, "/activities")
    mine = make_activity(owner_id=actor.user_id, due_at=datetime.now(UTC))
    make_activity(owner_id=actor.user_id, status="done")
    await ActivityList.open.fn(state)
    assert state.view == "my_open"
    assert [row.id for row in state.rows] == [mine]
    assert state.chips == []
    await ActivityList.pick_view.fn(state, "all")
    assert len(state.rows) == 2
    await ActivityList.complete.fn(state, mine)
    assert {row.state for row in state.rows} == {"done"}


async def test_a_filter_is_put_together_and_taken_away(signed_in: Tab) -> None:
    """A condition that cannot be removed, or one that lets everything pass."""
    make_account(name="Big", employees=900)
    make_account(name="Small", employees=9)
    state, _ = await _list(signed_in, AccountList, "/accounts")
    await AccountList.open_filter.fn(state)
    await AccountList.pick_filter_field.fn(state, "employees")
    await AccountList.pick_operator.fn(state, "at_least")
    await AccountList.add_filter.fn(state, {"value": "100"})
    assert [row.title for row in state.rows] == ["Big"]
    await AccountList.remove_filter.fn(state, 0)
    assert len(state.rows) == 2
    await AccountList.pick_filter_field.fn(state, "is_partner")
    await AccountList.add_filter.fn(state, {"value": "true"})
    assert state.rows == []


async def test_a_new_record_stands_in_the_list_or_says_what_is_wrong(signed_in: Tab) -> None:
    """A form that closes and loses what was typed."""
    state, actor = await _list(signed_in, ContactList, "/contacts")
    await ContactList.open_new.fn(state)
    assert state.own_id == str(actor.user_id)
    await ContactList.create.fn(state, {"name": "Ada Berg", "email": "nope"})
    assert set(state.errors) == {"email"}
    assert state.new_open
    await ContactList.create.fn(state, {"name": "Ada Berg", "email": "a@b.example"})
    assert not state.new_open
    assert [row.title for row in state.rows] == ["Ada Berg"]


async def test_what_others_add_appears(signed_in: Tab) -> None:
    """A list that only a reload brings up to date."""
    state, _ = await _list(signed_in, CampaignList, "/campaigns", Role.MARKETER)
    contacts, _ = await _list(signed_in, ContactList, "/contacts")
    fresh = make_contact(name="Cy Falk")
    await contacts._follow(LiveEvent(tables={"contact": (fresh,)}))
    assert [row.id for row in contacts.rows] == [fresh]
    assert state.rows == []


async def test_the_page_edits_a_field_and_shows_it_in_history(signed_in: Tab) -> None:
    """A save without a trace."""
    record_id = make_contact(name="Ada Berg")
    state, _ = await _page(signed_in, record_id)
    await ContactPage.save_field.fn(state, "job_title", "CFO")
    field = next(one for group in state.groups for one in group.fields if one.key == "job_title")
    assert field.display == "CFO"
    assert [change.new for change in state.history[0].changes] == ["CFO"]
    await ContactPage.save_field.fn(state, "email", "nope")
    assert set(state.errors) == {"email"}


async def test_a_record_that_is_not_there_says_so(signed_in: Tab) -> None:
    """An empty page, or another record's fields on it."""
    state, _ = await _page(signed_in, make_contact(name="Ada Berg"))
    assert (state.status, state.head.title) == ("ready", "Ada Berg")
    state, _ = await _page(signed_in, 999_999)
    assert (state.status, state.head.title) == ("missing", "")


async def _page(signed_in: Tab, record_id: int) -> Any:
    actor = make_actor()
    state = await _tab(signed_in, actor, f"/contacts/{record_id}").get_state(ContactPage)
    await ContactPage.load.fn(state)
    return state, actor


async def test_the_palette_finds_records_and_offers_what_one_may_do(signed_in: Tab) -> None:
    """Commands that end in "not permitted"."""
    actor = make_actor(Role.SALES)
    make_lead(contact_name="Ada Berg", owner_id=actor.user_id)
    make_contact(name="Ada Berg")
    state = await _tab(signed_in, actor, "/").get_state(PaletteState)
    await PaletteState.open.fn(state)
    offered = {row.value for row in state.commands}
    assert {"new_lead", "my_day", "contacts"} <= offered
    assert not {"audit", "settings", "campaigns"} & offered
    await PaletteState.search.fn(state, "ada be")
    assert [row.kind for row in state.results] == ["lead", "contact"]
    assert await PaletteState.pick.fn(state, "new_lead") is not None
    assert not state.opened


async def test_my_day_follows_what_is_done(signed_in: Tab) -> None:
    """A task that stays after it is completed."""
    actor = make_actor()
    late = make_activity(owner_id=actor.user_id, due_at=datetime.now(UTC) - timedelta(days=1))
    state = await _tab(signed_in, actor, "/").get_state(MyDayState)
    await MyDayState.load.fn(state)
    assert [section.key for section in state.sections] == ["overdue"]
    await MyDayState.complete.fn(state, late)
    assert state.sections == []


@pytest.mark.parametrize("kind", ["exe", "../csv", ""])
async def test_only_known_files_are_downloaded(signed_in: Tab, kind: str) -> None:
    """A handler that lets a client name an address."""
    state, _ = await _list(signed_in, ContactList, "/contacts")
    assert await ContactList.export.fn(state, kind) is None
