from typing import Any

from leadhub.domain.actor import Role
from leadhub.services.leads.qualify import qualify_lead
from leadhub.state.lead_list import LeadList
from tests.factories import lookup_id


async def _run(tab: Any, kind: str, form: dict[str, str]) -> Any:
    """The handler without its lock: what it does is in its parts."""
    await tab.do(LeadList.open_bulk, kind)
    call = tab.state._bulk_call(tab.state.bulk_open, form, tab.actor)
    done = call(list(tab.state.selected), actor=tab.actor)
    tab.state._show_bulk_result(done)
    await tab.state._reload(tab.actor)
    return done


async def test_ticked_rows_are_the_ones_shown(list_tab: Any) -> None:
    """A client could tick leads that its user may not see."""
    tab = await list_tab("Ida", "Noah")
    await tab.do(LeadList.select, [*tab.lead_ids, 99_999, "x", None], tab.lead_ids[0])
    assert sorted(tab.state.selected) == sorted(tab.lead_ids)
    assert tab.state.current.id == tab.lead_ids[0]
    await tab.do(LeadList.clear_selection)
    assert tab.state.selected == []


async def test_one_field_is_set_on_all(list_tab: Any) -> None:
    """Ten leads would be edited ten times."""
    tab = await list_tab("Ida", "Noah")
    await tab.do(LeadList.select, tab.lead_ids, 0)
    done = await _run(tab, "edit", {"value": str(lookup_id("source", "referral"))})
    assert (done.done, tab.state.bulk_open, done.action_id is not None) == (2, "", True)
    assert {row.cells["source"] for row in tab.state.rows} == {"Referral"}


async def test_failures_are_named_row_by_row(list_tab: Any) -> None:
    """Nobody would know which of a hundred leads stayed as they were, and why."""
    tab = await list_tab("Ida", "Noah")
    qualify_lead(tab.lead_ids[0], actor=tab.actor)
    await tab.do(LeadList.select, tab.lead_ids, 0)
    await _run(tab, "delete", {})
    assert (tab.state.bulk_open, tab.state.bulk_done) == ("result", 1)
    assert [(one.lead_id, one.key) for one in tab.state.bulk_failures] == [
        (tab.lead_ids[0], "process.refused.delete_only_pending")
    ]


async def test_a_move_asks_for_the_reason_of_its_stage(list_tab: Any) -> None:
    """Every single lead would fail for want of a reason."""
    tab = await list_tab("Ida", "Noah", role=Role.ADMIN)
    await tab.do(LeadList.select, tab.lead_ids, 0)
    await tab.do(LeadList.open_bulk, "move")
    await tab.do(LeadList.pick_bulk_stage, "disqualified")
    spam = next(one.value for one in tab.state.bulk_reasons if one.label == "Spam")
    call = tab.state._bulk_call("move", {"reason": spam}, tab.actor)
    assert call(tab.lead_ids, actor=tab.actor).done == 2


async def test_everything_that_matches_can_be_meant(list_tab: Any) -> None:
    """Two hundred rows would be the most that one could change at once."""
    tab = await list_tab("Ida", "Noah")
    await tab.do(LeadList.select, [tab.lead_ids[0]], 0)
    await tab.do(LeadList.select_all_matching)
    assert tab.state.all_matching


async def test_the_export_has_the_filter_and_the_columns(list_tab: Any) -> None:
    """The file would hold something else than the screen."""
    tab = await list_tab("Ida", "Noah")
    await tab.do(LeadList.search_for, "ida")
    await tab.do(LeadList.open_export)
    assert tab.state.export_open
    script = str(await tab.do(LeadList.export, {"format": "csv"}))
    assert "/export/leads.csv?q=ida" in script
    await tab.do(LeadList.select, [tab.state.rows[0].id], 0)
    await tab.do(LeadList.open_export)
    assert f"number:is:{tab.state.rows[0].id}" in str(await tab.do(LeadList.export, {}))
