import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.live import LiveEvent
from leadhub.queries.notifications import count_unread
from leadhub.services.undo import undo_action
from leadhub.state.base import AppState
from leadhub.state.forms import id_of
from leadhub.state.new_lead import NewLead
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes


class ShellState(AppState):
    """What the frame of every page offers; who is signed in stands in AppState."""

    unread_count: int = 0

    @rx.event(background=True)
    async def watch(self) -> None:
        """Keep the bell's number right; stands in every page's on_load."""
        async with self:
            actor = await self._actor()
            await self._count()
        await watch_changes(self, f"notification:user:{actor.user_id}", refresh=ShellState._recount)

    async def _recount(self, change: LiveEvent) -> None:
        await self._count()

    async def _count(self) -> None:
        actor = await self._actor()
        self.unread_count = await asyncio.to_thread(count_unread, actor=actor)

    @rx.event
    async def undo(self, action_id: str) -> EventSpec:
        """Take back the action whose toast offered it."""
        actor = await self._actor()
        done = await asyncio.to_thread(undo_action, id_of(action_id), actor=actor)
        if done.running:
            return show_toast("people.undo_running", tone="neutral")
        if done.stayed:
            return show_toast("people.undone_partly", tone="warning", count=len(done.stayed))
        return show_toast("ui.undone", undo=done.action_id)

    @rx.event
    async def open_new_lead(self) -> Any:
        """Open the dialog New lead."""
        await self._actor()
        return NewLead.open

    @rx.event
    async def open_search(self) -> EventSpec:
        """Open the global search."""
        from leadhub.state.palette import PaletteState

        return PaletteState.open()

    @rx.event
    async def open_notifications(self) -> EventSpec:
        """Open the list of notifications."""
        from leadhub.state.notifications import NotificationsState

        return NotificationsState.open()
