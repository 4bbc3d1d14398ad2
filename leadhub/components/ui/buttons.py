from typing import Any, Literal

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.ui.base import Child, choose, icon, when

Variant = Literal["primary", "secondary", "ghost", "danger"]
Size = Literal["md", "sm"]


def button(
    *children: Child,
    variant: Variant = "secondary",
    size: Size = "md",
    icon_name: str | None = None,
    loading: bool | Var = False,
    disabled: bool | Var = False,
    type: Literal["button", "submit", "reset"] = "button",
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Show a button; while loading it keeps its name, shows a spinner and takes no click."""
    inert = choose(loading, True, disabled)
    start = icon(icon_name) if icon_name else rx.fragment()
    return rx.el.button(
        when(loading, rx.el.span(class_name="spinner", aria_hidden="true"), start),
        *children,
        type=type,
        class_name=f"btn {variant} {size} {class_name}".strip(),
        disabled=inert,
        aria_busy=choose(loading, "true", "false"),
        **props,
    )


def icon_button(
    icon_name: str,
    *,
    label: str | Var,
    variant: Variant = "ghost",
    size: Size = "md",
    disabled: bool | Var = False,
    class_name: str = "",
    **props: Any,
) -> rx.Component:
    """Show a button that is only an icon; its label is its name and its tooltip."""
    return rx.el.button(
        icon(icon_name),
        type=props.pop("type", "button"),
        class_name=f"btn icon-only {variant} {size} {class_name}".strip(),
        disabled=disabled,
        aria_label=label,
        custom_attrs={"data-tip": label, **props.pop("custom_attrs", {})},
        **props,
    )


def button_link(
    *children: Child,
    href: str | Var,
    variant: Variant = "secondary",
    size: Size = "md",
    icon_name: str | None = None,
    **props: Any,
) -> rx.Component:
    """Show a link that looks like a button."""
    return rx.el.a(
        icon(icon_name) if icon_name else rx.fragment(),
        *children,
        href=href,
        class_name=f"btn {variant} {size}",
        **props,
    )


def link(*children: Child, href: str | Var, class_name: str = "link", **props: Any) -> rx.Component:
    """Show a link inside the app."""
    return rx.el.a(*children, href=href, class_name=class_name, **props)
