"""The list of any entity: `record_list(ContactList)`."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_actions import lead_action_dialogs, start
from leadhub.components.records.dialogs import filter_dialog, new_dialog
from leadhub.domain.fields import Entity
from leadhub.domain.lead_actions import LeadAction
from leadhub.domain.list_query.record_views import RECORD_VIEWS
from leadhub.state.records.new_record import NEW_FIELDS

PLURALS = {
    Entity.CONTACT: "contacts",
    Entity.ACCOUNT: "accounts",
    Entity.OPPORTUNITY: "opportunities",
    Entity.ACTIVITY: "activities",
    Entity.CAMPAIGN: "campaigns",
}
ICONS = {
    Entity.CONTACT: "contact",
    Entity.ACCOUNT: "building-2",
    Entity.OPPORTUNITY: "handshake",
    Entity.ACTIVITY: "list-checks",
    Entity.CAMPAIGN: "megaphone",
}
#: The right that lets somebody add to a list; opportunities come from leads.
ADD_RIGHTS = {
    Entity.CONTACT: "edit_contacts",
    Entity.ACCOUNT: "edit_contacts",
    Entity.ACTIVITY: "edit_activity",
    Entity.CAMPAIGN: "edit_campaigns",
}
_VIEW_ICONS = {
    "all": "list",
    "mine": "user",
    "my_open": "user",
    "my_overdue": "alarm-clock",
    "open": "circle-dot",
    "won_this_quarter": "trophy",
    "new": "sparkles",
    "partners": "handshake",
}
_NUMERIC = ("money", "integer", "percent")


def record_list(state: Any) -> rx.Component:
    """Toolbar, conditions, table and dialogs of one entity's list."""
    entity: Entity = state.entity
    parts = [
        _toolbar(state, entity),
        _chips(state),
        _table(state, entity),
        _paging(state),
        filter_dialog(state),
    ]
    if entity in NEW_FIELDS:
        parts.append(new_dialog(state))
    if entity is Entity.ACTIVITY:
        parts.append(lead_action_dialogs())
    return rx.fragment(*parts, ui.hotkeys(rows=".table a.primary"))


def _toolbar(state: Any, entity: Entity) -> rx.Component:
    views = RECORD_VIEWS[entity]
    switch = ui.segmented(
        *[(view.key, ui.tr(f"records.view_{view.key}"), _VIEW_ICONS[view.key]) for view in views],
        value=state.view,
        on_change=state.pick_view,
        label=ui.tr("records.view"),
        name="view",
    )
    add = (
        rx.cond(
            state.rights.contains(ADD_RIGHTS[entity]) if entity in ADD_RIGHTS else False,
            ui.button(
                ui.tr(f"records.new_{entity}"),
                size="sm",
                variant="secondary",
                icon_name="plus",
                on_click=state.open_new,
            ),
        )
        if entity in ADD_RIGHTS
        else rx.fragment()
    )
    return ui.toolbar(
        switch if len(views) > 1 else rx.fragment(),
        rx.el.div(
            ui.icon("search"),
            rx.el.input(
                id="list-search",
                type="search",
                aria_label=ui.tr(f"records.search_{PLURALS[entity]}"),
                placeholder=ui.tr(f"records.search_{PLURALS[entity]}"),
                default_value=state.search,
                key=state.search_key,
                on_change=state.search_for.debounce(200),
                auto_complete="off",
            ),
            class_name="input-box search-box",
        ),
        ui.button(ui.tr("records.filter"), size="sm", icon_name="list-filter", on_click=state.open_filter),
        rx.el.span(class_name="grow"),
        rx.el.span(
            rx.cond(
                state.total < 0,
                ui.tr("lead_list.counting"),
                ui.tr(f"records.count_{PLURALS[entity]}", count=state.total),
            ),
            class_name="muted tnum small",
            role="status",
            id="list-total",
        ),
        rx.cond(
            state.rights.contains("export"),
            ui.menu(
                ui.menu_item(ui.tr("records.export_xlsx"), icon_name="sheet", on_click=state.export("xlsx")),
                ui.menu_item(
                    ui.tr("records.export_csv"), icon_name="file-text", on_click=state.export("csv")
                ),
                label=ui.tr("records.export"),
                icon_name="download",
                size="sm",
            ),
        ),
        add,
    )


def _chips(state: Any) -> rx.Component:
    return rx.cond(
        state.chips.length() > 0,
        rx.el.div(
            rx.foreach(state.chips, lambda chip: _chip(state, chip)),
            ui.button(ui.tr("ui.clear_all"), variant="ghost", size="sm", on_click=state.clear_filters),
            class_name="chip-row",
            role="group",
            aria_label=ui.tr("lead_list.filters"),
        ),
    )


def _chip(state: Any, chip: Var) -> rx.Component:
    return ui.filter_chip(
        ui.tr_key(chip.label_key),
        " ",
        ui.tr_key(chip.operator_key),
        " ",
        rx.el.b(
            chip["values"],
            rx.foreach(
                chip.value_keys,
                lambda key, index: rx.fragment(rx.cond(index > 0, ", ", ""), ui.tr_key(key)),
            ),
        ),
        label=ui.tr_key(chip.label_key),
        on_edit=state.open_filter,
        on_remove=state.remove_filter(chip.index),
    )


def _table(state: Any, entity: Entity) -> rx.Component:
    tools = entity is Entity.ACTIVITY
    return rx.cond(
        state.loading,
        ui.skeleton_rows(12),
        ui.table(
            label=ui.tr(f"shell.{PLURALS[entity]}"),
            header=[
                rx.fragment(rx.foreach(state.columns, lambda head: _head(state, head))),
                *([rx.el.th(rx.el.span(ui.tr("lead_list.row_tools"), class_name="sr-only"), scope="col")]
                  if tools else []),
            ],
            body=rx.foreach(state.rows, lambda row: _row(state, row, tools)),
            footer=rx.fragment(
                ui.end_sentinel(on_reach=state.show_more, row_count=state.rows.length(), more=state.more),
                rx.cond(state.rows.length() == 0, _nothing(state, entity)),
            ),
            id="records",
        ),
    )  # fmt: skip


def _head(state: Any, head: Var) -> rx.Component:
    direction = rx.cond(state.sort == head.key, rx.cond(state.descending, "descending", "ascending"), "none")
    return rx.cond(
        head.sortable,
        rx.el.th(
            rx.el.button(
                ui.tr_key(head.label_key),
                ui.icon("arrow-down"),
                type="button",
                class_name="sort",
                on_click=state.sort_by(head.key),
            ),
            scope="col",
            aria_sort=direction,
            class_name=rx.cond(head.numeric, "num", ""),
        ),
        rx.el.th(ui.tr_key(head.label_key), scope="col", class_name=rx.cond(head.numeric, "num", "")),
    )


def _row(state: Any, row: Var, tools: bool) -> rx.Component:
    return rx.el.tr(
        rx.foreach(row.cells, lambda cell: _cell(row, cell)),
        rx.el.td(_activity_tools(state, row), class_name="num") if tools else rx.fragment(),
        key=row.id,
    )


def _cell(row: Var, cell: Var) -> rx.Component:
    text = cell.text
    shown = rx.match(
        cell.kind,
        (
            "title",
            rx.fragment(
                rx.el.a(text, href=cell.href, class_name=rx.cond(cell.flag, "primary done", "primary")),
                rx.cond(row.sub != "", rx.el.span(row.sub, class_name="cell-sub truncate")),
            ),
        ),
        ("link", rx.el.a(text, href=cell.href, class_name="link")),
        ("stage", ui.stage_badge(text, row.state)),
        ("user", ui.person(text)),
        ("money", rx.fragment(ui.fmt_money(text.to(int)))),
        ("integer", rx.fragment(ui.fmt_number(text.to(int)))),
        ("percent", rx.fragment(text, " %")),
        ("choice", rx.fragment(ui.tr_key(text))),
        ("date", rx.fragment(ui.fmt_date(text))),
        ("relative", rx.el.span(ui.fmt_relative(text), custom_attrs={"data-tip": ui.fmt_datetime(text)})),
        ("due", ui.due_text(text, ui.fmt_due(text), ui.is_overdue(text))),
        ("email", rx.el.a(text, href="mailto:" + text, class_name="link")),
        ("phone", rx.el.a(text, href="tel:" + text, class_name="link tnum")),
        (
            "url",
            rx.el.a(text, href=cell.href, class_name="link", target="_blank", rel="noopener noreferrer"),
        ),
        rx.fragment(text),
    )
    kinds = rx.match(cell.kind, *[(kind, "num") for kind in _NUMERIC], ("title", "col-name"), "")
    return rx.el.td(shown, class_name=kinds)


def _activity_tools(state: Any, row: Var) -> rx.Component:
    """Completing a task of a lead asks for its result; a plain one is done at once."""
    of_lead = (row.lead_id > 0) & (row.opportunity_id == 0)
    described = {"aria-description": row.title}
    return rx.cond(
        row.is_done | ~state.rights.contains("edit_activity"),
        rx.fragment(),
        rx.cond(
            of_lead,
            ui.icon_button(
                "check",
                label=ui.tr("my_day.complete"),
                size="sm",
                custom_attrs=described,
                on_click=start(row.lead_id, LeadAction.COMPLETE, row.id.to(str)),
            ),
            ui.icon_button(
                "check",
                label=ui.tr("my_day.complete"),
                size="sm",
                custom_attrs=described,
                on_click=state.complete(row.id),
            ),
        ),
    )


def _nothing(state: Any, entity: Entity) -> rx.Component:
    asked = (state.search != "") | (state.chips.length() > 0) | (state.view != RECORD_VIEWS[entity][0].key)
    return rx.cond(
        asked,
        ui.empty_state(
            ui.tr("records.nothing_matches"),
            icon_name="search-x",
            action=ui.button(ui.tr("lead_list.clear_filters"), on_click=state.clear_filters),
        ),
        ui.empty_state(
            ui.tr(f"records.no_{PLURALS[entity]}"),
            icon_name=ICONS[entity],
            hint=ui.tr(f"records.no_{PLURALS[entity]}_hint"),
        ),
    )


def _paging(state: Any) -> rx.Component:
    """Further rows, when the window of rows in the browser is full."""
    return rx.cond(
        state.has_previous | (state.has_next & ~state.more),
        rx.el.nav(
            ui.button(
                ui.tr("lead_list.previous"),
                size="sm",
                icon_name="chevron-left",
                disabled=~state.has_previous,
                on_click=state.show_previous,
            ),
            ui.button(
                ui.tr("lead_list.next"),
                size="sm",
                icon_name="chevron-right",
                disabled=~state.has_next,
                on_click=state.show_next,
            ),
            aria_label=ui.tr("lead_list.pages"),
            class_name="paging-bar",
        ),
    )
