import reflex as rx

from leadhub.components import ui
from leadhub.state.lead_list import LeadList


def lead_board() -> rx.Component:
    return rx.el.div(
        ui.kanban(
            columns=LeadList.board_columns,
            cards=LeadList.board_cards,
            on_move=LeadList.move_card,
            on_open=LeadList.open_card,
            on_load_more=LeadList.load_more_cards,
        ),
        class_name="grow",
        style={"minHeight": "0"},
    )


def board_type_choice() -> rx.Component:
    """Whose stages the columns are."""
    return rx.el.select(
        rx.foreach(LeadList.board_types, lambda one: rx.el.option(one.label, value=one.value)),
        value=LeadList.board_type,
        on_change=LeadList.pick_board_type,
        aria_label=ui.tr("fields.lead.lead_type"),
        class_name="input board-type",
    )
