"""The parts of a dialog that one question of the process engine stands for."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.state.lead_actions import LeadActions

DIALOG = LeadActions.dialog
BASE_CURRENCY = "EUR"


def error(name: str) -> Any:
    return form_error(LeadActions.errors, name)


def asked(kind: str) -> Any:
    """Whether the action, or the result that is chosen, asks for it."""
    return DIALOG.asks.contains(kind) | LeadActions.chosen.asks.contains(kind)


def required(kind: str) -> Any:
    return DIALOG.required.contains(kind) | LeadActions.chosen.required.contains(kind)


def questions() -> rx.Component:
    """Everything that may be asked, each shown when it is."""
    return rx.fragment(
        rx.cond(asked("reason"), _reason()),
        rx.cond(asked("owner"), owner_field(required=True)),
        rx.cond(asked("new_date"), _new_date()),
        rx.cond(asked("open_activities"), _open_activities()),
        rx.cond(asked("customer_account"), _customer_account()),
        rx.cond(asked("form"), handoff_fields()),
        rx.cond(asked("note") | asked("reason"), _note()),
    )


def owner_field(*, required: Any = False, **props: Any) -> rx.Component:
    return ui.combobox(
        name="owner",
        label=ui.tr("fields.lead.owner"),
        options=DIALOG.users,
        default_value=DIALOG.owner_id,
        required=required,
        error=error("owner"),
        **props,
    )


def unit_field() -> rx.Component:
    return ui.combobox(
        name="unit",
        label=ui.tr("fields.lead.unit"),
        options=DIALOG.units,
        default_value=DIALOG.unit_id,
        error=error("unit"),
    )


def _reason() -> rx.Component:
    options = rx.cond(DIALOG.reasons.length() > 0, DIALOG.reasons, LeadActions.chosen.reasons)
    return ui.combobox(
        name="reason",
        label=rx.cond(
            DIALOG.action == "disqualify", ui.tr("fields.lead.disqualify_reason"), ui.tr("actions.reason")
        ),
        options=options,
        default_value=LeadActions.reason,
        required=True,
        auto_focus=DIALOG.results.length() == 0,
        error=error("reason"),
    )


def _note() -> rx.Component:
    return ui.textarea_field(
        name="note",
        label=ui.tr("actions.result_details"),
        required=required("note"),
        error=error("note"),
    )


def _new_date() -> rx.Component:
    return ui.datetime_field(
        name="new_date",
        label=ui.tr("actions.new_date"),
        required=required("new_date"),
        error=error("new_date"),
    )


def _open_activities() -> rx.Component:
    """Open activities that people planned stand in the way: complete or cancel them here."""
    return rx.el.fieldset(
        rx.el.legend(ui.tr("actions.open_activities"), class_name="field-label"),
        rx.el.ul(rx.foreach(DIALOG.planned, lambda title: rx.el.li(title)), class_name="plain-list small"),
        _radio("open_activities", "complete", ui.tr("actions.complete_them")),
        _radio("open_activities", "cancel", ui.tr("actions.cancel_them")),
        rx.cond(
            error("open_activities") != "",
            rx.el.p(error("open_activities"), class_name="field-error", role="alert"),
        ),
        class_name="stack tight",
    )


def _customer_account() -> rx.Component:
    return ui.form_grid(
        ui.text_field(name="classification", label=ui.tr("actions.classification")),
        ui.text_field(name="credit_rating", label=ui.tr("actions.credit_rating")),
    )


def handoff_fields() -> rx.Component:
    """The handoff form (C-50 to C-54): Need type, Assignee and Notes stand there already."""
    first, lookups = DIALOG.handoff, DIALOG.lookups
    return rx.fragment(
        ui.form_grid(
            ui.money_field(
                name="budget",
                label=ui.tr("fields.lead.budget"),
                currency=BASE_CURRENCY,
                default_value=first["budget"],
                hint=ui.tr("actions.base_currency"),
                error=error("budget"),
            ),
            ui.combobox(
                name="sales_division",
                label=ui.tr("fields.lead.sales_division"),
                options=lookups["sales_division"],
                default_value=first["sales_division"],
                error=error("sales_division"),
            ),
            ui.datetime_field(
                name="meeting_at",
                label=ui.tr("fields.lead.meeting_at"),
                default_value=ui.to_local_input(first["meeting_at"]),
                error=error("meeting_at"),
            ),
            ui.datetime_field(
                name="decision_at",
                label=ui.tr("fields.lead.decision_at"),
                default_value=ui.to_local_input(first["decision_at"]),
                error=error("decision_at"),
            ),
            ui.combobox(
                name="customer_need",
                label=ui.tr("actions.need_type"),
                options=lookups["customer_need"],
                default_value=first["customer_need"],
                error=error("customer_need"),
            ),
            ui.combobox(
                name="handoff_assignee",
                label=ui.tr("fields.lead.handoff_assignee"),
                options=DIALOG.users,
                default_value=first["handoff_assignee"],
                hint=ui.tr("actions.assignee_hint"),
                error=error("handoff_assignee"),
            ),
        ),
        ui.textarea_field(
            name="handoff_notes",
            label=ui.tr("actions.notes"),
            default_value=first["handoff_notes"],
            error=error("handoff_notes"),
        ),
    )


def result_choice() -> rx.Component:
    """ "Select results": one of the task's results, each with why it cannot be chosen if so."""

    def one(result: Var) -> rx.Component:
        refused = result["refused_key"] != ""
        return rx.el.label(
            ui.radio(
                name="result",
                value=result["key"],
                checked=LeadActions.chosen.key == result["key"],
                on_change=LeadActions.pick_result(result["key"]),
                disabled=refused,
            ),
            rx.el.span(
                result["label"],
                rx.cond(
                    refused,
                    rx.el.span(
                        ui.tr_key(result["refused_key"], result["refused_params"]),
                        class_name="field-hint",
                        display="block",
                    ),
                ),
            ),
            class_name="check option-card",
        )

    return rx.el.fieldset(
        rx.el.legend(ui.tr("actions.select_results"), class_name="field-label"),
        rx.foreach(DIALOG.results, one),
        class_name="stack tight",
        role="radiogroup",
        aria_label=ui.tr("actions.select_results"),
    )


def _radio(name: str, value: str, label: Any) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value), rx.el.span(label), class_name="check"
    )
