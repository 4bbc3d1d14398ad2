from collections.abc import Callable
from typing import Any

import reflex as rx

from leadhub.components import ui
from leadhub.components.records import PLURALS, record_breadcrumb, record_list, record_page
from leadhub.components.shell import page_shell


def list_page(state: Any) -> Callable[[], rx.Component]:
    """The builder of one entity's list."""

    def build() -> rx.Component:
        return page_shell(record_list(state), title=ui.tr(f"shell.{PLURALS[state.entity]}"), flush=True)

    return build


def detail_page(state: Any) -> Callable[[], rx.Component]:
    """The builder of one entity's page."""

    def build() -> rx.Component:
        return page_shell(record_page(state), title=state.head.title, heading=record_breadcrumb(state))

    return build
