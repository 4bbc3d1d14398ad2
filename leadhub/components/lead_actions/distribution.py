"""The lead distribution page, as a dialog wherever a lead is shown (C-40 to C-44, C-94 to C-97)."""

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_actions.questions import DIALOG, error, owner_field, unit_field
from leadhub.state.lead_actions import LeadActions

_FORM = "distribution-form"


def distribution_dialog() -> rx.Component:
    return ui.dialog(
        ui.form(
            rx.el.input(type="hidden", name="outcome", default_value=""),
            ui.form_grid(owner_field(), unit_field()),
            ui.checkbox_field(
                name="remind_owner", label=ui.tr("actions.remind_owner"), hint=ui.tr("actions.remind_hint")
            ),
            ui.textarea_field(
                name="strategy",
                label=ui.tr("actions.strategy"),
                default_value=DIALOG.strategy,
                error=error("note"),
            ),
            ui.date_field(
                name="next_on",
                label=ui.tr("actions.next_date"),
                default_value=DIALOG.follow_up_on,
                error=error("next_on"),
            ),
            rx.cond(LeadActions.chosen.reasons.length() > 0, _lost_reason()),
            rx.cond(
                error("outcome") != "", rx.el.p(error("outcome"), class_name="field-error", role="alert")
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadActions.close),
                ui.button(ui.tr("ui.save"), type="submit", on_click=_set_outcome("")),
                rx.cond(
                    LeadActions.chosen.reasons.length() > 0,
                    ui.button(
                        LeadActions.chosen.label,
                        variant="primary",
                        on_click=_send(LeadActions.chosen.key),
                    ),
                    ui.menu(
                        rx.foreach(DIALOG.results, _outcome),
                        label=ui.tr("actions.distribute"),
                        text=ui.tr("actions.distribute"),
                        variant="primary",
                        placement="top-end",
                    ),
                ),
            ),
            on_submit=LeadActions.submit,
            id=_FORM,
        ),
        title=ui.tr("actions.distribution_title"),
        description=DIALOG.title,
        open=LeadActions.opened == "distribute",
        on_close=LeadActions.close,
        size="wide",
    )


def _outcome(result: Var) -> rx.Component:
    """A result that asks for a reason shows that field first; the others are sent at once."""
    return ui.menu_item(
        result["label"],
        on_click=rx.cond(
            result["reasons"].to(list).length() > 0,
            LeadActions.pick_result(result["key"].to(str)),
            _send(result["key"].to(str)),
        ),
        disabled=result["refused_key"] != "",
    )


def _lost_reason() -> rx.Component:
    return ui.combobox(
        name="reason",
        label=ui.tr("fields.lead.lost_reason"),
        options=LeadActions.chosen.reasons,
        required=True,
        auto_focus=True,
        error=error("reason"),
    )


def _send(key: Var) -> rx.event.EventSpec:
    """Submit the form with the outcome that was chosen."""
    start = f"(() => {{ const form = document.getElementById('{_FORM}'); form.elements['outcome'].value = '"
    # Joined as Vars: a literal would hold the name of the loop's variable instead of its value.
    return rx.call_script(rx.Var.create(start) + key.to(str) + "'; form.requestSubmit(); })()")


def _set_outcome(key: str) -> rx.event.EventSpec:
    return rx.call_script(f"document.getElementById('{_FORM}').elements['outcome'].value = '{key}'")
