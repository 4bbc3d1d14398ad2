"""The hub of Settings: each area adds its entry to SECTIONS."""

from dataclasses import dataclass

import reflex as rx

from leadhub import routes
from leadhub.components import ui
from leadhub.components.ui.base import Child
from leadhub.state.base import AppState


@dataclass(frozen=True)
class SettingsSection:
    """One page of Settings; `right` (a value of Right) shows it."""

    href: str
    text_key: str
    hint_key: str
    icon: str
    right: str = "manage_settings"


SECTIONS: list[SettingsSection] = [
    SettingsSection(
        routes.SETTINGS_USERS, "settings.users", "settings.users_hint", "users", right="manage_users"
    ),
    SettingsSection(
        routes.SETTINGS_UNITS, "settings.units", "settings.units_hint", "building", right="manage_users"
    ),
    SettingsSection(routes.SETTINGS_ROLES, "settings.roles", "settings.roles_hint", "shield-check"),
    SettingsSection(routes.SETTINGS_LOOKUPS, "settings.lookups", "settings.lookups_hint", "list"),
]


def settings_hub() -> rx.Component:
    """Show every section that this person may open."""
    return rx.el.ul(*[_entry(section) for section in SECTIONS], class_name="hub")


def _entry(section: SettingsSection) -> rx.Component:
    return rx.cond(
        AppState.rights.contains(section.right),
        rx.el.li(
            rx.el.a(
                ui.icon(section.icon),
                rx.el.span(
                    rx.el.strong(ui.tr_key(section.text_key)),
                    rx.el.span(ui.tr_key(section.hint_key), class_name="small muted"),
                ),
                href=section.href,
            )
        ),
    )


def settings_crumbs(text_key: str) -> rx.Component:
    """The heading of a page of Settings, with the way back."""
    return ui.breadcrumb((ui.tr("settings.title"), routes.SETTINGS), (ui.tr_key(text_key), None))


def if_allowed(*content: Child) -> rx.Component:
    """Show a page, or that this person may not see it."""
    return rx.cond(
        AppState.refused,
        ui.error_state(ui.tr("people.page_refused"), hint=ui.tr("people.page_refused_hint")),
        rx.fragment(*content),
    )
