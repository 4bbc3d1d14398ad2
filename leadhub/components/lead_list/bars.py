"""The bars below the toolbar: the current row with its process button, or the ticked rows."""

import reflex as rx

from leadhub.components import ui
from leadhub.components.lead_actions import action_items, start
from leadhub.domain.lead_actions import LeadAction
from leadhub.state.lead_list import LeadList

_BUTTONS = ("qualify", "distribute", "handoff", "assign", "accept", "start_progress")


def row_bar() -> rx.Component:
    """What can be done with the current row: its process button and Actions."""
    lead = LeadList.current
    return rx.cond(
        (lead.id > 0) & (LeadList.selected.length() < 2),
        rx.el.div(
            rx.el.span(lead.title, class_name="strong truncate"),
            ui.stage_badge(lead.stage_label, lead.state),
            _process_button(),
            ui.menu(
                *action_items(lead.id, state=lead.state, awaits_acceptance=lead.awaits_acceptance),
                label=ui.tr("lead_list.actions"),
                text=ui.tr("lead_list.actions"),
                size="sm",
            ),
            rx.el.span(class_name="grow"),
            ui.icon_button("x", label=ui.tr("lead_list.unselect"), size="sm", on_click=LeadList.pick_row(0)),
            class_name="row-bar",
            role="group",
            aria_label=ui.tr("lead_list.selected_lead"),
        ),
    )


def _process_button() -> rx.Component:
    lead = LeadList.current
    label = rx.match(lead.button, *[(key, ui.tr(f"process.button.{key}")) for key in _BUTTONS], "")
    hint = rx.match(lead.button, *[(key, ui.tr(f"process.hint.{key}")) for key in _BUTTONS], "")
    return rx.cond(
        lead.button != "none",
        ui.with_tip(
            ui.button(label, variant="primary", size="sm", on_click=start(lead.id, LeadAction.PROCESS)), hint
        ),
    )


def paging_bar() -> rx.Component:
    """Further rows, when the window of rows in the browser is full."""
    return rx.cond(
        LeadList.has_previous | (LeadList.has_next & ~LeadList.more),
        rx.el.nav(
            ui.button(
                ui.tr("lead_list.previous"),
                size="sm",
                icon_name="chevron-left",
                disabled=~LeadList.has_previous,
                on_click=LeadList.show_previous,
            ),
            ui.button(
                ui.tr("lead_list.next"),
                size="sm",
                icon_name="chevron-right",
                disabled=~LeadList.has_next,
                on_click=LeadList.show_next,
            ),
            aria_label=ui.tr("lead_list.pages"),
            class_name="paging-bar",
        ),
    )
