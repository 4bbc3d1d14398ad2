"""Parts without a face: hot keys, and the layers that show tooltips and toasts."""

from typing import Any

import reflex as rx

from leadhub.components.frontend import FONT_PACKAGE, LIBRARY
from leadhub.components.ui.base import optional

BEHAVIOUR = f"{LIBRARY}/behaviour"


class Hotkeys(rx.Component):
    library = BEHAVIOUR
    tag = "Hotkeys"
    keys: rx.Var[list[str]]
    targets: rx.Var[dict[str, str]]
    rows: rx.Var[str]
    on_hotkey: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def hotkeys(
    *,
    keys: list[str] | None = None,
    targets: dict[str, str] | None = None,
    rows: str | None = None,
    on_hotkey: Any = None,
) -> rx.Component:
    """Listen to keys outside of text fields: "/", "mod+k", "n", "g l" (one after the other).

    `keys` are sent to on_hotkey(key); `targets` (key to CSS selector) focus or click in the browser;
    `rows` is the selector of a list's links, through which j and k walk and whose row x selects.
    """
    return Hotkeys.create(
        **optional({"keys": keys or [], "targets": targets or {}, "rows": rows, "on_hotkey": on_hotkey})
    )


class Tooltips(rx.Component):
    library = BEHAVIOUR
    tag = "Tooltips"
    lib_dependencies: list[str] = [FONT_PACKAGE]


class Toasts(rx.Component):
    library = BEHAVIOUR
    tag = "Toasts"
    on_undo: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def tooltip_layer() -> rx.Component:
    """Show the text of data-tip attributes; once per page."""
    return Tooltips.create()


def toast_layer(*, on_undo: Any = None) -> rx.Component:
    """Show toasts; Undo sends the id that the toast was made with. Once per page."""
    return Toasts.create(**optional({"on_undo": on_undo}))


def with_tip(component: rx.Component, text: Any) -> rx.Component:
    """Give a component a tooltip that is also its description."""
    component.custom_attrs = {**component.custom_attrs, "data-tip": text, "aria-description": text}
    return component


class Crashed(rx.Component):
    library = BEHAVIOUR
    tag = "Crashed"


class ClientOnly(rx.Component):
    library = BEHAVIOUR
    tag = "ClientOnly"
    fallback: rx.Var[rx.Component]


def client_only(*children: Any, fallback: rx.Component | None = None) -> rx.Component:
    """Show the children in the browser only: the prerendered page knows neither language nor time zone."""
    return ClientOnly.create(*children, **optional({"fallback": fallback}))
