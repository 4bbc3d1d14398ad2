import reflex as rx

from leadhub.components import ui
from leadhub.components.lead_actions import lead_action_dialogs
from leadhub.components.lead_list.analytics import lead_analytics
from leadhub.components.lead_list.bars import paging_bar, row_bar
from leadhub.components.lead_list.board import lead_board
from leadhub.components.lead_list.bulk import bulk_dialogs, selection_bar
from leadhub.components.lead_list.column_chooser import column_chooser
from leadhub.components.lead_list.filter_panel import filter_panel
from leadhub.components.lead_list.grid import lead_grid
from leadhub.components.lead_list.toolbar import chip_row, list_toolbar
from leadhub.components.lead_list.views_menu import view_dialog
from leadhub.state.lead_list import LeadList


def lead_list_content() -> rx.Component:
    return rx.fragment(
        list_toolbar(),
        chip_row(),
        rx.match(
            LeadList.mode,
            ("board", lead_board()),
            ("analytics", lead_analytics()),
            _list(),
        ),
        lead_action_dialogs(),
        filter_panel(),
        column_chooser(),
        view_dialog(),
        bulk_dialogs(),
        ui.hotkeys(rows=".table a.primary"),
    )


def _list() -> rx.Component:
    return rx.fragment(selection_bar(), row_bar(), lead_grid(), paging_bar())
