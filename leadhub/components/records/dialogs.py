from typing import Any

import reflex as rx

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.domain.fields import FieldKind, FieldSpec
from leadhub.state.records.new_record import CHOSEN, new_fields

_SEARCHED = frozenset({FieldKind.CONTACT, FieldKind.ACCOUNT, FieldKind.CAMPAIGN})
_INPUTS = {FieldKind.EMAIL: "email", FieldKind.PHONE: "tel", FieldKind.URL: "text"}


def new_dialog(state: Any) -> rx.Component:
    """The form of a new record; its fields are those of the registry."""
    specs = new_fields(state.entity)
    fields = [_field(state, spec, first=index == 0) for index, spec in enumerate(specs)]
    return ui.dialog(
        ui.form(
            ui.form_grid(*fields),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=state.close_new),
                ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
            ),
            on_submit=state.create,
            key=state.new_key,
        ),
        title=ui.tr(f"records.new_{state.entity}"),
        open=state.new_open,
        on_close=state.close_new,
        size="wide",
    )


def _field(state: Any, spec: FieldSpec, *, first: bool) -> rx.Component:
    common: dict[str, Any] = {
        "name": spec.key,
        "label": ui.tr(spec.label_key),
        "error": form_error(state.errors, spec.key),
        "required": spec.required,
    }
    if spec.kind in CHOSEN:
        if spec.kind in _SEARCHED:
            key = spec.key
            common["on_search"] = lambda typed: state.offer(key, typed)
        if spec.key == "owner":
            common["default_value"] = state.own_id
        if spec.key == "kind":
            common["default_value"] = "task"
        return ui.combobox(options=state.options[spec.key], **common)
    match spec.kind:
        case FieldKind.LONG_TEXT:
            return rx.el.div(ui.textarea_field(rows=3, **common), class_name="span")
        case FieldKind.MONEY:
            return ui.money_field(currency="EUR", **common)
        case FieldKind.DATE:
            return ui.date_field(**common)
        case FieldKind.DATETIME:
            return ui.datetime_field(**common)
        case FieldKind.BOOLEAN:
            return ui.checkbox_field(name=spec.key, label=ui.tr(spec.label_key))
        case FieldKind.INTEGER | FieldKind.PERCENT:
            return ui.number_field(**common)
    field = ui.text_field(type=_INPUTS.get(spec.kind, "text"), auto_focus=first, **common)
    return rx.el.div(field, class_name="span") if first else field


def filter_dialog(state: Any) -> rx.Component:
    """One condition: field, operator, value."""
    draft = state.draft
    value_label = ui.tr("records.value")
    return ui.dialog(
        ui.form(
            ui.form_grid(
                ui.combobox(
                    label=ui.tr("records.field"),
                    options=state.filter_fields,
                    value=draft.field,
                    on_change=state.pick_filter_field,
                    required=True,
                ),
                rx.cond(
                    draft.field != "",
                    ui.combobox(
                        label=ui.tr("records.operator"),
                        options=state.operators,
                        value=draft.operator,
                        on_change=state.pick_operator,
                        required=True,
                        clearable=False,
                    ),
                ),
            ),
            rx.match(
                draft.takes,
                ("text", ui.text_field(name="value", label=value_label)),
                ("days", ui.number_field(name="value", label=ui.tr("records.days"))),
                ("number", ui.number_field(name="value", label=value_label)),
                (
                    "two_numbers",
                    ui.form_grid(
                        ui.number_field(name="value", label=ui.tr("records.from")),
                        ui.number_field(name="until", label=ui.tr("records.until")),
                    ),
                ),
                ("date", ui.date_field(name="value", label=value_label)),
                (
                    "two_dates",
                    ui.form_grid(
                        ui.date_field(name="value", label=ui.tr("records.from")),
                        ui.date_field(name="until", label=ui.tr("records.until")),
                    ),
                ),
                (
                    "choice",
                    rx.cond(
                        (draft.operator == "one_of") | (draft.operator == "none_of"),
                        ui.multi_combobox(
                            name="value",
                            label=value_label,
                            options=state.filter_options,
                            on_search=state.search_filter_options,
                        ),
                        ui.combobox(
                            name="value",
                            label=value_label,
                            options=state.filter_options,
                            on_search=state.search_filter_options,
                            key=draft.field,
                        ),
                    ),
                ),
                rx.fragment(),
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=state.close_filter),
                ui.button(ui.tr("records.add_filter"), type="submit", variant="primary"),
            ),
            on_submit=state.add_filter,
        ),
        title=ui.tr("records.filter"),
        open=state.filter_open,
        on_close=state.close_filter,
    )
