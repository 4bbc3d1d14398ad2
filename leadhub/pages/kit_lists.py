"""The gallery's list and board, which fill the frame."""

import reflex as rx

from leadhub.components import ui
from leadhub.components.shell import page_shell
from leadhub.state.kit import KitState


def board_page() -> rx.Component:
    """Show a board that fills the frame."""
    return page_shell(
        ui.toolbar(
            _view_switch(),
            rx.el.span(class_name="grow"),
            rx.el.p(KitState.last, id="last", class_name="small muted"),
        ),
        rx.el.div(
            ui.kanban(
                columns=KitState.columns,
                cards=KitState.rows,
                on_move=KitState.move,
                on_open=lambda card: KitState.note("opened " + card),
                on_load_more=lambda column: KitState.note("more " + column),
            ),
            class_name="grow",
            style={"minHeight": "0"},
        ),
        title="Leads",
        flush=True,
    )


def list_page() -> rx.Component:
    """Show a list that fills the frame."""
    return page_shell(
        ui.toolbar(
            _view_switch(),
            rx.el.div(
                ui.icon("search"),
                rx.el.input(
                    id="list-search", type="search", aria_label="Search leads", placeholder="Search leads"
                ),
                class_name="input-box search-box",
            ),
            ui.button("Filter", icon_name="list-filter", size="sm"),
            ui.filter_chip(
                "Owner is ",
                rx.el.b("Anna Berg"),
                label="Owner",
                on_edit=KitState.note("edit filter"),
                on_remove=KitState.note("remove filter"),
            ),
            rx.el.span(class_name="grow"),
            rx.el.span(ui.fmt_number(128_431), " leads", class_name="muted tnum small"),
            ui.button("Columns", icon_name="columns-3", size="sm"),
            ui.menu(
                ui.menu_item("Import", icon_name="upload"),
                ui.menu_item("Export", icon_name="download"),
                label="Actions",
                text="Actions",
                size="sm",
            ),
        ),
        lead_table(),
        ui.hotkeys(rows=".table a.primary"),
        title="Leads",
        flush=True,
    )


def _view_switch() -> rx.Component:
    return ui.segmented(
        ("list", "List", "list"),
        ("board", "Board", "square-kanban"),
        ("analytics", "Analytics", "chart-column"),
        value=KitState.view,
        on_change=KitState.pick_view,
        label="View",
        name="view",
    )


def lead_table() -> rx.Component:
    return ui.table(
        label="Leads",
        header=[
            ui.select_all_header(
                checked=False, some=KitState.selected.length() > 0, on_change=lambda _on: KitState.note("all")
            ),
            ui.sort_header("Title", direction=KitState.sort, on_sort=KitState.toggle_sort),
            ui.header_cell("Stage"),
            ui.header_cell("Owner"),
            ui.header_cell("Score"),
            ui.sort_header("Budget", direction="none", on_sort=KitState.toggle_sort, numeric=True),
            ui.header_cell("Due"),
        ],
        body=rx.foreach(
            KitState.rows,
            lambda lead: ui.table_row(
                ui.select_cell(
                    label=lead.title,
                    checked=KitState.selected.contains(lead.id),
                    on_change=KitState.toggle_row(lead.id),
                ),
                ui.cell(ui.link(lead.title, href=lead.href, class_name="primary")),
                ui.cell(ui.stage_badge(lead.stage, lead.life_cycle)),
                ui.cell(ui.person(lead.owner)),
                ui.cell(ui.score_gauge(lead.score, label="Predictive score")),
                ui.cell(ui.fmt_money(lead.amount_minor, "EUR"), numeric=True),
                ui.cell(ui.due_text(lead.due_on, ui.fmt_due(lead.due_on), ui.is_overdue(lead.due_on))),
                selected=KitState.selected.contains(lead.id),
                key=lead.id,
            ),
        ),
        footer=ui.end_sentinel(on_reach=KitState.note("more"), row_count=KitState.rows.length(), more=False),
    )
