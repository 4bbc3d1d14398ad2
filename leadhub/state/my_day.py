import asyncio

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.actor import Actor
from leadhub.live import LiveEvent
from leadhub.queries.my_day import get_my_day
from leadhub.queries.rows.my_day import DaySection
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.state.base import AppState
from leadhub.state.forms import id_of
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes

#: A change of these of anything may bring it into somebody's day.
_LEAD_FIELDS = frozenset(
    f"lead.{name}"
    for name in ("owner_id", "unit_id", "state", "score", "next_follow_up_on", "last_activity_at")
)
_ACTIVITY_FIELDS = frozenset(f"activity.{name}" for name in ("owner_id", "status", "due_at"))


class MyDayState(AppState):
    """What the person signed in should do today."""

    sections: list[DaySection] = []
    task_count: int = 0
    overdue_count: int = 0
    loading: bool = True

    @rx.event
    async def load(self) -> None:
        """Ask what there is to do."""
        await self._load(await self._actor())

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what changes, by others or by the process."""
        async with self:
            await self._actor()
        await watch_changes(self, "lead", "activity", refresh=MyDayState._follow)

    @rx.event
    async def complete(self, activity_id: int) -> EventSpec:
        """Complete a task that asks nothing."""
        actor = await self._actor()
        done = await asyncio.to_thread(complete_activity, id_of(activity_id), actor=actor)
        await self._load(actor)
        return show_toast("my_day.completed", undo=done.action_id)

    async def _follow(self, change: LiveEvent) -> None:
        rows = [row for section in self.sections for row in section.rows]
        leads = {row.lead_id for row in rows}
        tasks = {row.activity_id for row in rows}
        if change.touches("lead", ids=leads, fields=_LEAD_FIELDS) or change.touches(
            "activity", ids=tasks, fields=_ACTIVITY_FIELDS
        ):
            await self._load(await self._actor())

    async def _load(self, actor: Actor) -> None:
        day = await asyncio.to_thread(get_my_day, actor=actor)
        self.sections = list(day.sections)
        self.task_count, self.overdue_count = day.task_count, day.overdue_count
        self.loading = False
