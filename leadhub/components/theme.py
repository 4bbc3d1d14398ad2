"""What `rx.App` needs for the looks: `rx.App(**theme.app_options(), ...)`."""

from typing import Any

import reflex as rx
from reflex.app import default_error_boundary
from reflex.vars.base import Var

from leadhub.components.ui.behaviour import Crashed

STYLESHEETS = ["/leadhub.css"]


def app_options() -> dict[str, Any]:
    """Return the looks of the app: our stylesheet and toasts, none of Reflex's overlays."""
    return {
        "stylesheets": STYLESHEETS,
        "head_components": _head_components(),
        "toaster": None,
        "app_wraps": {(55, "ErrorBoundary"): _error_boundary},
    }


def _error_boundary(_stateful: bool) -> rx.Component:
    return default_error_boundary(fallback_render=Var.create(Crashed.create()))


def _head_components() -> list[rx.Component]:
    return [
        rx.el.link(rel="icon", type="image/svg+xml", href="/favicon.svg"),
        rx.el.meta(name="referrer", content="same-origin"),
    ]
