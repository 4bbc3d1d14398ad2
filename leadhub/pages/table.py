"""Every page once; the composition root registers them in a loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from leadhub.pages.kit import kit_page
from leadhub.pages.kit_lists import board_page, list_page
from leadhub.state.kit import KitState


@dataclass(frozen=True)
class Page:
    """A screen: its address pattern, its browser title, its builder, and what runs whenever it is opened."""

    route: str
    title: str
    build: Callable[[], rx.Component]
    on_load: tuple[Any, ...] = ()


def _home() -> rx.Component:
    return rx.el.main(rx.el.h1("LeadHub"))


PAGES: tuple[Page, ...] = (
    Page("/", "LeadHub", _home),
    Page("/_kit", "LeadHub", kit_page, (KitState.show,)),
    Page("/_kit/list", "LeadHub", list_page, (KitState.show,)),
    Page("/_kit/board", "LeadHub", board_page, (KitState.show,)),
)
