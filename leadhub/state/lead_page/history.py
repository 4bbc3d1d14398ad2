"""The tabs Timeline and History."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.actor import Actor
from leadhub.queries.leads.feed import list_distributions, list_linked
from leadhub.queries.leads.history import list_history, preview_undo
from leadhub.queries.leads.timeline import list_timeline
from leadhub.queries.rows.lead_page import (
    DistributionRow,
    HistoryChange,
    HistoryEntry,
    LinkedRecord,
    TimelineEntry,
)
from leadhub.routes import record_url
from leadhub.state.forms import id_of, plain
from leadhub.state.shell import ShellState
from leadhub.texts import keys

FIRST_TIMELINE = 60
MOST_TIMELINE = 200
MOST_ENTRIES = 120


@dataclass(frozen=True)
class ChangeView:
    label_key: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True)
class EntryView:
    action_id: int
    title_key: str
    title_params: dict[str, Any]
    by: str
    at: str
    can_undo: bool
    is_undone: bool
    changes: list[ChangeView] = field(default_factory=list)


@dataclass(frozen=True)
class TimelineView:
    key: str
    kind: str
    at: str
    by: str
    title_key: str
    title_params: dict[str, Any] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class LinkView:
    kind: str
    title: str
    detail: str
    href: str


@dataclass(frozen=True)
class UndoView:
    action_id: int = 0
    title_key: str = ""
    title_params: dict[str, Any] = field(default_factory=dict)
    changes: list[ChangeView] = field(default_factory=list)
    obstacles: list[ChangeView] = field(default_factory=list)


class HistoryPart(rx.State, mixin=True):
    """Mixed into `LeadPage`."""

    timeline: list[TimelineView] = []
    timeline_more: bool = False
    history: list[EntryView] = []
    history_more: bool = False
    distributions: list[DistributionRow] = []
    linked: list[LinkView] = []
    undo_view: UndoView = UndoView()
    _before: int = 0
    _timeline_limit: int = FIRST_TIMELINE

    @rx.event
    async def more_timeline(self) -> None:
        """Show older entries as well."""
        actor = await self._actor()
        self._timeline_limit = MOST_TIMELINE
        await self._load_timeline(actor)

    @rx.event
    async def more_history(self) -> None:
        """Show older changes as well."""
        actor = await self._actor()
        if self._before and len(self.history) < MOST_ENTRIES:
            page = await asyncio.to_thread(list_history, self.record_id, actor=actor, before=self._before)
            self.history = [*self.history, *(entry_view(entry) for entry in page.entries)]
            self._before = page.before
        self.history_more = bool(self._before) and len(self.history) < MOST_ENTRIES

    @rx.event
    async def ask_undo(self, action_id: int) -> None:
        """Show what taking an action back would restore."""
        actor = await self._actor()
        found = await asyncio.to_thread(preview_undo, self.record_id, id_of(action_id), actor=actor)
        key, params = title_of(found.text_key, found.name)
        self.undo_view = UndoView(
            found.action_id,
            key,
            params,
            [_change(change) for change in found.changes],
            [_change(obstacle) for obstacle in found.obstacles],
        )

    @rx.event
    async def close_undo(self) -> None:
        """Leave everything as it is."""
        await self._actor()
        self.undo_view = UndoView()

    @rx.event
    async def confirm_undo(self) -> EventSpec | None:
        """Take the shown action back."""
        await self._actor()
        action_id, self.undo_view = self.undo_view.action_id, UndoView()
        return ShellState.undo(str(action_id)) if action_id else None  # type: ignore[arg-type,return-value]

    async def _load_timeline(self, actor: Actor) -> None:
        limit = self._timeline_limit
        found = await asyncio.to_thread(list_timeline, self.record_id, actor=actor, limit=limit)
        self.timeline = [timeline_view(entry) for entry in found]
        self.timeline_more = len(found) == limit and limit < MOST_TIMELINE

    async def _load_history(self, actor: Actor) -> None:
        lead_id = self.record_id
        page = await asyncio.to_thread(list_history, lead_id, actor=actor)
        self.history = [entry_view(entry) for entry in page.entries]
        self._before = page.before
        self.history_more = bool(page.before)
        self.distributions = list(await asyncio.to_thread(list_distributions, lead_id, actor=actor))
        self.linked = [link_view(one) for one in await asyncio.to_thread(list_linked, lead_id, actor=actor)]


def title_of(text_key: str, name: str) -> tuple[str, dict[str, Any]]:
    """An action in words; one that no text knows, by its own name."""
    return (text_key, {}) if text_key in keys() else ("history.action.other", {"name": name.capitalize()})


def entry_view(entry: HistoryEntry) -> EntryView:
    key, params = title_of(entry.text_key, entry.name)
    return EntryView(
        entry.action_id,
        key,
        params,
        entry.by,
        entry.at,
        entry.can_undo,
        bool(entry.undone_at),
        [_change(change) for change in entry.changes],
    )


def timeline_view(entry: TimelineEntry) -> TimelineView:
    key, params = title_of(entry.text_key, entry.text_key.rpartition(".")[2].replace("_", " "))
    shown = params or plain(entry.params)
    return TimelineView(f"{entry.kind}-{entry.id}", entry.kind, entry.at, entry.by, key, shown, entry.body)


def link_view(record: LinkedRecord) -> LinkView:
    return LinkView(record.kind, record.title, record.detail, record_url(record.kind, record.id))


def _change(change: HistoryChange) -> ChangeView:
    return ChangeView(change.field_label_key, change.kind, change.old, change.new)
