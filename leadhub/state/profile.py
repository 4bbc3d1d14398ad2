import asyncio
import json
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.live import LiveEvent
from leadhub.queries.rows.people import Profile, SessionRow
from leadhub.queries.users.access import list_sessions
from leadhub.queries.users.people import get_profile
from leadhub.services.sessions.sign_out import revoke_other_sessions, revoke_session
from leadhub.services.users.profile import change_password, edit_profile
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, shows_field_errors, text_of
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes

NO_PROFILE = Profile(name="", email="", locale="en", time_zone="UTC", notify_by_mail=False, has_password=True)


class ProfileState(FormErrors, AppState):
    """One's own account: details, password, sessions."""

    profile: Profile = NO_PROFILE
    sessions: list[SessionRow] = []
    zones: list[str] = []
    password_form: int = 0

    @rx.event
    async def load(self) -> None:
        """Read one's own account; part of the page's on_load."""
        self.errors = {}
        if not self.zones:
            self.zones = await asyncio.to_thread(_time_zones)
        await self._load()

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow sign-ins and sign-outs elsewhere."""
        await watch_changes(self, "web_session", "app_user", refresh=ProfileState._refresh)

    @rx.event
    @shows_field_errors
    async def save(self, form: dict[str, Any]) -> list[EventSpec]:
        """Save name, language, time zone and the wish for mail."""
        actor = await self._actor()
        done = await asyncio.to_thread(
            edit_profile,
            name=text_of(form, "name"),
            locale=text_of(form, "locale"),
            time_zone=text_of(form, "time_zone"),
            notify_by_mail=bool(isinstance(form, dict) and form.get("notify_by_mail")),
            actor=actor,
        )
        before = self.profile
        await self._load()
        self.user_name = self.profile.name
        events = [show_toast("people.profile_saved", undo=done.action_id)]
        if (before.locale, before.time_zone) != (self.profile.locale, self.profile.time_zone):
            events.append(_speak(self.profile))
        return events

    @rx.event
    @shows_field_errors
    async def change_password(self, form: dict[str, Any]) -> EventSpec:
        """Set a new password; other sessions end."""
        found = await self._signed_in()
        await asyncio.to_thread(
            change_password,
            text_of(form, "current_password"),
            text_of(form, "new_password"),
            session_id=found.session_id,
            actor=found.actor,
        )
        self.password_form += 1
        await self._load()
        return show_toast("people.password_saved")

    @rx.event
    async def revoke(self, session_id: int) -> EventSpec:
        """End one session."""
        actor = await self._actor()
        await asyncio.to_thread(revoke_session, id_of(session_id), actor=actor)
        await self._load()
        return show_toast("people.session_revoked")

    @rx.event
    async def revoke_others(self) -> EventSpec:
        """End all sessions but this one."""
        found = await self._signed_in()
        count = await asyncio.to_thread(revoke_other_sessions, found.session_id, actor=found.actor)
        await self._load()
        return show_toast("people.sessions_revoked", count=count)

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load()

    async def _load(self) -> None:
        found = await self._signed_in()
        self.profile = await asyncio.to_thread(get_profile, actor=found.actor)
        sessions = await asyncio.to_thread(list_sessions, actor=found.actor, current_id=found.session_id)
        self.sessions = list(sessions)


def _time_zones() -> list[str]:
    from zoneinfo import available_timezones

    return sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


def _speak(profile: Profile) -> EventSpec:
    """Make this browser use the language and time zone; both are fixed when a page is loaded."""
    year = 31_536_000
    cookies = {"leadhub_lang": profile.locale[:2], "leadhub_tz": profile.time_zone}
    lines = [
        f"document.cookie = {json.dumps(f'{name}={value}; path=/; max-age={year}; samesite=lax')}"
        for name, value in cookies.items()
    ]
    return rx.call_script("; ".join([*lines, "setTimeout(() => location.reload(), 600)"]))
