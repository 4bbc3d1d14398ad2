import asyncio

import reflex as rx
from reflex.event import EventSpec

from leadhub.live import LiveEvent
from leadhub.queries.notifications import list_notifications
from leadhub.queries.rows.notifications import NotificationRow
from leadhub.services.notifications.read import mark_read
from leadhub.state.forms import id_of
from leadhub.state.shell import ShellState


class NotificationsState(ShellState):
    """The bell's panel."""

    opened: bool = False
    notifications: list[NotificationRow] = []
    more: bool = False

    @rx.event
    async def open(self) -> None:
        """Show the newest notifications."""
        await self._load()
        self.opened = True

    @rx.event
    async def close(self) -> None:
        """Close the panel."""
        self.opened = False

    @rx.event
    async def older(self) -> None:
        """Show the page after the last one shown."""
        actor = await self._actor()
        if self.notifications:
            last = self.notifications[-1].id
            found = await asyncio.to_thread(list_notifications, actor=actor, before_id=last)
            self.notifications, self.more = list(found), len(found) == 30

    @rx.event
    async def read(self, notification_id: int) -> EventSpec | None:
        """Mark one as read and go where it points."""
        actor = await self._actor()
        wanted = id_of(notification_id)
        row = next((row for row in self.notifications if row.id == wanted), None)
        await asyncio.to_thread(mark_read, notification_id=wanted, actor=actor)
        await self._load()
        self.opened = False
        return rx.redirect(row.url) if row and row.url.startswith("/") else None

    @rx.event
    async def read_all(self) -> None:
        """Mark all as read."""
        actor = await self._actor()
        await asyncio.to_thread(mark_read, actor=actor)
        await self._load()

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load()

    async def _load(self) -> None:
        actor = await self._actor()
        found = await asyncio.to_thread(list_notifications, actor=actor)
        self.notifications, self.more = list(found), len(found) == 30
        await self._count()
