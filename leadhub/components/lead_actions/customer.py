import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_actions.questions import error
from leadhub.state.lead_actions import LeadActions


def customer_dialog() -> rx.Component:
    """Which contact and which account is meant: similar ones with the evidence, or a new one."""
    return ui.dialog(
        ui.form(
            rx.cond(
                LeadActions.contacts.length() > 0,
                _candidates("contact", ui.tr("fields.lead.contact"), LeadActions.contacts),
            ),
            rx.cond(
                LeadActions.accounts.length() > 0,
                _candidates("account", ui.tr("fields.lead.account"), LeadActions.accounts),
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadActions.close),
                ui.button(ui.tr("actions.go_on"), type="submit", variant="primary"),
            ),
            on_submit=LeadActions.choose_customer,
        ),
        title=ui.tr("actions.customer_title"),
        description=ui.tr("actions.customer_text"),
        open=LeadActions.opened == "customer",
        on_close=LeadActions.close,
    )


def _candidates(name: str, label: Var, found: Var) -> rx.Component:
    def one(candidate: Var) -> rx.Component:
        return rx.el.label(
            rx.el.input(type="radio", name=name, value=candidate["value"]),
            rx.el.span(
                rx.el.span(candidate["name"], class_name="strong"),
                " ",
                rx.cond(
                    candidate["is_exact"],
                    ui.pill(ui.tr("actions.exact"), tone="success"),
                    ui.pill(ui.tr("actions.near"), tone="outline"),
                ),
                rx.el.span(candidate["detail"], class_name="field-hint", display="block"),
                rx.el.span(
                    rx.foreach(
                        candidate["reasons"].to(list[str]),
                        lambda reason, index: rx.fragment(rx.cond(index > 0, ", ", ""), ui.tr_key(reason)),
                    ),
                    class_name="small muted",
                    display="block",
                ),
            ),
            class_name="check option-card",
        )

    return rx.el.fieldset(
        rx.el.legend(label, class_name="field-label"),
        rx.foreach(found, one),
        rx.el.label(
            rx.el.input(type="radio", name=name, value="create"),
            rx.el.span(
                rx.cond(name == "contact", ui.tr("actions.create_contact"), ui.tr("actions.create_account"))
            ),
            class_name="check option-card",
        ),
        rx.cond(error(name) != "", rx.el.p(error(name), class_name="field-error", role="alert")),
        class_name="stack tight",
        role="radiogroup",
        aria_label=label,
    )
