from typing import Any

import pytest

from leadhub.domain.actor import Role
from leadhub.domain.errors import InvalidInput, NotFound
from leadhub.services.leads.qualify import qualify_lead
from leadhub.state.lead_list import LeadList


async def _with_filter(tab: Any, key: str, operator: str, *values: str) -> None:
    await tab.do(LeadList.open_filters)
    await tab.do(LeadList.set_condition_field, 0, 0, key)
    await tab.do(LeadList.set_condition_operator, 0, 0, operator)
    if tab.state.draft[0].filters[0].many:
        await tab.do(LeadList.set_condition_values, 0, 0, list(values))
    else:
        for place, value in enumerate(values):
            await tab.do(LeadList.set_condition_value, 0, 0, place, value)
    await tab.do(LeadList.apply_filters)


async def test_the_builder_asks_by_the_kind_of_the_field(list_tab: Any) -> None:
    """An amount would be compared with a word, a stage typed by hand."""
    tab = await list_tab("Ida", "Noah")
    qualify_lead(tab.lead_ids[0], actor=tab.actor)
    await _with_filter(tab, "stage", "one_of", "handoff")
    assert tab.titles == ["Ida"]
    assert [(chip.label_key, chip.values) for chip in tab.state.chips] == [
        ("fields.lead.stage", "Handoff to sales / Handoff to bank sales")
    ]
    await tab.do(LeadList.remove_filter, 0, 0)
    assert len(tab.titles) == 2


async def test_amounts_are_asked_in_major_units(list_tab: Any) -> None:
    """More than 1,000 would find everything above 10."""
    tab = await list_tab("Ida", target_amount=50_000)
    await _with_filter(tab, "target_amount", "more", "499.99")
    assert tab.titles == ["Ida"]
    await tab.do(LeadList.open_filters)
    assert tab.state.draft[0].filters[0].given == ["499.99"]
    await _with_filter(tab, "target_amount", "more", "500")
    assert tab.titles == []


async def test_conditions_hold_all_or_any(list_tab: Any) -> None:
    """Or would mean and."""
    tab = await list_tab("Ida", "Noah", "Lena")
    await _with_filter(tab, "contact_name", "is", "Ida")
    await tab.do(LeadList.open_filters)
    await tab.do(LeadList.add_condition, 0)
    await tab.do(LeadList.set_condition_field, 0, 1, "contact_name")
    await tab.do(LeadList.set_condition_operator, 0, 1, "is")
    await tab.do(LeadList.set_condition_value, 0, 1, 0, "Noah")
    await tab.do(LeadList.match_any, 0, True)
    await tab.do(LeadList.apply_filters)
    assert sorted(tab.titles) == ["Ida", "Noah"]
    assert [chip.joined_by for chip in tab.state.chips] == ["", "or"]


async def test_junk_in_the_builder_changes_nothing(list_tab: Any) -> None:
    """Any client can call any handler with any argument."""
    tab = await list_tab("Ida")
    await tab.do(LeadList.open_filters)
    before = tab.state.draft
    for group, index in ((9, 0), (0, 9), (-1, -1), ("x", None)):
        await tab.do(LeadList.set_condition_field, group, index, "owner")
        await tab.do(LeadList.set_condition_operator, group, index, "is")
        await tab.do(LeadList.set_condition_value, group, index, 0, "x")
        await tab.do(LeadList.remove_condition, group, index)
        await tab.do(LeadList.remove_filter, group, index)
    assert tab.state.draft == before


async def test_a_view_is_saved_overwritten_shared_and_deleted(list_tab: Any) -> None:
    """A folder could be made but not kept in order."""
    tab = await list_tab("Ida", "Noah")
    await _with_filter(tab, "contact_name", "is", "Ida")
    assert tab.state.view_changed
    await tab.do(LeadList.open_view_dialog, "save_as")
    await tab.do(LeadList.name_view, {"name": ""})
    assert "name" in tab.state.errors
    await tab.do(LeadList.name_view, {"name": "Only Ida"})
    assert (tab.state.view.name, tab.state.view.is_mine, tab.state.view_changed) == ("Only Ida", True, False)
    await tab.do(LeadList.sort_by, "contact_name")
    assert tab.state.view_changed
    await tab.do(LeadList.save_view)
    assert not tab.state.view_changed
    await tab.do(LeadList.share_view, True)
    assert tab.state.view.shared
    key = tab.state.view.key
    await tab.do(LeadList.pick_view, "all")
    assert len(tab.titles) == 2
    await tab.do(LeadList.pick_view, key)
    assert tab.titles == ["Ida"]
    await tab.open(f"?view={key}")
    assert tab.titles == ["Ida"]
    await tab.do(LeadList.delete_view)
    with pytest.raises(NotFound):
        await tab.do(LeadList.pick_view, key)


async def test_a_shipped_view_cannot_be_changed(list_tab: Any) -> None:
    """ "All leads" would mean something else for everybody."""
    tab = await list_tab("Ida", role=Role.ADMIN)
    await tab.do(LeadList.pick_view, "hot")
    for handler, arguments in (
        (LeadList.save_view, ()),
        (LeadList.share_view, (True,)),
        (LeadList.delete_view, ()),
    ):
        with pytest.raises(InvalidInput):
            await tab.do(handler, *arguments)


async def test_columns_are_remembered(list_tab: Any) -> None:
    """Everybody would choose their columns every day."""
    tab = await list_tab("Ida")
    await tab.do(LeadList.open_columns)
    await tab.do(LeadList.toggle_column, "email")
    await tab.do(LeadList.toggle_column, "city")
    await tab.do(LeadList.move_column, "city", -1)
    await tab.do(LeadList.toggle_column, "password_hash")
    await tab.do(LeadList.apply_columns)
    keys = [column.key for column in tab.state.columns]
    assert "email" not in keys
    assert keys[-2] == "city"
    await tab.open()
    assert [column.key for column in tab.state.columns] == keys
