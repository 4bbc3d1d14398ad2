import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.state.lead_list import LeadList


def column_chooser() -> rx.Component:
    """Which columns, in which order."""
    return ui.drawer(
        rx.el.h3(ui.tr("lead_list.shown"), class_name="section-title"),
        rx.el.ul(rx.foreach(LeadList.shown_columns, _shown), class_name="known-list"),
        rx.el.h3(ui.tr("lead_list.hidden"), class_name="section-title"),
        rx.el.ul(rx.foreach(LeadList.hidden_columns, _hidden), class_name="known-list"),
        ui.dialog_actions(
            ui.button(ui.tr("lead_list.usual"), variant="ghost", on_click=LeadList.usual_columns),
            ui.button(ui.tr("ui.cancel"), on_click=LeadList.close_columns),
            ui.button(ui.tr("lead_list.apply"), variant="primary", on_click=LeadList.apply_columns),
        ),
        title=ui.tr("lead_list.columns"),
        open=LeadList.columns_open,
        on_close=LeadList.close_columns,
    )


def _shown(column: Var, index: Var) -> rx.Component:
    return rx.el.li(
        _box(column, True),
        ui.icon_button(
            "arrow-up",
            label=ui.tr("lead_list.earlier"),
            size="sm",
            disabled=index == 0,
            on_click=LeadList.move_column(column.key, -1),
        ),
        ui.icon_button(
            "arrow-down",
            label=ui.tr("lead_list.later"),
            size="sm",
            disabled=index == LeadList.shown_columns.length() - 1,
            on_click=LeadList.move_column(column.key, 1),
        ),
        key=column.key,
    )


def _hidden(column: Var) -> rx.Component:
    return rx.el.li(_box(column, False), key=column.key)


def _box(column: Var, checked: bool) -> rx.Component:
    return rx.el.label(
        ui.checkbox(checked=checked, on_change=LeadList.toggle_column(column.key)),
        rx.el.span(ui.tr_key(column.label_key)),
        class_name="check grow",
    )
