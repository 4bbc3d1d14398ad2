"""What every screen state stands on: who is asking, from the session, at each click. See docs/state.md."""

import asyncio
from datetime import UTC, datetime

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotSignedIn
from leadhub.domain.permissions import Right, can, rights_of
from leadhub.domain.sessions import SESSION_HASH_COOKIE, find_cookie
from leadhub.queries.actors import SignedIn, find_signed_in
from leadhub.services.sessions.touch import touch_session
from leadhub.texts import text

TOUCH_SECONDS = 60
#: Section of the navigation → the right that shows it.
SECTION_RIGHTS: dict[str, Right] = {
    "my_day": Right.VIEW_LEADS,
    "leads": Right.VIEW_LEADS,
    "contacts": Right.VIEW_CONTACTS,
    "accounts": Right.VIEW_CONTACTS,
    "opportunities": Right.VIEW_LEADS,
    "activities": Right.VIEW_LEADS,
    "dashboards": Right.VIEW_DASHBOARDS,
    "reports": Right.VIEW_DASHBOARDS,
    "imports": Right.IMPORT,
    "campaigns": Right.EDIT_CAMPAIGNS,
    "audit": Right.VIEW_AUDIT,
    "settings": Right.MANAGE_SETTINGS,
    "portal": Right.USE_PORTAL,
}


class AppState(rx.State):
    """Parent of all screen states. Nothing in here is trusted: a client may call anything with anything."""

    ready: bool = False
    refused: bool = False
    user_id: int = 0
    user_name: str = ""
    user_email: str = ""
    role: str = ""
    role_label: str = ""
    rights: list[str] = []
    nav_allowed: list[str] = []
    may_create_lead: bool = False
    locale: str = "en"
    time_zone: str = "UTC"
    _owner: str = ""

    @rx.event
    async def open_page(self, right: str = "") -> None:
        """Show who is signed in; first of every page's on_load. Raises NotSignedIn."""
        found = await self._signed_in()
        actor = found.actor
        self.user_id, self.user_name, self.user_email = actor.user_id or 0, actor.name, found.email
        self.role, self.locale, self.time_zone = actor.role or "", actor.locale, actor.time_zone
        self.role_label = text(actor.locale, f"people.role_{self.role}")
        self.rights = rights_of(actor)
        self.nav_allowed = [section for section, right in SECTION_RIGHTS.items() if can(actor, right)]
        self.may_create_lead = can(actor, Right.CREATE_LEAD)
        self.refused = bool(right) and not _may(actor, right)
        self.ready = True

    async def _actor(self) -> Actor:
        """Who is asking, from the session and nothing else. Raises NotSignedIn."""
        return (await self._signed_in()).actor

    async def _signed_in(self) -> SignedIn:
        found = await asyncio.to_thread(find_signed_in, session_hash_of(self))
        if found is None:
            raise NotSignedIn()
        if (datetime.now(UTC) - found.last_seen_at).total_seconds() > TOUCH_SECONDS:
            await asyncio.to_thread(touch_session, found.session_id, actor=found.actor)
        return found


def session_hash_of(state: rx.State) -> str:
    """The hash of the session cookie that this tab's connection was opened with; "" if there was none."""
    return find_cookie(state.router.headers.cookie or "", SESSION_HASH_COOKIE) or ""


def _may(actor: Actor, right: str) -> bool:
    return isinstance(right, str) and right in Right._value2member_map_ and can(actor, Right(right))
