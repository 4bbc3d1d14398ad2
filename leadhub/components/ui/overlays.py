"""What opens above the page: dialogs, drawers, menus, pop-overs; and tabs, which share their library."""

from typing import Any, Literal

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import ARIAKIT, Child, icon, optional

Text = str | Var


class _Overlay(rx.Component):
    library = f"{LIBRARY}/overlays"
    lib_dependencies: list[str] = [ARIAKIT]


class Dialog(_Overlay):
    tag = "Dialog"
    open: rx.Var[bool]
    title: rx.Var[str]
    description: rx.Var[str]
    size: rx.Var[str]
    kind: rx.Var[str]
    role: rx.Var[str]
    on_close: rx.EventHandler[rx.event.no_args_event_spec]


class MenuRoot(_Overlay):
    tag = "MenuRoot"
    placement: rx.Var[str]


class MenuTrigger(_Overlay):
    tag = "MenuTrigger"
    label: rx.Var[str]


class MenuContent(_Overlay):
    tag = "MenuContent"
    label: rx.Var[str]


class MenuItem(_Overlay):
    tag = "MenuItem"
    href: rx.Var[str]
    disabled: rx.Var[bool]
    tone: rx.Var[str]
    hint: rx.Var[str]
    on_pick: rx.EventHandler[rx.event.no_args_event_spec]


class MenuRule(_Overlay):
    tag = "MenuRule"


class SubMenu(_Overlay):
    tag = "SubMenu"
    label: rx.Var[str]
    mark: rx.Var[rx.Component]


class ContextMenu(_Overlay):
    tag = "ContextMenu"
    label: rx.Var[str]
    items: rx.Var[rx.Component]


class PopoverRoot(_Overlay):
    tag = "PopoverRoot"
    placement: rx.Var[str]


class PopoverTrigger(_Overlay):
    tag = "PopoverTrigger"
    label: rx.Var[str]


class PopoverContent(_Overlay):
    tag = "PopoverContent"
    label: rx.Var[str]


class Tabs(_Overlay):
    tag = "Tabs"
    value: rx.Var[str]
    label: rx.Var[str]
    tabs: rx.Var[list[dict[str, Any]]]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def dialog(
    *children: Child,
    title: Text,
    open: bool | Var,
    on_close: Any,
    description: Text = "",
    size: Literal["", "wide", "full", "top"] = "",
) -> rx.Component:
    """Show a dialog named by its title; Escape and the cross call on_close. Put the form inside."""
    return Dialog.create(
        *children, title=title, open=open, on_close=on_close, description=description, size=size
    )


def alert_dialog(*children: Child, title: Text, open: bool | Var, on_close: Any) -> rx.Component:
    """Ask before something that matters; end with dialog_actions(cancel, confirm)."""
    return Dialog.create(*children, title=title, open=open, on_close=on_close, role="alertdialog")


def drawer(
    *children: Child,
    title: Text,
    open: bool | Var,
    on_close: Any,
    side: Literal["right", "left"] = "right",
) -> rx.Component:
    """Show a panel at the side while `open`."""
    size = "left" if side == "left" else ""
    return Dialog.create(*children, title=title, open=open, on_close=on_close, kind="drawer", size=size)


def dialog_actions(*buttons: Child) -> rx.Component:
    """Lay out a dialog's buttons at its end."""
    return rx.el.div(*buttons, class_name="dialog-actions")


def menu(
    *items: Child,
    label: Text,
    text: Child | None = None,
    icon_name: str | None = None,
    variant: Literal["primary", "secondary", "ghost"] = "secondary",
    size: Literal["md", "sm"] = "md",
    placement: str = "bottom-start",
    trigger: Child | None = None,
) -> rx.Component:
    """Show a button that opens a menu: with `text` a labelled one, else an icon named `label`."""
    if trigger is not None:
        button = MenuTrigger.create(trigger, label=label, class_name=f"btn icon-only {variant} {size}")
    elif text is not None:
        start = icon(icon_name) if icon_name else rx.fragment()
        button = MenuTrigger.create(
            start, text, icon("chevron-down", small=True), class_name=f"btn {variant} {size}"
        )
    else:
        button = MenuTrigger.create(
            icon(icon_name or "ellipsis"), label=label, class_name=f"btn icon-only {variant} {size}"
        )
    return MenuRoot.create(button, MenuContent.create(*items, label=label), placement=placement)


def menu_item(
    *children: Child,
    icon_name: str | None = None,
    on_click: Any = None,
    href: Text | None = None,
    disabled: bool | Var = False,
    danger: bool = False,
    hint: Text | None = None,
) -> rx.Component:
    """Show one choice of a menu; hint stands at the right, such as a shortcut or why it is disabled."""
    props = optional({"on_pick": on_click, "href": href, "hint": hint})
    return MenuItem.create(
        icon(icon_name) if icon_name else rx.fragment(),
        *children,
        disabled=disabled,
        tone="danger" if danger else "",
        **props,
    )


def submenu(*items: Child, label: Text, icon_name: str | None = None) -> rx.Component:
    """Show a choice of a menu that opens a menu of its own."""
    mark = icon(icon_name) if icon_name else rx.fragment()
    return SubMenu.create(*items, label=label, mark=mark)


def menu_separator() -> rx.Component:
    """Divide a menu."""
    return MenuRule.create()


def menu_label(text: Text) -> rx.Component:
    """Name a part of a menu."""
    return rx.el.div(text, class_name="menu-label", role="presentation")


def context_menu(*children: Child, items: list[rx.Component], label: Text) -> rx.Component:
    """Open a menu by the right mouse button or the menu key anywhere in the children."""
    return ContextMenu.create(*children, items=rx.fragment(*items), label=label)


def popover(
    *children: Child,
    label: Text,
    text: Child | None = None,
    icon_name: str | None = None,
    variant: Literal["secondary", "ghost"] = "secondary",
    size: Literal["md", "sm"] = "md",
) -> rx.Component:
    """Show a button that opens a small panel, such as a filter or the column chooser."""
    shown = [icon(icon_name)] if icon_name else []
    if text is not None:
        trigger = PopoverTrigger.create(*shown, text, class_name=f"btn {variant} {size}")
    else:
        trigger = PopoverTrigger.create(*shown, label=label, class_name=f"btn icon-only {variant} {size}")
    return PopoverRoot.create(trigger, PopoverContent.create(*children, label=label))


def tab(value: str, label: Text, count: int | Var | None = None) -> dict[str, Any]:
    """Describe one tab for tabs()."""
    return optional({"value": value, "label": label, "count": count})


def tabs(*panels: tuple[dict[str, Any], Child], value: Var, on_change: Any, label: Text) -> rx.Component:
    """Show tabs and the panel of the chosen one: (tab(value, text), content). on_change gets the value."""
    return Tabs.create(
        rx.match(
            value,
            *[(described["value"], rx.fragment(content)) for described, content in panels],
            rx.fragment(),
        ),
        value=value,
        on_change=on_change,
        label=label,
        tabs=[described for described, _ in panels],
    )
