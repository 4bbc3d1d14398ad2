import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.errors import NotSignedIn
from leadhub.queries.rows.people import DemoUser, LinkInfo
from leadhub.queries.users.access import find_access_link, list_demo_users
from leadhub.settings import get_settings
from leadhub.state.base import AppState

#: What the address may say went wrong; anything else is not shown.
TELLABLE = frozenset(
    {
        "people.sign_in_failed",
        "people.user_not_found",
        "people.link_not_valid",
        "people.password_too_short",
        "people.password_too_long",
        "people.password_guessable",
        "people.name_invalid",
        "people.email_invalid",
        "people.email_taken_unnamed",
        "errors.too_many_attempts",
    }
)
NUMBERS = ("minutes", "minimum", "maximum")


class SignInState(AppState):
    """The pages before sign-in; the forms themselves are posted to leadhub.api.sign_in."""

    asked: bool = False
    next_path: str = ""
    error: str = ""
    error_params: dict[str, int] = {}
    demo_users: list[DemoUser] = []
    link: LinkInfo = LinkInfo(purpose="", name="", email="")
    link_token: str = ""

    @rx.event
    async def open_sign_in(self) -> EventSpec | None:
        """Show the sign-in form, or go on for whoever is signed in already."""
        self._read_address()
        try:
            await self._actor()
        except NotSignedIn:
            pass
        else:
            return rx.redirect(self.next_path or routes.HOME)
        demo = get_settings().demo
        self.demo_users = list(await asyncio.to_thread(list_demo_users)) if demo else []
        self.asked = True
        return None

    @rx.event
    async def open_link(self) -> None:
        """Show what an invitation or a reset link asks for."""
        self._read_address()
        token = str(self.router.url.path).rstrip("/").rpartition("/")[2]
        found = await asyncio.to_thread(find_access_link, token[:200])
        self.link = found or LinkInfo(purpose="gone", name="", email="")
        self.link_token = token[:200] if found else ""
        self.asked = True

    def _read_address(self) -> None:
        query: Any = self.router.url.query_parameters
        key = query.get("error", "")
        self.error = key if key in TELLABLE else ""
        self.error_params = {
            name: int(query[name])
            for name in NUMBERS
            if query.get(name, "").isdecimal() and len(query[name]) < 6
        }
        wanted = query.get("next", "")
        self.next_path = wanted if wanted and routes.local_path(wanted) == wanted else ""
