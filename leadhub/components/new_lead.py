"""The dialog New lead: the mini page for customers, the full form for partners and services."""

import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.shell.frame import SHELL_OVERLAYS
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, field_of
from leadhub.state.new_lead import FULL_GROUPS, MINI_TYPES, NewLead, full_fields

_INPUT_TYPES = {FieldKind.EMAIL: "email", FieldKind.PHONE: "tel", FieldKind.URL: "url"}
_CHOSEN = (FieldKind.LOOKUP, FieldKind.USER, FieldKind.UNIT, FieldKind.CAMPAIGN)
_WATCHED = ("contact_name", "account_name", "email", "mobile_phone")
BASE_CURRENCY = "EUR"


def new_lead_dialog() -> rx.Component:
    mini = rx.Var.create(False)
    for key in MINI_TYPES:
        mini = mini | (NewLead.lead_type == key)
    return ui.dialog(
        ui.form(
            ui.combobox(
                label=ui.tr("fields.lead.lead_type"),
                options=NewLead.types,
                value=NewLead.lead_type,
                on_change=NewLead.pick_type,
                clearable=False,
            ),
            rx.cond(mini, _mini(), _full()),
            key=NewLead.form_key,
            on_submit=NewLead.save,
        ),
        title=ui.tr("shell.new_lead"),
        open=NewLead.opened,
        on_close=NewLead.close,
        size="wide",
    )


def _mini() -> rx.Component:
    return rx.fragment(
        _field(field_of(Entity.LEAD, "customer_need"), required=True, auto_focus=True),
        ui.form_grid(
            *[_field(field_of(Entity.LEAD, key)) for key in ("account_name", "contact_name", "email")],
            _field(field_of(Entity.LEAD, "mobile_phone")),
        ),
        _linked(),
        _known(),
        ui.dialog_actions(
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=NewLead.close),
            ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
        ),
    )


def _full() -> rx.Component:
    sections = []
    for group in FULL_GROUPS:
        fields = [_field(spec) for spec in full_fields() if spec.group == group]
        if fields:
            sections.append(
                rx.el.fieldset(
                    rx.el.legend(ui.tr(f"new_lead.group_{group}"), class_name="section-title"),
                    ui.form_grid(*fields),
                )
            )
    return rx.fragment(
        *sections,
        _linked(),
        _known(),
        rx.el.input(type="hidden", name="then", id="new-lead-then", default_value=""),
        ui.dialog_actions(
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=NewLead.close),
            ui.button(ui.tr("new_lead.save_and_exit"), type="submit", on_click=_then("exit")),
            ui.button(ui.tr("ui.save"), type="submit", variant="primary", on_click=_then("stay")),
        ),
    )


def _then(value: str) -> rx.event.EventSpec:
    """Which of the two buttons was clicked goes with the form."""
    return rx.call_script(f"document.getElementById('new-lead-then').value = '{value}'")


def _field(spec: FieldSpec, *, required: bool = False, auto_focus: bool = False) -> rx.Component:
    common = {
        "name": spec.key,
        "label": ui.tr(spec.label_key),
        "error": form_error(NewLead.errors, spec.key),
        "required": required,
    }
    match spec.kind:
        case kind if kind in _CHOSEN:
            options = NewLead.options[spec.key]
            return ui.combobox(options=options, auto_focus=auto_focus, **common)
        case FieldKind.LONG_TEXT:
            return rx.el.div(ui.textarea_field(rows=2, **common), class_name="span")
        case FieldKind.MONEY:
            return ui.money_field(currency=BASE_CURRENCY, **common)
        case FieldKind.DATE:
            return ui.date_field(**common)
        case FieldKind.DATETIME:
            return ui.datetime_field(**common)
        case FieldKind.BOOLEAN:
            return ui.checkbox_field(name=spec.key, label=ui.tr(spec.label_key))
        case FieldKind.INTEGER | FieldKind.PERCENT:
            return ui.number_field(**common)
    watched = {}
    if spec.key in _WATCHED:
        key = spec.key
        watched["on_change"] = lambda text: NewLead.look_for(key, text).debounce(300)
    return ui.text_field(type=_INPUT_TYPES.get(spec.kind, "text"), **common, **watched)


def _linked() -> rx.Component:
    """The contact and the account that the lead will be linked to."""
    return rx.fragment(
        rx.cond(
            NewLead.contact_id > 0,
            _link_pill(ui.tr("fields.lead.contact"), NewLead.contact_name, "contact"),
        ),
        rx.cond(
            NewLead.account_id > 0,
            _link_pill(ui.tr("fields.lead.account"), NewLead.account_name, "account"),
        ),
    )


def _link_pill(label: Var, name: Var, entity: str) -> rx.Component:
    return ui.row(
        ui.icon("link"),
        rx.el.span(label, class_name="muted small"),
        rx.el.span(name, class_name="strong"),
        ui.icon_button("x", label=ui.tr("new_lead.unlink"), size="sm", on_click=NewLead.unlink(entity)),
    )


def _known() -> rx.Component:
    return rx.cond(
        NewLead.known.length() > 0,
        rx.el.section(
            rx.el.h3(ui.tr("new_lead.known"), class_name="section-title"),
            rx.el.ul(rx.foreach(NewLead.known, _known_row), class_name="known-list"),
            aria_label=ui.tr("new_lead.known"),
            aria_live="polite",
        ),
    )


def _known_row(one: Var) -> rx.Component:
    entity = one["entity"].to(str)
    path = rx.match(
        entity,
        ("lead", routes.LEADS),
        ("contact", routes.CONTACTS),
        ("account", routes.ACCOUNTS),
        routes.LEADS,
    )
    return rx.el.li(
        rx.match(
            entity,
            ("lead", ui.icon("target")),
            ("contact", ui.icon("contact")),
            ui.icon("building-2"),
        ),
        rx.el.span(
            rx.el.span(one["name"], class_name="strong"),
            rx.el.span(one["detail"], class_name="muted small"),
            class_name="truncate",
        ),
        rx.cond(
            entity != "lead",
            ui.button(
                ui.tr("new_lead.use"),
                size="sm",
                on_click=NewLead.use(entity, one["id"].to(int)),
            ),
        ),
        ui.link(
            ui.tr("new_lead.open_existing"),
            href=path.to(str) + "/" + one["id"].to(str),
            on_click=NewLead.close,
        ),
    )


SHELL_OVERLAYS.append(new_lead_dialog)
