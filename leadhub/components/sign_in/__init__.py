"""The frame of the pages before sign-in, and forms that the browser posts by itself."""

import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.frontend import LIBRARY
from leadhub.components.ui.base import Child


class PlainForm(rx.Component):
    library = f"{LIBRARY}/plain_form"
    tag = "PlainForm"
    action: rx.Var[str]
    label: rx.Var[str]
    remember: rx.Var[bool]


def plain_form(
    *children: Child, action: str, label: str | Var, remember: bool = False, class_name: str = "stack loose"
) -> rx.Component:
    """Show a form that is posted to the server as a page; `remember` keeps the e-mail for another try."""
    return PlainForm.create(*children, action=action, label=label, remember=remember, class_name=class_name)


def hidden_value(name: str, value: str | Var) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value)


def gate_page(*content: Child, title: str | Var) -> rx.Component:
    """Frame a page for whoever is not signed in."""
    return ui.client_only(
        rx.el.main(
            rx.el.div(
                rx.el.div(
                    rx.el.img(src="/favicon.svg", alt="", style={"width": "28px", "height": "28px"}),
                    rx.el.span("LeadHub", class_name="gate-brand"),
                    class_name="row",
                ),
                rx.el.h1(title),
                *content,
                class_name="gate-card",
            ),
            class_name="gate",
        )
    )
