import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.state.lead_list import LeadList


def lead_analytics() -> rx.Component:
    """Counts of the whole filter; a bar leads to its leads."""
    return rx.el.div(
        *[
            ui.card(
                rx.el.ul(rx.foreach(LeadList.bars[by], _bar), class_name="bars"),
                title=ui.tr(f"fields.lead.{by}"),
            )
            for by in ("stage", "source", "owner")
        ],
        class_name="bar-cards",
    )


def _bar(bar: Var) -> rx.Component:
    label = rx.cond(bar.label != "", bar.label, ui.tr("ui.empty_value"))
    return rx.el.li(
        rx.el.button(
            rx.el.span(label, class_name="truncate"),
            rx.el.span(
                rx.el.i(style={"width": bar.percent.to(str) + "%"}),
                class_name="bar-track",
                aria_hidden="true",
            ),
            rx.el.b(ui.fmt_number(bar["count"]), class_name="tnum"),
            type="button",
            on_click=LeadList.show_bar(bar["field"].to(str), bar["key"].to(str)),
        )
    )
