import reflex as rx

from leadhub.components import ui
from leadhub.routes import HOME


def not_found_page() -> rx.Component:
    """Say that the address leads nowhere, and show the way back."""
    return ui.client_only(
        rx.el.main(
            ui.empty_state(
                ui.tr("shell.not_found"),
                icon_name="compass",
                hint=ui.tr("shell.not_found_hint"),
                action=ui.button_link(ui.tr("shell.go_home"), href=HOME),
            ),
            class_name="sign-in",
        )
    )
