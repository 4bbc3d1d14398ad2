"""Form fields: each is named by its label, and its hint and error are tied to it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import reflex as rx
from reflex.vars.base import Var
from reflex_components_core.el.elements.forms import CheckboxInput

from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import Child, choose, icon, present, when

Text = str | Var


def field_frame(
    control: rx.Component,
    *,
    id: Text,
    label: Text,
    required: bool | Var = False,
    hint: Text = "",
    error: Text = "",
) -> rx.Component:
    """Put a label above a control and its hint and error below it."""
    return rx.el.div(
        rx.el.div(
            rx.el.label(label, html_for=id, class_name="field-label"),
            when(required, rx.el.span("*", aria_hidden="true", class_name="field-label req")),
        ),
        control,
        _notes(id, hint, error),
        class_name="field",
    )


def text_field(*, name: str, label: Text, type: str = "text", **props: Any) -> rx.Component:
    """Show a one-line field. Takes id, value or default_value, hint, error, required, on_change, on_blur."""
    return _field(rx.el.input, name=name, label=label, type=type, **props)


def textarea_field(*, name: str, label: Text, rows: int = 3, **props: Any) -> rx.Component:
    """Show a field of several lines."""
    return _field(rx.el.textarea, name=name, label=label, rows=str(rows), **props)


def number_field(*, name: str, label: Text, **props: Any) -> rx.Component:
    """Show a field for a number; min, max and step as in HTML."""
    return _field(
        rx.el.input, name=name, label=label, type="number", input_mode="decimal", extra_class=" num", **props
    )


def date_field(*, name: str, label: Text, **props: Any) -> rx.Component:
    """Show a field for a day; its value is an ISO date."""
    return _field(rx.el.input, name=name, label=label, type="date", **props)


def datetime_field(*, name: str, label: Text, **props: Any) -> rx.Component:
    """Show a field for a day and a time, in the user's time zone: give to_local_input(instant)."""
    return _field(rx.el.input, name=name, label=label, type="datetime-local", **props)


def money_field(*, name: str, label: Text, currency: Text, **props: Any) -> rx.Component:
    """Show a field for an amount in major units, with its currency beside it."""

    def boxed(*, class_name: str, **inner: Any) -> rx.Component:
        return rx.el.div(
            rx.el.input(**inner, class_name="tnum"),
            rx.el.span(currency, class_name="affix", aria_hidden="true"),
            class_name="input-box",
            custom_attrs={"data-invalid": inner.get("aria_invalid", "false")},
        )

    return _field(boxed, name=name, label=label, type="text", input_mode="decimal", **props)


def select_field(
    *, name: str, label: Text, options: Var | list[dict[str, Any]], **props: Any
) -> rx.Component:
    """Show a native list of few choices; options have value and label. Prefer the combobox for lookups."""
    choices = (
        rx.foreach(options, lambda option: rx.el.option(option["label"], value=option["value"]))
        if isinstance(options, Var)
        else rx.fragment(*[rx.el.option(option["label"], value=option["value"]) for option in options])
    )

    def select(**inner: Any) -> rx.Component:
        return rx.el.select(choices, **inner)

    return _field(select, name=name, label=label, **props)


class _Tick(rx.el.Input):
    """Answers a click at once; what the server says follows."""

    library = f"{LIBRARY}/behaviour"
    tag = "Tick"


class _TickBox(CheckboxInput):
    library = f"{LIBRARY}/behaviour"
    tag = "Tick"


def radio(*, checked: Any, **props: Any) -> rx.Component:
    """Show a radio button whose choice is the state's."""
    return _Tick.create(type="radio", checked=checked, **props)


def checkbox(*, checked: Any, **props: Any) -> rx.Component:
    """Show a checkbox whose tick is the state's."""
    return _TickBox.create(type="checkbox", checked=checked, **props)


def checkbox_field(
    *, name: str, label: Child, hint: Text = "", switch: bool = False, **props: Any
) -> rx.Component:
    """Show a checkbox with its label; as a switch for what takes effect at once."""
    extra = {"role": "switch"} if switch else {}
    if present(hint) is not False:
        # The hint describes the box; its name is the label alone.
        extra |= {"aria_labelledby": f"{name}-label", "aria_describedby": f"{name}-hint"}
    box = checkbox if "checked" in props else partial(rx.el.input, type="checkbox")
    return rx.el.label(
        box(name=name, **extra, **props),
        rx.el.span(
            rx.el.span(label, id=f"{name}-label"),
            when(
                present(hint),
                rx.el.span(hint, id=f"{name}-hint", class_name="field-hint", display="block"),
            ),
        ),
        class_name="check switch" if switch else "check",
    )


def switch_field(*, name: str, label: Child, hint: Text = "", **props: Any) -> rx.Component:
    """Show a switch with its label."""
    return checkbox_field(name=name, label=label, hint=hint, switch=True, **props)


def form(*children: Child, on_submit: Any, **props: Any) -> rx.Component:
    """Show a form whose rules are the server's: the browser neither checks nor remembers anything."""
    return rx.el.form(*children, on_submit=on_submit, no_validate=True, class_name="stack", **props)


def form_error(message: Text) -> rx.Component:
    """Show what is wrong with a form as a whole, announced at once."""
    return when(
        present(message), rx.el.p(icon("circle-alert"), message, class_name="callout danger", role="alert")
    )


def form_grid(*children: Child) -> rx.Component:
    """Lay fields out in two columns, one on narrow screens; class `span` takes both."""
    return rx.el.div(*children, class_name="form-grid")


def form_actions(*children: Child) -> rx.Component:
    """Lay out a form's buttons at its end."""
    return rx.el.div(*children, class_name="form-actions")


def _field(
    control: Callable[..., rx.Component],
    *,
    name: str,
    label: Text,
    id: Text | None = None,
    hint: Text = "",
    error: Text = "",
    required: bool | Var = False,
    extra_class: str = "",
    **props: Any,
) -> rx.Component:
    field_id = id if id is not None else f"field-{name}"
    invalid = present(error)
    attributes = {
        "aria_invalid": choose(invalid, "true", "false"),
        "aria_required": choose(required, "true", "false"),
        "auto_complete": props.pop("auto_complete", "off"),
    }
    # As a plain attribute: an id that Reflex knows becomes a second entry of the submitted form.
    plain = {"id": field_id, **props.pop("custom_attrs", {})}
    notes = described_by(field_id, hint, error)
    if isinstance(notes, Var) or notes:
        attributes["aria_describedby"] = notes
    return field_frame(
        control(custom_attrs=plain, name=name, class_name=f"input{extra_class}", **attributes, **props),
        id=field_id,
        label=label,
        required=required,
        hint=hint,
        error=error,
    )


def described_by(field_id: Text, hint: Text, error: Text) -> Text:
    """Return the ids of a field's hint and error, those that are there."""
    hint_id = f"{field_id}-hint" if hint is not None and not (isinstance(hint, str) and not hint) else ""
    return choose(present(error), f"{field_id}-error {hint_id}".strip(), hint_id)


def _notes(field_id: Text, hint: Text, error: Text) -> rx.Component:
    return rx.fragment(
        when(present(hint), rx.el.p(hint, id=f"{field_id}-hint", class_name="field-hint")),
        when(
            present(error),
            rx.el.p(
                icon("circle-alert", small=True), error, id=f"{field_id}-error", class_name="field-error"
            ),
        ),
    )
