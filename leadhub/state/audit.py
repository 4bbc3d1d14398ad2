import asyncio
from datetime import date
from typing import Any

import reflex as rx

from leadhub.live import LiveEvent
from leadhub.queries.audit.log import AuditQuery, list_action_names, list_changes
from leadhub.queries.audit.words import NAMES
from leadhub.queries.rows.audit import AuditEntry
from leadhub.queries.rows.people import PersonOption
from leadhub.queries.users.people import list_user_options
from leadhub.state.base import AppState
from leadhub.state.forms import id_of
from leadhub.state.watching import watch_changes

FILTERS = ("user", "action", "table", "record", "action_id", "from", "to")


class AuditState(AppState):
    """The whole change log, a page at a time, filtered by the address."""

    entries: list[AuditEntry] = []
    filters: dict[str, str] = {}
    people: list[PersonOption] = []
    actions: list[str] = []
    has_older: bool = False
    is_newest: bool = True
    _cursor: int | None = None
    _next_cursor: int | None = None

    @rx.event
    async def load(self) -> None:
        """Read the newest changes that the address asks for; part of the page's on_load."""
        actor = await self._actor()
        query: Any = self.router.url.query_parameters
        self.filters = {name: str(query[name])[:100] for name in FILTERS if query.get(name)}
        self._cursor = None
        await self._load()
        self.actions = list(await asyncio.to_thread(list_action_names, actor=actor))
        self.people = list(await asyncio.to_thread(list_user_options, actor=actor, limit=200))

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow the log while its newest page is shown."""
        topics = (*NAMES, "stage_visit", "unit_member", "user_grant")
        await watch_changes(self, *topics, refresh=AuditState._refresh, at_most_every=2.0)

    @rx.event
    async def filter_by(self, name: str, value: str) -> Any:
        """Narrow the log; an empty value widens it again."""
        await self._actor()
        if name in FILTERS and isinstance(value, str):
            kept = {key: text for key, text in self.filters.items() if key != name}
            self.filters = {**kept, name: value[:100]} if value else kept
            self._cursor = None
        await self._load()
        return _show_in_address(self.filters)

    @rx.event
    async def clear(self) -> Any:
        """Show everything."""
        self.filters, self._cursor = {}, None
        await self._load()
        return _show_in_address({})

    @rx.event
    async def older(self) -> None:
        """Show the next page."""
        await self._actor()
        self._cursor = self._next_cursor
        await self._load()

    @rx.event
    async def newest(self) -> None:
        """Show the first page."""
        self._cursor = None
        await self._load()

    async def _refresh(self, change: LiveEvent) -> None:
        if self._cursor is None:
            await self._load()

    async def _load(self) -> None:
        actor = await self._actor()
        query = _query_of(self.filters)
        page = await asyncio.to_thread(list_changes, query, actor=actor, before=self._cursor)
        self.entries = list(page.entries)
        self._next_cursor = page.next_cursor
        self.has_older, self.is_newest = page.next_cursor is not None, self._cursor is None


def _query_of(filters: dict[str, str]) -> AuditQuery:
    table = filters.get("table", "")
    return AuditQuery(
        user_id=id_of(filters.get("user")) or None,
        action=filters.get("action", ""),
        table=table if table.isidentifier() else "",
        record_id=id_of(filters.get("record")) or None,
        action_id=id_of(filters.get("action_id")) or None,
        from_day=_day(filters.get("from")),
        to_day=_day(filters.get("to")),
    )


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return day if day and 1970 <= day.year <= 2200 else None


def _show_in_address(filters: dict[str, str]) -> Any:
    from urllib.parse import urlencode

    from leadhub import routes

    address = f"{routes.AUDIT}?{urlencode(filters)}" if filters else routes.AUDIT
    return rx.call_script(f"history.replaceState(history.state, '', {address!r})")
