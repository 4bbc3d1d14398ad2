"""Small helpers that every component of the kit shares."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

Child = str | Var | rx.Component
Tone = str | Var
ARIAKIT = "@ariakit/react@0.4.40"


def icon(name: str, *, small: bool = False, **props: Any) -> rx.Component:
    """Show a Lucide icon as decoration; the name is fixed when the page is built."""
    return rx.icon(name, class_name="icon sm" if small else "icon", **props)


def present(value: Any) -> Any:
    """Tell whether a text, plain or Var, is not empty: a bool or a Var."""
    if isinstance(value, Var):
        return value.bool() if hasattr(value, "bool") else value
    return bool(value)


def when(condition: Any, shown: rx.Component, otherwise: rx.Component | None = None) -> rx.Component:
    """Show a component if a condition holds, which may be known while the page is built."""
    if isinstance(condition, Var):
        return rx.cond(condition, shown, otherwise) if otherwise is not None else rx.cond(condition, shown)
    return shown if condition else (otherwise if otherwise is not None else rx.fragment())


def choose(condition: Any, yes: Any, no: Any) -> Any:
    """Choose one of two values by a condition that may be known while the page is built."""
    return rx.cond(condition, yes, no) if isinstance(condition, Var) else (yes if condition else no)


def optional(props: dict[str, Any]) -> dict[str, Any]:
    """Drop the props that were not given."""
    return {name: value for name, value in props.items() if value is not None}
