from typing import Any

import reflex as rx

from leadhub.components import ui
from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import ARIAKIT
from leadhub.state.lead_actions import LeadActions
from leadhub.state.lead_list import LeadList


def _ids_and_id(ids: rx.Var[list[int]], current: rx.Var[int]) -> tuple[rx.Var[list[int]], rx.Var[int]]:
    return ids, current


def _id_and_text(row: rx.Var[int], text: rx.Var[str]) -> tuple[rx.Var[int], rx.Var[str]]:
    return row, text


def _id_and_texts(
    row: rx.Var[int], key: rx.Var[str], value: rx.Var[str]
) -> tuple[rx.Var[int], rx.Var[str], rx.Var[str]]:
    return row, key, value


class DataGrid(rx.Component):
    library = f"{LIBRARY}/grid"
    tag = "DataGrid"
    lib_dependencies: list[str] = [ARIAKIT]
    label: rx.Var[str]
    columns: rx.Var[list[Any]]
    rows: rx.Var[list[Any]]
    sort: rx.Var[str]
    descending: rx.Var[bool]
    selected: rx.Var[list[int]]
    current: rx.Var[int]
    edit: rx.Var[Any]
    suffix: rx.Var[str]
    may_edit: rx.Var[bool]
    may_call: rx.Var[bool]
    busy: rx.Var[bool]
    on_sort: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_select: rx.EventHandler[_ids_and_id]
    on_current: rx.EventHandler[rx.event.passthrough_event_spec(int)]
    on_edit: rx.EventHandler[_id_and_text]
    on_save: rx.EventHandler[_id_and_texts]
    on_cancel: rx.EventHandler[rx.event.no_args_event_spec]
    on_quick: rx.EventHandler[_id_and_text]


def lead_grid() -> rx.Component:
    return DataGrid.create(
        ui.end_sentinel(on_reach=LeadList.show_more, row_count=LeadList.rows.length(), more=LeadList.more),
        rx.cond(~LeadList.loading & (LeadList.rows.length() == 0), _nothing()),
        label=ui.tr("shell.leads"),
        columns=LeadList.columns,
        rows=LeadList.rows,
        sort=LeadList.sort,
        descending=LeadList.descending,
        selected=LeadList.selected,
        current=LeadList.current.id,
        edit=LeadList.cell,
        suffix=LeadList.list_suffix,
        may_edit=LeadList.rights.contains("edit_lead"),
        may_call=LeadList.rights.contains("edit_activity"),
        busy=LeadList.loading,
        on_sort=LeadList.sort_by,
        on_select=LeadList.select,
        on_current=LeadList.pick_row,
        on_edit=LeadList.edit_cell,
        on_save=LeadList.save_cell,
        on_cancel=LeadList.cancel_cell,
        on_quick=LeadActions.start,
    )


def _nothing() -> rx.Component:
    asked = (LeadList.search != "") | (LeadList.chips.length() > 0)
    return rx.cond(
        asked,
        ui.empty_state(
            ui.tr("lead_list.nothing_matches"),
            icon_name="search-x",
            hint=ui.tr("lead_list.nothing_matches_hint"),
            action=ui.button(ui.tr("lead_list.clear_filters"), on_click=LeadList.clear_filters),
        ),
        ui.empty_state(
            ui.tr("lead_list.nothing_yet"), icon_name="target", hint=ui.tr("lead_list.nothing_yet_hint")
        ),
    )
