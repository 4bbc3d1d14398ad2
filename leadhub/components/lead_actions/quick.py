"""What takes two clicks: a call is logged, a follow-up is set; and an activity is planned."""

import reflex as rx

from leadhub.components import ui
from leadhub.components.lead_actions.questions import DIALOG, error, owner_field
from leadhub.state.lead_actions import LeadActions

_KINDS = ("task", "call", "email", "meeting", "appointment")


def log_call_dialog() -> rx.Component:
    return ui.dialog(
        ui.form(
            rx.cond(
                DIALOG.phone != "", rx.el.a(DIALOG.phone, href="tel:" + DIALOG.phone, class_name="link tnum")
            ),
            ui.textarea_field(
                name="note", label=ui.tr("actions.result_details"), auto_focus=True, error=error("note")
            ),
            ui.form_grid(
                ui.select_field(
                    name="direction",
                    label=ui.tr("fields.activity.direction"),
                    options=[
                        {"value": "outbound", "label": ui.tr("choices.activity.direction.outbound")},
                        {"value": "inbound", "label": ui.tr("choices.activity.direction.inbound")},
                    ],
                ),
                ui.date_field(
                    name="follow_up_on",
                    label=ui.tr("fields.lead.next_follow_up_on"),
                    default_value=DIALOG.follow_up_on,
                    error=error("follow_up_on"),
                ),
            ),
            rx.el.input(type="hidden", name="before", value=DIALOG.follow_up_on),
            _buttons(),
            on_submit=LeadActions.submit,
        ),
        title=ui.tr("actions.log_call"),
        description=DIALOG.title,
        open=LeadActions.opened == "log_call",
        on_close=LeadActions.close,
    )


def follow_up_dialog() -> rx.Component:
    """Days that people mean most stand as buttons: the second click saves."""
    return ui.dialog(
        ui.row(
            *[
                ui.button(ui.tr(f"actions.in_{key}"), size="sm", on_click=LeadActions.follow_up_in(days))
                for key, days in (
                    ("1_day", 1),
                    ("3_days", 3),
                    ("1_week", 7),
                    ("2_weeks", 14),
                    ("1_month", 30),
                )
            ],
            class_name="wrap",
        ),
        ui.form(
            ui.date_field(
                name="follow_up_on",
                label=ui.tr("fields.lead.next_follow_up_on"),
                default_value=DIALOG.follow_up_on,
                error=error("follow_up_on"),
            ),
            _buttons(),
            on_submit=LeadActions.submit,
        ),
        title=ui.tr("actions.follow_up"),
        description=DIALOG.title,
        open=LeadActions.opened == "follow_up",
        on_close=LeadActions.close,
    )


def schedule_dialog() -> rx.Component:
    return ui.dialog(
        ui.form(
            ui.form_grid(
                ui.select_field(
                    name="kind",
                    label=ui.tr("fields.activity.kind"),
                    options=[
                        {"value": kind, "label": ui.tr(f"choices.activity.kind.{kind}")} for kind in _KINDS
                    ],
                ),
                ui.datetime_field(
                    name="due_at", label=ui.tr("fields.activity.due_at"), error=error("due_at")
                ),
            ),
            ui.text_field(
                name="title", label=ui.tr("fields.activity.title"), required=True, error=error("title")
            ),
            owner_field(),
            ui.textarea_field(name="body", label=ui.tr("fields.activity.body"), error=error("body")),
            _buttons(),
            on_submit=LeadActions.submit,
        ),
        title=ui.tr("actions.schedule"),
        description=DIALOG.title,
        open=LeadActions.opened == "schedule",
        on_close=LeadActions.close,
    )


def _buttons() -> rx.Component:
    return ui.dialog_actions(
        ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadActions.close),
        ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
    )
