import reflex as rx

from leadhub.components import ui
from leadhub.domain.actor import Role
from leadhub.domain.permissions import MATRIX, Right


def role_matrix() -> rx.Component:
    """Show what each role may do, as the one table in domain/permissions.py says it."""
    header = [
        ui.header_cell(ui.tr("people.right")),
        *[ui.header_cell(ui.tr_key(f"people.role_{role.value}")) for role in Role],
    ]
    rows = [
        rx.el.tr(
            rx.el.th(ui.tr_key(f"people.right_{right.value}"), scope="row"),
            *[ui.cell(_mark(right in MATRIX[role])) for role in Role],
        )
        for right in Right
    ]
    return rx.el.div(
        rx.el.p(ui.tr("people.roles_hint"), class_name="muted"),
        ui.table(label=ui.tr("settings.roles"), header=header, body=rx.fragment(*rows)),
        class_name="stack",
    )


def _mark(allowed: bool) -> rx.Component:
    if allowed:
        return rx.fragment(ui.icon("check"), rx.el.span(ui.tr("people.yes"), class_name="sr-only"))
    return rx.fragment(
        rx.el.span("–", aria_hidden="true", class_name="faint"),
        rx.el.span(ui.tr("people.no"), class_name="sr-only"),
    )
