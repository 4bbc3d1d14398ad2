from typing import Any

import reflex as rx

from leadhub.components import ui
from leadhub.components.lead_actions.customer import customer_dialog
from leadhub.components.lead_actions.distribution import distribution_dialog
from leadhub.components.lead_actions.questions import (
    DIALOG,
    asked,
    error,
    owner_field,
    questions,
    result_choice,
    unit_field,
)
from leadhub.components.lead_actions.quick import follow_up_dialog, log_call_dialog, schedule_dialog
from leadhub.state.lead_actions import LeadActions


def lead_action_dialogs() -> rx.Component:
    """Every dialog of `LeadActions`; only the open one is in the page."""
    return rx.fragment(
        _ask_dialog(),
        _assign_dialog(),
        _delete_dialog(),
        customer_dialog(),
        distribution_dialog(),
        log_call_dialog(),
        follow_up_dialog(),
        schedule_dialog(),
    )


def _ask_dialog() -> rx.Component:
    """What a move, a closing or a task asks."""
    return ui.dialog(
        ui.form(
            rx.cond((DIALOG.results.length() > 0) & ~DIALOG.asks.contains("form"), result_choice()),
            rx.cond(
                (DIALOG.results.length() == 1) & DIALOG.asks.contains("form"),
                rx.el.input(type="hidden", name="result", value=LeadActions.chosen.key),
            ),
            rx.cond(error("result") != "", rx.el.p(error("result"), class_name="field-error", role="alert")),
            questions(),
            buttons(),
            on_submit=LeadActions.submit,
        ),
        title=_title(),
        description=_description(),
        open=LeadActions.opened == "ask",
        on_close=LeadActions.close,
    )


def _title() -> Any:
    by_action = rx.match(
        DIALOG.action,
        *[
            (key, ui.tr(f"actions.{key}"))
            for key in ("disqualify", "win", "lose", "cancel_lead", "start_progress")
        ],
        ("complete", ui.tr("actions.complete_title")),
        DIALOG.heading,
    )
    return rx.cond(asked("form"), ui.tr("actions.handoff_title"), by_action)


def _description() -> Any:
    return rx.cond(DIALOG.action == "complete", DIALOG.heading, DIALOG.title)


def _assign_dialog() -> rx.Component:
    return ui.dialog(
        ui.form(
            owner_field(auto_focus=True),
            unit_field(),
            rx.el.p(ui.tr("actions.assign_hint"), class_name="field-hint"),
            buttons(save="actions.assign"),
            on_submit=LeadActions.submit,
        ),
        title=ui.tr("actions.assign"),
        description=DIALOG.title,
        open=LeadActions.opened == "assign",
        on_close=LeadActions.close,
    )


def _delete_dialog() -> rx.Component:
    return ui.alert_dialog(
        rx.el.p(ui.tr("actions.delete_text", title=DIALOG.title)),
        ui.dialog_actions(
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadActions.close),
            ui.button(ui.tr("actions.delete"), variant="danger", on_click=LeadActions.submit({})),
        ),
        title=ui.tr("actions.delete_title"),
        open=LeadActions.opened == "delete",
        on_close=LeadActions.close,
    )


def buttons(*, save: str = "ui.save") -> rx.Component:
    return ui.dialog_actions(
        ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadActions.close),
        ui.button(ui.tr(save), type="submit", variant="primary"),
    )
