import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.state.opportunity_page import OpportunityPage

LOST = OpportunityPage.closing == "lost"
_KINDS = ("task", "call", "email", "meeting", "appointment")


def opportunity_dialogs() -> rx.Component:
    return rx.fragment(_close_dialog(), _complete_dialog(), _schedule_dialog())


def _error(name: str) -> Var:
    return form_error(OpportunityPage.errors, name)


def _close_dialog() -> rx.Component:
    """Won, or lost for a reason; who closes it chooses what becomes of the lead (C-64)."""
    has_lead = OpportunityPage.opportunity.lead_id > 0
    return ui.dialog(
        ui.form(
            rx.cond(
                LOST,
                rx.fragment(
                    ui.combobox(
                        name="reason",
                        label=ui.tr("fields.opportunity.lost_reason"),
                        options=OpportunityPage.lost_reasons,
                        required=True,
                        auto_focus=True,
                        error=_error("reason"),
                    ),
                    rx.cond(has_lead, _lead_goes_to()),
                ),
                rx.cond(has_lead, rx.el.p(ui.tr("opportunity_page.won_text"), class_name="muted")),
            ),
            rx.cond(OpportunityPage.planned.length() > 0, _planned()),
            ui.textarea_field(name="note", label=ui.tr("opportunity_page.note")),
            _buttons(
                rx.cond(LOST, ui.tr("opportunity_page.close_lost"), ui.tr("opportunity_page.close_won"))
            ),
            on_submit=OpportunityPage.close,
        ),
        title=rx.cond(LOST, ui.tr("opportunity_page.close_lost"), ui.tr("opportunity_page.close_won")),
        description=OpportunityPage.opportunity.title,
        open=OpportunityPage.closing != "",
        on_close=OpportunityPage.close_dialogs,
    )


def _radio(name: str, value: str, label: Var, *, chosen: bool = False) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="radio", name=name, value=value, default_checked=chosen),
        rx.el.span(label),
        class_name="check",
    )


def _lead_goes_to() -> rx.Component:
    label = ui.tr("opportunity_page.lead_goes_to")
    return rx.el.fieldset(
        rx.el.legend(label, class_name="field-label"),
        _radio("lead_goes_to", "not_interested", ui.tr("opportunity_page.to_not_interested"), chosen=True),
        _radio("lead_goes_to", "nurturing", ui.tr("opportunity_page.to_nurturing")),
        class_name="stack tight",
        role="radiogroup",
        aria_label=label,
    )


def _planned() -> rx.Component:
    label = ui.tr("actions.open_activities")
    fault = _error("open_activities")
    return rx.el.fieldset(
        rx.el.legend(label, class_name="field-label"),
        rx.el.ul(rx.foreach(OpportunityPage.planned, lambda title: rx.el.li(title)), class_name="small"),
        _radio("open_activities", "complete", ui.tr("actions.complete_them")),
        _radio("open_activities", "cancel", ui.tr("actions.cancel_them")),
        rx.cond(fault != "", rx.el.p(fault, class_name="field-error", role="alert")),
        class_name="stack tight",
        role="radiogroup",
        aria_label=label,
    )


def _complete_dialog() -> rx.Component:
    return ui.dialog(
        ui.form(
            ui.textarea_field(name="note", label=ui.tr("actions.result_details"), auto_focus=True),
            _buttons(ui.tr("actions.complete")),
            on_submit=OpportunityPage.complete,
        ),
        title=ui.tr("actions.complete_title"),
        description=OpportunityPage.completing.title,
        open=OpportunityPage.completing.id > 0,
        on_close=OpportunityPage.close_dialogs,
    )


def _schedule_dialog() -> rx.Component:
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
                    name="due_at", label=ui.tr("fields.activity.due_at"), error=_error("due_at")
                ),
            ),
            ui.text_field(
                name="title", label=ui.tr("fields.activity.title"), required=True, error=_error("title")
            ),
            ui.textarea_field(name="body", label=ui.tr("fields.activity.body"), error=_error("body")),
            _buttons(ui.tr("ui.save")),
            on_submit=OpportunityPage.schedule,
        ),
        title=ui.tr("actions.schedule"),
        description=OpportunityPage.opportunity.title,
        open=OpportunityPage.scheduling,
        on_close=OpportunityPage.close_dialogs,
    )


def _buttons(save: Var) -> rx.Component:
    return ui.dialog_actions(
        ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=OpportunityPage.close_dialogs),
        ui.button(save, type="submit", variant="primary"),
    )
