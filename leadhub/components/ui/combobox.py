"""Lookups: a text field with a list of suggestions, for one value or several."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import ARIAKIT, optional

Text = str | Var


class _Choice(rx.Component):
    library = f"{LIBRARY}/combobox"
    lib_dependencies: list[str] = [ARIAKIT]
    name: rx.Var[str]
    label: rx.Var[str]
    hide_label: rx.Var[bool]
    options: rx.Var[list[Any]]
    placeholder: rx.Var[str]
    required: rx.Var[bool]
    disabled: rx.Var[bool]
    loading: rx.Var[bool]
    hint: rx.Var[str]
    error: rx.Var[str]
    value_key: rx.Var[str]
    label_key: rx.Var[str]
    hint_key: rx.Var[str]
    on_search: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class Combobox(_Choice):
    tag = "Combobox"
    value: rx.Var[Any]
    default_value: rx.Var[Any]
    value_label: rx.Var[str]
    clearable: rx.Var[bool]
    auto_focus: rx.Var[bool]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(str)]
    on_create: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class MultiCombobox(_Choice):
    tag = "MultiCombobox"
    value: rx.Var[list[Any]]
    default_value: rx.Var[list[Any]]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(list[str])]


def combobox(
    *,
    label: Text,
    options: Var | list[Any],
    name: str | None = None,
    value: Any = None,
    value_label: Text | None = None,
    default_value: Any = None,
    on_change: Any = None,
    on_search: Any = None,
    on_create: Any = None,
    **props: Any,
) -> rx.Component:
    """Show a lookup of one value, a combobox named by its label.

    Options are strings, or dicts or rows with value and label (value_key, label_key, hint_key name others).
    on_change gets the value as text, "" when cleared. With on_search(text) the server gives the options of
    what is typed, and value_label names the present value. on_create(text) offers to add what is not there.
    Also: id, placeholder, required, disabled, loading, clearable, hide_label, hint, error.
    """
    given = optional(
        {
            "name": name,
            "value": value,
            "value_label": value_label,
            "default_value": default_value,
            "on_change": on_change,
            "on_search": on_search,
            "on_create": on_create,
        }
    )
    return Combobox.create(label=label, options=options, **given, **props)


def multi_combobox(
    *,
    label: Text,
    options: Var | list[Any],
    name: str | None = None,
    value: Var | list[Any] | None = None,
    default_value: Var | list[Any] | None = None,
    on_change: Any = None,
    on_search: Any = None,
    **props: Any,
) -> rx.Component:
    """Show a lookup of several values. on_change gets list[str]; a form submits them joined by commas."""
    given = optional(
        {
            "name": name,
            "value": value,
            "default_value": default_value,
            "on_change": on_change,
            "on_search": on_search,
        }
    )
    return MultiCombobox.create(label=label, options=options, **given, **props)
