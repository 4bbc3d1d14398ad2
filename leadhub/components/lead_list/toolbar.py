import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.components.lead_list.board import board_type_choice
from leadhub.components.lead_list.views_menu import views_menu
from leadhub.state.lead_list import LeadList


def list_toolbar() -> rx.Component:
    """Everything that decides which leads are shown, and the ways in and out of the list."""
    return ui.toolbar(
        mode_switch(),
        views_menu(),
        search_box(),
        ui.button(
            ui.tr("lead_list.filters"),
            icon_name="list-filter",
            on_click=LeadList.open_filters,
            aria_haspopup="dialog",
        ),
        rx.cond(LeadList.mode == "board", board_type_choice()),
        rx.el.span(class_name="grow"),
        totals(),
        rx.cond(
            LeadList.mode == "list",
            ui.icon_button(
                "columns-3",
                label=ui.tr("lead_list.columns"),
                variant="secondary",
                size="sm",
                on_click=LeadList.open_columns,
            ),
        ),
        rx.cond(
            LeadList.rights.contains("export") & (LeadList.selected.length() == 0),
            ui.button(
                ui.tr("lead_list.export"), size="sm", icon_name="download", on_click=LeadList.open_export
            ),
        ),
        rx.cond(
            LeadList.rights.contains("import"),
            ui.button_link(ui.tr("lead_list.import"), href=routes.IMPORTS, size="sm", icon_name="upload"),
        ),
    )


def mode_switch() -> rx.Component:
    return ui.segmented(
        ("list", ui.tr("lead_list.list"), "list"),
        ("board", ui.tr("lead_list.board"), "square-kanban"),
        ("analytics", ui.tr("lead_list.analytics"), "chart-column"),
        value=LeadList.mode,
        on_change=LeadList.pick_mode,
        label=ui.tr("lead_list.mode"),
        name="mode",
    )


def search_box() -> rx.Component:
    return rx.el.div(
        ui.icon("search"),
        rx.el.input(
            id="list-search",
            type="search",
            aria_label=ui.tr("lead_list.search"),
            placeholder=ui.tr("lead_list.search"),
            default_value=LeadList.search,
            key=LeadList.search_key,
            on_change=LeadList.search_for.debounce(200),
            auto_complete="off",
        ),
        class_name="input-box search-box",
    )


def totals() -> rx.Component:
    """The rows come first; the exact total when it is known."""
    return rx.el.span(
        rx.cond(
            LeadList.total < 0,
            ui.tr("lead_list.counting"),
            rx.fragment(
                ui.tr("lead_list.count", count=LeadList.total),
                rx.cond(
                    LeadList.amount_minor > 0, rx.fragment(" · ", ui.fmt_money_compact(LeadList.amount_minor))
                ),
            ),
        ),
        class_name="muted tnum small",
        role="status",
        id="lead-total",
    )


def chip_row() -> rx.Component:
    """The conditions, each to be edited or taken away."""
    return rx.cond(
        LeadList.chips.length() > 0,
        rx.el.div(
            rx.foreach(LeadList.chips, _chip),
            ui.button(ui.tr("ui.clear_all"), variant="ghost", size="sm", on_click=LeadList.clear_filters),
            class_name="chip-row",
            role="group",
            aria_label=ui.tr("lead_list.filters"),
        ),
    )


def _chip(chip: Var) -> rx.Component:
    return rx.fragment(
        rx.cond(
            chip["joined_by"] == "or",
            rx.el.span(ui.tr("lead_list.or"), class_name="small muted"),
        ),
        ui.filter_chip(
            ui.tr_key(chip["label_key"]),
            " ",
            ui.tr_key(chip["operator_key"]),
            " ",
            rx.el.b(
                chip["values"],
                rx.foreach(
                    chip["value_keys"].to(list[str]),
                    lambda key, index: rx.fragment(rx.cond(index > 0, ", ", ""), ui.tr_key(key)),
                ),
            ),
            label=ui.tr_key(chip["label_key"]),
            on_edit=LeadList.open_filters,
            on_remove=LeadList.remove_filter(chip["group"], chip["index"]),
        ),
    )
