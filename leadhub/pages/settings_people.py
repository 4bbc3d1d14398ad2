"""Settings → Users, Units, Roles."""

import reflex as rx

from leadhub.components import ui
from leadhub.components.settings import if_allowed, settings_crumbs, settings_hub
from leadhub.components.settings.role_matrix import role_matrix
from leadhub.components.settings.unit_dialogs import unit_dialogs
from leadhub.components.settings.user_dialogs import user_dialogs
from leadhub.components.shell import page_shell
from leadhub.state.units import UnitsState
from leadhub.state.users import UsersState


def settings_page() -> rx.Component:
    return page_shell(if_allowed(settings_hub()), title=ui.tr("settings.title"))


def roles_page() -> rx.Component:
    return page_shell(
        if_allowed(role_matrix()),
        title=ui.tr("settings.roles"),
        heading=settings_crumbs("settings.roles"),
    )


def users_page() -> rx.Component:
    return page_shell(
        if_allowed(
            ui.toolbar(
                rx.el.div(
                    ui.icon("search"),
                    rx.el.input(
                        id="list-search",
                        type="search",
                        aria_label=ui.tr("people.search"),
                        placeholder=ui.tr("people.search"),
                        on_change=UsersState.find.debounce(200),
                    ),
                    class_name="input-box search-box",
                ),
                rx.el.span(class_name="grow"),
                ui.button(
                    ui.tr("people.invite_user"), variant="primary", icon_name="plus", on_click=UsersState.add
                ),
            ),
            ui.table(
                label=ui.tr("settings.users"),
                header=[
                    ui.header_cell(ui.tr("people.name")),
                    ui.header_cell(ui.tr("people.email")),
                    ui.header_cell(ui.tr("people.role")),
                    ui.header_cell(ui.tr("people.units")),
                    ui.header_cell(ui.tr("people.last_seen")),
                    ui.header_cell(rx.el.span(ui.tr("settings.actions"), class_name="sr-only")),
                ],
                body=rx.foreach(UsersState.users, _user),
            ),
            rx.cond(UsersState.users.length() == 0, ui.empty_state(ui.tr("people.nobody_found"))),
            user_dialogs(),
        ),
        title=ui.tr("settings.users"),
        heading=settings_crumbs("settings.users"),
    )


def _user(row: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(
            rx.el.button(
                ui.person(row.name), type="button", class_name="link", on_click=UsersState.edit(row.id)
            ),
            rx.cond(~row.active, ui.pill(ui.tr("people.inactive"), tone="neutral")),
            rx.cond(row.active & row.invited, ui.pill(ui.tr("people.invited"), tone="info")),
        ),
        ui.cell(row.email),
        ui.cell(ui.tr_key("people.role_" + row.role)),
        ui.cell(row.units),
        ui.cell(rx.cond(row.last_seen_at != "", ui.fmt_relative(row.last_seen_at), ui.tr("people.never"))),
        ui.cell(
            ui.menu(
                ui.menu_item(ui.tr("people.edit"), icon_name="pencil", on_click=UsersState.edit(row.id)),
                rx.cond(
                    row.active,
                    rx.fragment(
                        ui.menu_item(
                            ui.tr("people.make_link"), icon_name="link", on_click=UsersState.make_link(row.id)
                        ),
                        ui.menu_item(
                            ui.tr("people.deactivate"),
                            icon_name="user-x",
                            danger=True,
                            on_click=UsersState.ask_deactivate(row.id),
                        ),
                    ),
                    ui.menu_item(
                        ui.tr("people.reactivate"),
                        icon_name="user-check",
                        on_click=UsersState.reactivate(row.id),
                    ),
                ),
                label=ui.tr("people.actions_for", name=row.name),
                variant="ghost",
                size="sm",
            ),
            numeric=True,
        ),
    )


def units_page() -> rx.Component:
    return page_shell(
        if_allowed(
            rx.el.div(
                ui.card(
                    ui.table(
                        label=ui.tr("settings.units"),
                        header=[
                            ui.header_cell(ui.tr("people.name")),
                            ui.header_cell(ui.tr("people.group")),
                            ui.header_cell(ui.tr("people.members")),
                        ],
                        body=rx.foreach(UnitsState.units, _unit),
                    ),
                    rx.cond(UnitsState.units.length() == 0, ui.empty_state(ui.tr("people.no_units"))),
                    title=ui.tr("settings.units"),
                    actions=ui.button(
                        ui.tr("people.new_unit"),
                        size="sm",
                        icon_name="plus",
                        on_click=UnitsState.open_unit(0),
                    ),
                    flush=True,
                ),
                ui.card(
                    ui.table(
                        label=ui.tr("people.groups"),
                        header=[
                            ui.header_cell(ui.tr("people.name")),
                            ui.header_cell(ui.tr("people.units")),
                        ],
                        body=rx.foreach(UnitsState.groups, _group),
                    ),
                    rx.cond(UnitsState.groups.length() == 0, ui.empty_state(ui.tr("people.no_groups"))),
                    title=ui.tr("people.groups"),
                    actions=ui.button(
                        ui.tr("people.new_group"),
                        size="sm",
                        icon_name="plus",
                        on_click=UnitsState.open_group(0),
                    ),
                    flush=True,
                ),
                class_name="stack loose",
            ),
            unit_dialogs(),
        ),
        title=ui.tr("settings.units"),
        heading=settings_crumbs("settings.units"),
    )


def _unit(row: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(
            rx.el.button(row.name, type="button", class_name="link", on_click=UnitsState.open_unit(row.id)),
            rx.cond(~row.active, ui.pill(ui.tr("people.inactive"), tone="neutral")),
        ),
        ui.cell(row.group),
        ui.cell(row.members),
    )


def _group(row: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(
            rx.el.button(row.name, type="button", class_name="link", on_click=UnitsState.open_group(row.id))
        ),
        ui.cell(row.units),
    )
