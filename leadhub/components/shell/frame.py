from collections.abc import Callable
from itertools import groupby
from typing import Any

import reflex as rx
from reflex.style import set_color_mode
from reflex.utils.imports import ImportVar
from reflex.vars.base import Var, VarData
from reflex_components_core.core.banner import has_connection_errors

from leadhub import routes
from leadhub.components import ui
from leadhub.components.frontend import LIBRARY
from leadhub.components.shell.nav import NAV, NavEntry
from leadhub.components.ui.base import ARIAKIT, Child
from leadhub.state.shell import ShellState

SHELL = f"{LIBRARY}/shell"

SHELL_OVERLAYS: list[Callable[[], rx.Component]] = []
"""What opens above any page (New lead, search, notifications); each module adds its builder when imported."""


class _ShellPart(rx.Component):
    library = SHELL
    lib_dependencies: list[str] = [ARIAKIT]


class ShellFrame(_ShellPart):
    tag = "ShellFrame"
    nav: rx.Var[rx.Component]
    bar: rx.Var[rx.Component]
    flush: rx.Var[bool]


class NavItem(_ShellPart):
    tag = "NavItem"
    href: rx.Var[str]
    label: rx.Var[str]


class PageTitle(_ShellPart):
    tag = "PageTitle"
    title: rx.Var[str]


def page_shell(
    *content: Child,
    title: str | Var,
    heading: Child | None = None,
    actions: Child | None = None,
    flush: bool = False,
) -> rx.Component:
    """Frame a page: navigation, top bar, landmarks, toasts, and a banner while the connection is lost.

    `title` names the browser tab and, unless `heading` replaces it, is the h1 in the top bar, with `actions`
    beside it. `flush` lets a list or board fill the frame and scroll by itself.
    """
    body = rx.fragment(*content) if flush else rx.el.div(*content, class_name="page")
    framed = rx.fragment(
        rx.el.a(
            ui.tr("shell.skip"), href="#content", class_name="skip", custom_attrs={"reloadDocument": True}
        ),
        PageTitle.create(title=title),
        ShellFrame.create(
            rx.cond(ShellState.ready, rx.cond(ShellState.refused, _refusal(), body), ui.skeleton_rows()),
            nav=rx.fragment(*_navigation()),
            bar=_top_bar(title, heading, actions),
            flush=flush,
        ),
        _reconnecting(),
        *[build() for build in SHELL_OVERLAYS],
        ui.toast_layer(on_undo=ShellState.undo),
        ui.tooltip_layer(),
        ui.hotkeys(
            targets={
                "mod+k": "#global-search",
                "/": "#list-search, #global-search",
                "c": "#new-lead",
                "g d": '.nav-list a[href="/"]',
                "g l": f'.nav-list a[href="{routes.LEADS}"]',
                "g c": f'.nav-list a[href="{routes.CONTACTS}"]',
                "g a": f'.nav-list a[href="{routes.ACCOUNTS}"]',
                "g o": f'.nav-list a[href="{routes.OPPORTUNITIES}"]',
                "g t": f'.nav-list a[href="{routes.ACTIVITIES}"]',
            }
        ),
    )
    return ui.client_only(framed, fallback=_outline())


def _refusal() -> rx.Component:
    """Stands for a page whose right this person lacks; its mark keeps the loaders from saying it again."""
    return rx.el.div(
        ui.error_state(ui.tr("people.page_refused"), hint=ui.tr("people.page_refused_hint")),
        class_name="page",
        custom_attrs={"data-refused": "page"},
    )


def _outline() -> rx.Component:
    """The frame without texts: what the prerendered page shows until the browser knows the language."""
    parts = [rx.el.div(class_name=name) for name in ("nav", "topbar", "content")]
    return rx.el.div(*parts, class_name="shell", aria_hidden="true")


def _navigation() -> list[rx.Component]:
    shown: list[rx.Component] = []
    for group, entries in groupby(NAV, key=lambda entry: entry.group):
        items = list(entries)
        if group:
            any_allowed = _allowed(items[0])
            for entry in items[1:]:
                any_allowed = any_allowed | _allowed(entry)
            shown.append(rx.cond(any_allowed, rx.el.div(ui.tr_key(group), class_name="nav-group")))
        shown += [rx.cond(_allowed(entry), _nav_item(entry)) for entry in items]
    return shown


def _allowed(entry: NavEntry) -> rx.vars.BooleanVar:
    return ShellState.nav_allowed.contains(entry.section)


def _nav_item(entry: NavEntry) -> rx.Component:
    return NavItem.create(ui.icon(entry.icon), href=entry.href, label=ui.tr(entry.text_key))


def _top_bar(title: str | Var, heading: Child | None, actions: Child | None) -> rx.Component:
    return rx.fragment(
        rx.el.div(
            heading if heading is not None else rx.el.h1(title, class_name="truncate"),
            class_name="topbar-title",
        ),
        actions if actions is not None else rx.fragment(),
        rx.el.button(
            ui.icon("search"),
            rx.el.span(ui.tr("shell.search")),
            rx.el.kbd("Ctrl K", aria_hidden="true"),
            type="button",
            id="global-search",
            class_name="search-trigger",
            aria_label=ui.tr("shell.search"),
            aria_keyshortcuts="Control+K",
            on_click=ShellState.open_search,
        ),
        _bell(),
        rx.cond(
            ShellState.may_create_lead,
            rx.fragment(
                ui.button(
                    ui.tr("shell.new_lead"),
                    id="new-lead",
                    variant="primary",
                    icon_name="plus",
                    class_name="only-wide",
                    on_click=ShellState.open_new_lead,
                ),
                ui.icon_button(
                    "plus",
                    label=ui.tr("shell.new_lead"),
                    variant="primary",
                    class_name="only-narrow",
                    on_click=ShellState.open_new_lead,
                ),
            ),
        ),
        _user_menu(),
    )


def _bell() -> rx.Component:
    count = ShellState.unread_count
    return rx.el.button(
        ui.icon("bell"),
        rx.cond(
            count > 0,
            rx.el.span(
                rx.cond(count > 99, "99+", count.to(str)), class_name="count alert", aria_hidden="true"
            ),
        ),
        type="button",
        class_name="btn icon-only ghost bell",
        aria_label=ui.tr("ui.notifications"),
        custom_attrs={
            "data-tip": ui.tr("ui.notifications"),
            "aria-description": ui.tr("shell.unread", count=count),
        },
        on_click=ShellState.open_notifications,
    )


def _user_menu() -> rx.Component:
    modes = (
        ("light", "sun", "shell.light"),
        ("dark", "moon", "shell.dark"),
        ("system", "monitor", "shell.system"),
    )
    return ui.menu(
        ui.menu_label(rx.fragment(ShellState.user_name, " · ", ShellState.role_label)),
        ui.menu_item(ui.tr("shell.profile"), icon_name="user", href=routes.PROFILE),
        ui.menu_separator(),
        *[
            ui.menu_item(
                ui.tr_key(text_key),
                icon_name=icon_name,
                on_click=set_color_mode(mode),
                hint=rx.cond(rx.color_mode == mode, "✓", ""),
            )
            for mode, icon_name, text_key in modes
        ],
        ui.menu_separator(),
        ui.menu_item(ui.tr("shell.sign_out"), icon_name="log-out", on_click=sign_out()),
        label=ui.tr("shell.user_menu"),
        trigger=ui.avatar(ShellState.user_name),
        variant="ghost",
        placement="bottom-end",
    )


def _reconnecting() -> rx.Component:
    banner = rx.el.div(
        rx.el.span(class_name="spinner", aria_hidden="true"),
        ui.tr("shell.reconnecting"),
        class_name="banner",
        role="status",
    )
    return rx.cond(has_connection_errors, banner)


def sign_out() -> Any:
    """Leave by a form post, so that the server clears the cookie."""
    leave = Var(
        _js_expr=f'(() => signOut("{SIGN_OUT}"))',
        _var_data=VarData(imports={SHELL: [ImportVar(tag="signOut")]}),
    )
    return rx.call_function(leave)


SIGN_OUT = "/auth/sign-out"
