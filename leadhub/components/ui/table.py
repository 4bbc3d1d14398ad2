"""The parts of a dense data table with a sticky header."""

from typing import Any, Literal

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import Child, choose, icon
from leadhub.components.ui.fields import checkbox
from leadhub.components.ui.text import tr

Text = str | Var


def table(
    *, label: Text, header: list[rx.Component], body: Child, footer: Child | None = None, **props: Any
) -> rx.Component:
    """Show a table that scrolls in its frame; give rows by rx.foreach as body, a sentinel as footer."""
    return rx.el.div(
        rx.el.table(
            rx.el.thead(rx.el.tr(*header)),
            rx.el.tbody(body),
            class_name="table",
            aria_label=label,
        ),
        footer if footer is not None else rx.fragment(),
        class_name="table-wrap",
        tab_index=0,
        role="region",
        aria_label=label,
        **props,
    )


def header_cell(*children: Child, numeric: bool = False, width: str | None = None) -> rx.Component:
    """Show a column's title."""
    return rx.el.th(
        *children,
        scope="col",
        class_name="num" if numeric else "",
        **({"style": {"width": width}} if width else {}),
    )


def sort_header(
    label: Text,
    *,
    direction: Literal["ascending", "descending", "none"] | Var,
    on_sort: Any,
    numeric: bool = False,
) -> rx.Component:
    """Show a column's title as the button that sorts by it."""
    return rx.el.th(
        rx.el.button(label, icon("arrow-down"), type="button", class_name="sort", on_click=on_sort),
        scope="col",
        aria_sort=direction,
        class_name="num" if numeric else "",
    )


def table_row(
    *cells: Child,
    selected: bool | Var = False,
    current: bool | Var = False,
    on_click: Any = None,
    **props: Any,
) -> rx.Component:
    """Show a row; `current` marks the one whose actions are shown."""
    if on_click is not None:
        props |= {"on_click": on_click, "class_name": "clickable"}
    return rx.el.tr(
        *cells,
        aria_selected=choose(selected, "true", "false"),
        custom_attrs={"data-current": choose(current, "true", "false"), **props.pop("custom_attrs", {})},
        **props,
    )


def cell(*children: Child, numeric: bool = False, **props: Any) -> rx.Component:
    """Show a cell; numbers stand right."""
    return rx.el.td(*children, class_name="num" if numeric else "", **props)


def select_cell(*, label: Text, checked: bool | Var, on_change: Any) -> rx.Component:
    """Show the checkbox that selects a row; label names the row."""
    return rx.el.td(
        checkbox(
            checked=checked,
            on_change=on_change,
            on_click=rx.stop_propagation,
            class_name="checkbox",
            aria_label=tr("ui.select_row", label=label),
        ),
        class_name="pick",
    )


class SomeCheckbox(rx.Component):
    library = f"{LIBRARY}/behaviour"
    tag = "SomeCheckbox"
    checked: rx.Var[bool]
    some: rx.Var[bool]
    label: rx.Var[str]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(bool)]


def select_all_header(*, checked: bool | Var, on_change: Any, some: bool | Var = False) -> rx.Component:
    """Show the checkbox that selects all loaded rows; `some` tells that a part of them is."""
    return rx.el.th(
        SomeCheckbox.create(checked=checked, some=some, on_change=on_change, label=tr("ui.select_all")),
        class_name="pick",
        scope="col",
    )


class ScrollSentinel(rx.Component):
    library = f"{LIBRARY}/behaviour"
    tag = "ScrollSentinel"
    on_reach: rx.EventHandler[rx.event.no_args_event_spec]


def end_sentinel(*, on_reach: Any, row_count: int | Var, more: bool | Var = True) -> rx.Component:
    """Ask for more rows when the end of a list comes near, again after each new batch."""
    shown = ScrollSentinel.create(
        rx.el.span(class_name="spinner", aria_hidden="true"), on_reach=on_reach, key=row_count
    )
    return rx.cond(more, shown) if isinstance(more, Var) else (shown if more else rx.fragment())
