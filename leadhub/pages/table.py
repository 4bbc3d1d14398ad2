"""Every page once; the composition root registers them in a loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from leadhub import routes
from leadhub.components import new_lead as _new_lead  # noqa: F401 - stands above every page
from leadhub.pages.kit import kit_page
from leadhub.pages.kit_lists import board_page, list_page
from leadhub.pages.lead_list import lead_list_page
from leadhub.pages.not_found import not_found_page
from leadhub.pages.sign_in import accept_page, sign_in_page
from leadhub.state.base import AppState
from leadhub.state.kit import KitState
from leadhub.state.lead_list import LeadList
from leadhub.state.shell import ShellState
from leadhub.state.sign_in import SignInState


@dataclass(frozen=True)
class Page:
    """A screen: its address pattern, its browser title, its builder, and what runs whenever it is opened.

    A page that is not public is for whoever is signed in; `right` (a value of Right) narrows that.
    Its loaders check for themselves as well.
    """

    route: str
    title: str
    build: Callable[[], rx.Component]
    on_load: tuple[Any, ...] = ()
    right: str = ""
    public: bool = False

    def loaders(self) -> list[Any]:
        """Return what runs when the page is opened, who is asking first."""
        if self.public:
            return list(self.on_load)
        return [AppState.open_page(self.right), *self.on_load, ShellState.watch]


def _home() -> rx.Component:
    return rx.el.main(rx.el.h1("LeadHub"))


PAGES: tuple[Page, ...] = (
    Page("/", "LeadHub", _home),
    Page(
        routes.LEADS,
        "Leads",
        lead_list_page,
        (LeadList.open, LeadList.count, LeadList.watch),
        right="view_leads",
    ),
    Page(routes.SIGN_IN, "LeadHub", sign_in_page, (SignInState.open_sign_in,), public=True),
    Page(routes.ACCEPT, "LeadHub", accept_page, (SignInState.open_link,), public=True),
    Page("404", "LeadHub", not_found_page, public=True),
    Page("/_kit", "LeadHub", kit_page, (KitState.show,), public=True),
    Page("/_kit/list", "LeadHub", list_page, (KitState.show,), public=True),
    Page("/_kit/board", "LeadHub", board_page, (KitState.show,), public=True),
)
