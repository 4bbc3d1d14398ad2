from typing import Any

import pytest

from leadhub.domain.actor import Role
from leadhub.domain.errors import NotSignedIn
from leadhub.live import LiveEvent
from leadhub.services.leads.edit import edit_field
from leadhub.state.lead_list import LeadList
from leadhub.state.lead_list.rows import MOST_ROWS, PAGE_ROWS


async def test_the_address_is_the_state(list_tab: Any) -> None:
    """Reload, Back and a shared link would show another list."""
    tab = await list_tab("Ida Frost", "Noah Okafor", "Idris Elba")
    await tab.do(LeadList.search_for, "id")
    await tab.do(LeadList.sort_by, "contact_name")
    script = str((await tab.do(LeadList.sort_by, "contact_name"))[-1])
    assert "q=id" in script
    assert "sort=-contact_name" in script
    again = await list_tab("Else")
    await again.open("?q=id&sort=-contact_name&cols=contact_name,email&mode=board&type=all")
    assert (again.state.search, again.state.sort, again.state.descending) == ("id", "contact_name", True)
    assert (again.state.mode, again.state.board_type) == ("board", "")


async def test_junk_in_the_address_shows_the_usual_list(list_tab: Any) -> None:
    """Anybody can type anything into an address bar."""
    tab = await list_tab("Ida")
    await tab.open("?view=99999&f=x:y:z;;&sort=--nope&cols=,,password_hash&mode=explode&q=%00")
    assert (tab.state.mode, tab.titles, tab.state.chips) == ("list", ["Ida"], [])


async def test_rows_come_in_pages_and_the_window_is_bounded(list_tab: Any) -> None:
    """Ten thousand rows in the state would be megabytes at every change."""
    tab = await list_tab(*[f"Person {n:03}" for n in range(PAGE_ROWS + 5)])
    assert (len(tab.state.rows), tab.state.more) == (PAGE_ROWS, True)
    await tab.do(LeadList.show_more)
    assert (len(tab.state.rows), tab.state.more) == (PAGE_ROWS + 5, False)
    assert len({row.id for row in tab.state.rows}) == PAGE_ROWS + 5
    assert MOST_ROWS == 200


async def test_next_and_previous_come_back_to_the_same_rows(list_tab: Any) -> None:
    """A page would be skipped or shown twice."""
    tab = await list_tab(*[f"Person {n:03}" for n in range(PAGE_ROWS + 5)])
    first = tab.titles
    await tab.do(LeadList.show_next)
    assert (len(tab.titles), tab.state.has_previous) == (5, True)
    await tab.do(LeadList.show_previous)
    assert tab.titles == first


async def test_the_exact_total_follows_the_rows(list_tab: Any) -> None:
    """Nobody would know how many there are."""
    tab = await list_tab("Ida", "Noah", target_amount=150_000)
    assert tab.state.total < 0
    tab.state.total, tab.state.amount_minor = await tab.state._count_now(tab.state._query, tab.actor)
    assert (tab.state.total, tab.state.amount_minor) == (2, 300_000)


async def test_a_cell_shows_the_rule_that_it_breaks(list_tab: Any) -> None:
    """What was typed would be lost, or saved although it is nonsense."""
    tab = await list_tab("Ida")
    (lead_id,) = tab.lead_ids
    await tab.do(LeadList.edit_cell, lead_id, "email")
    assert (tab.state.cell.row_id, tab.state.cell.key) == (lead_id, "email")
    await tab.do(LeadList.save_cell, lead_id, "email", "nonsense")
    assert (tab.state.cell.error_key, tab.state.cell.value) == ("errors.value_not_email", "nonsense")
    toast = await tab.do(LeadList.save_cell, lead_id, "email", "ida@example.com")
    assert "lead_list.saved" in str(toast)
    assert (tab.state.cell.row_id, tab.state.rows[0].email) == (0, "ida@example.com")


async def test_amounts_and_lookups_are_edited_as_people_write_them(list_tab: Any) -> None:
    """An amount would be saved a hundred times too small."""
    tab = await list_tab("Ida")
    (lead_id,) = tab.lead_ids
    await tab.do(LeadList.edit_cell, lead_id, "target_amount")
    await tab.do(LeadList.save_cell, lead_id, "target_amount", "12,500.50")
    assert tab.state.rows[0].amount_minor == 1_250_050
    await tab.do(LeadList.edit_cell, lead_id, "source")
    referral = next(one["value"] for one in tab.state.cell.options if one["label"] == "Referral")
    await tab.do(LeadList.save_cell, lead_id, "source", referral)
    assert tab.state.rows[0].cells["source"] == "Referral"


async def test_a_change_by_another_refreshes_only_what_it_touches(list_tab: Any) -> None:
    """Every screen would ask its query again at every change of any lead."""
    tab = await list_tab("Ida")
    (lead_id,) = tab.lead_ids
    touched = tab.state._is_touched
    assert touched(LiveEvent(tables={"lead": (lead_id,)}, fields=frozenset({"lead.city"})))
    assert touched(LiveEvent(tables={"lead": (lead_id + 9,)}, fields=frozenset({"lead.city"})))
    assert not touched(LiveEvent(tables={"lead": (lead_id - 1,)}, fields=frozenset({"lead.city"})))
    assert touched(LiveEvent(tables={"lead": (lead_id - 1,)}, fields=frozenset({"lead.owner_id"})))
    edit_field(lead_id, "contact_name", "Ida Thaw", actor=tab.actor)
    await tab.state._follow(LiveEvent(tables={"lead": (lead_id,)}))
    assert tab.titles == ["Ida Thaw"]


async def test_the_row_has_its_process_button(list_tab: Any) -> None:
    """Qualify would be two pages away."""
    tab = await list_tab("Ida")
    await tab.do(LeadList.pick_row, tab.lead_ids[0])
    assert (tab.state.current.id, tab.state.current.button) == (tab.lead_ids[0], "qualify")
    await tab.do(LeadList.pick_row, 0)
    assert tab.state.current.id == 0


async def test_bars_count_the_whole_filter(list_tab: Any) -> None:
    """A chart of the rows on screen would say nothing about the rest."""
    tab = await list_tab(*[f"Person {n}" for n in range(PAGE_ROWS + 3)])
    await tab.do(LeadList.pick_mode, "analytics")
    assert [(bar.label, bar.count) for bar in tab.state.bars["stage"]] == [("Qualification", PAGE_ROWS + 3)]
    await tab.do(LeadList.show_bar, "stage", "qualification")
    assert (tab.state.mode, len(tab.state.chips)) == ("list", 1)


async def test_nobody_sees_a_list(list_tab: Any, signed_in: Any) -> None:
    """Any client can call any handler without having opened the page."""
    await list_tab("Ida", role=Role.SALES)
    nobody = await signed_in(None).get_state(LeadList)
    for handler in (LeadList.open, LeadList.show_next, LeadList.open_filters, LeadList.open_export):
        with pytest.raises(NotSignedIn):
            await handler.fn(nobody)
    assert nobody.rows == []
