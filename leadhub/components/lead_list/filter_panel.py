import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.domain.fields import Entity, fields_of
from leadhub.state.lead_list import LeadList
from leadhub.state.lead_list.filters import is_filtered


def filter_panel() -> rx.Component:
    """Field, operator and value for each condition; all or any of them."""
    return ui.drawer(
        rx.cond(LeadList.draft.length() > 1, _match(-1, LeadList.draft_any, ui.tr("lead_list.match_groups"))),
        rx.foreach(LeadList.draft, _group),
        ui.row(
            ui.button(
                ui.tr("lead_list.add_group"), size="sm", icon_name="list-plus", on_click=LeadList.add_group
            ),
        ),
        ui.dialog_actions(
            ui.button(ui.tr("ui.clear_all"), variant="ghost", on_click=LeadList.clear_filters),
            ui.button(ui.tr("ui.cancel"), on_click=LeadList.close_filters),
            ui.button(ui.tr("lead_list.apply"), variant="primary", on_click=LeadList.apply_filters),
        ),
        title=ui.tr("lead_list.filters"),
        open=LeadList.filters_open,
        on_close=LeadList.close_filters,
    )


def _group(group: Var, number: Var) -> rx.Component:
    filters = group["filters"].to(list)
    return rx.el.fieldset(
        rx.cond(filters.length() > 1, _match(number, group["any"], ui.tr("lead_list.match"))),
        rx.foreach(group.filters, lambda one, index: _condition(one, number, index)),
        ui.button(
            ui.tr("lead_list.add_condition"),
            variant="ghost",
            size="sm",
            icon_name="plus",
            on_click=LeadList.add_condition(number),
        ),
        class_name="filter-group",
    )


def _match(number: Var | int, any_of: Var, label: Var) -> rx.Component:
    return ui.row(
        rx.el.span(label, class_name="small muted"),
        *[
            ui.button(
                ui.tr(f"lead_list.match_{word}"),
                size="sm",
                variant="ghost",
                aria_pressed=rx.cond(any_of == value, "true", "false"),
                on_click=LeadList.match_any(number, value),
            )
            for word, value in (("all", False), ("any", True))
        ],
        class_name="match-switch",
    )


def _condition(one: Var, group: Var, index: Var) -> rx.Component:
    fields = [
        {"value": spec.key, "label": ui.tr(spec.label_key)}
        for spec in fields_of(Entity.LEAD).values()
        if is_filtered(spec)
    ]
    return rx.el.div(
        ui.combobox(
            label=ui.tr("lead_list.field"),
            options=fields,
            value=one.key,
            clearable=False,
            on_change=lambda key: LeadList.set_condition_field(group, index, key),
        ),
        ui.field_frame(
            rx.el.select(
                rx.foreach(
                    one.operators,
                    lambda operator: rx.el.option(ui.tr_key(operator.label), value=operator.value),
                ),
                id=f"operator-{group}-{index}",
                value=one.operator,
                on_change=lambda value: LeadList.set_condition_operator(group, index, value),
                class_name="input",
            ),
            id=f"operator-{group}-{index}",
            label=ui.tr("lead_list.operator"),
        ),
        rx.match(
            one.input,
            ("none", rx.fragment()),
            ("options", _options(one, group, index)),
            rx.fragment(
                _typed(one, group, index, 0),
                rx.cond(one.two, _typed(one, group, index, 1)),
            ),
        ),
        ui.icon_button(
            "x",
            label=ui.tr("lead_list.remove_condition"),
            size="sm",
            on_click=LeadList.remove_condition(group, index),
        ),
        class_name="filter-row",
    )


def _options(one: Var, group: Var, index: Var) -> rx.Component:
    return rx.cond(
        one.many,
        ui.multi_combobox(
            label=ui.tr("lead_list.value"),
            options=one.options,
            value=one.given,
            on_change=lambda values: LeadList.set_condition_values(group, index, values),
        ),
        ui.combobox(
            label=ui.tr("lead_list.value"),
            options=one.options,
            value=one.given[0],
            on_change=lambda value: LeadList.set_condition_value(group, index, 0, value),
        ),
    )


def _typed(one: Var, group: Var, index: Var, place: int) -> rx.Component:
    name = f"value-{group}-{index}-{place}"
    return ui.field_frame(
        rx.el.input(
            id=name,
            type=rx.match(one.input, ("number", "number"), ("date", "date"), "text"),
            step="any",
            default_value=one.given[place],
            on_change=lambda value: LeadList.set_condition_value(group, index, place, value).debounce(150),
            class_name="input",
            auto_complete="off",
        ),
        id=name,
        label=ui.tr("lead_list.value" if place == 0 else "lead_list.value_to"),
    )
