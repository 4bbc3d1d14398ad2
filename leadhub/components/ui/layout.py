"""Frames that hold content: cards, key-value lists, breadcrumbs, switches between views, filter chips."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.ui.base import Child, icon
from leadhub.components.ui.fields import radio
from leadhub.components.ui.text import tr

Text = str | Var


def row(*children: Child, class_name: str = "", **props: Any) -> rx.Component:
    """Put things side by side; classes `spread` and `wrap`."""
    return rx.el.div(*children, class_name=f"row {class_name}".strip(), **props)


def stack(*children: Child, class_name: str = "", **props: Any) -> rx.Component:
    """Put things below each other; classes `tight` and `loose`."""
    return rx.el.div(*children, class_name=f"stack {class_name}".strip(), **props)


def card(
    *children: Child,
    title: Text,
    actions: rx.Component | None = None,
    flush: bool = False,
    id: str | None = None,
) -> rx.Component:
    """Show a panel, a region named by its title; flush lets a table reach its edges."""
    return rx.el.section(
        rx.el.div(rx.el.h2(title), actions if actions is not None else rx.fragment(), class_name="card-head"),
        rx.el.div(*children, class_name="card-body flush" if flush else "card-body"),
        class_name="card",
        aria_label=title,
        **({"id": id} if id else {}),
    )


def key_values(*pairs: tuple[Text, Child], columns: int = 1) -> rx.Component:
    """Show labels with their values, in one or two columns."""
    cells = [cell for label, value in pairs for cell in (rx.el.dt(label), rx.el.dd(value))]
    return rx.el.dl(*cells, class_name="kv two" if columns == 2 else "kv")


def breadcrumb(*steps: tuple[Text, str | Var | None]) -> rx.Component:
    """Show the way here: (text, href), the last without one."""
    items = [
        rx.el.li(rx.el.a(text, href=href, class_name="truncate"))
        if href is not None
        else rx.el.li(rx.el.span(text, aria_current="page", class_name="truncate"))
        for text, href in steps
    ]
    return rx.el.nav(rx.el.ol(*items), aria_label=tr("ui.breadcrumb"), class_name="crumbs")


def segmented(
    *choices: tuple[str, Text, str | None], value: Text, on_change: Any, label: Text, name: str
) -> rx.Component:
    """Switch between a few views, (value, text, icon), by radio buttons. on_change gets the value."""
    return rx.el.div(
        *[
            rx.el.label(
                radio(name=name, value=key, checked=value == key, on_change=on_change(key)),
                icon(icon_name) if icon_name else rx.fragment(),
                text,
            )
            for key, text, icon_name in choices
        ],
        class_name="segmented",
        role="radiogroup",
        aria_label=label,
    )


def filter_chip(*children: Child, label: Text, on_edit: Any, on_remove: Any) -> rx.Component:
    """Show one active filter: a click edits it, the cross removes it."""
    return rx.el.span(
        rx.el.button(
            *children,
            type="button",
            on_click=on_edit,
            class_name="truncate",
            aria_label=tr("ui.filter_edit", label=label),
        ),
        rx.el.button(
            icon("x", small=True),
            type="button",
            class_name="chip-x",
            on_click=on_remove,
            aria_label=tr("ui.filter_remove", label=label),
        ),
        class_name="chip",
    )


def toolbar(*children: Child) -> rx.Component:
    """Show the row of controls above a list."""
    return rx.el.div(*children, class_name="toolbar")


def bulk_bar(count: int | Var, *actions: Child, on_clear: Any) -> rx.Component:
    """Show what can be done with the selected rows."""
    return rx.el.div(
        rx.el.strong(tr("ui.selected_count", count=count), class_name="strong tnum"),
        *actions,
        rx.el.button(tr("ui.clear_all"), type="button", class_name="btn ghost sm", on_click=on_clear),
        class_name="bulk-bar",
        role="status",
    )


def shortcut(*keys: str) -> rx.Component:
    """Show the keys of a shortcut, as decoration."""
    return rx.el.span(*[rx.el.kbd(key) for key in keys], class_name="row only-wide", aria_hidden="true")
