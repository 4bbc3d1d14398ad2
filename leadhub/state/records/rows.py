"""Rows, search, sort, paging and address of any list of records; mixed into a state for each entity."""

import asyncio
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlsplit

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import ListQuery, empty_query, format_list_query, list_query, parse_list_query
from leadhub.domain.list_query.record_views import record_view as view_of
from leadhub.live import LiveEvent
from leadhub.queries.records.list import count_records, list_records
from leadhub.queries.rows.records import RecordPage
from leadhub.state.address_bar import write_address
from leadhub.state.records.shown import HeadView, RecordView, head_view, record_view
from leadhub.state.watching import watch_changes

PAGE_ROWS = 50
MOST_ROWS = 200
COUNTING = -1


class RowsPart(rx.State, mixin=True):
    """The whole state stands in the address; at most MOST_ROWS rows are kept."""

    entity: ClassVar[Entity]
    address: ClassVar[str]

    rows: list[RecordView] = []
    columns: list[HeadView] = []
    search: str = ""
    search_key: int = 0
    """Changes whenever the search box must show another text than was typed into it."""
    sort: str = ""
    descending: bool = False
    view: str = ""
    has_next: bool = False
    has_previous: bool = False
    more: bool = False
    """Whether scrolling appends further rows to those shown."""
    total: int = COUNTING
    loading: bool = True
    _query: ListQuery | None = None
    _next: str = ""
    _previous: str = ""
    _start: str = ""

    @rx.event
    async def open(self) -> list[Any]:
        """Show what the address asks for."""
        actor = await self._actor()
        address = urlsplit(str(self.router.url)).query
        asked = parse_list_query(address, self.entity)
        if not asked.groups and not (asked.search and not asked.view):
            view = view_of(self.entity, asked.view)
            columns = asked.columns or view.query.columns
            asked = replace(view.query, columns=columns, search=asked.search, **_own_sort(asked))
        self._take(asked)
        events = await self._load(actor)
        return [*events, type(self).open_new] if "new=1" in address.split("&") else events

    @rx.event
    async def search_for(self, text: str) -> list[Any]:
        """Search while typing."""
        actor = await self._actor()
        query = self._asked.with_search(text if isinstance(text, str) else "")
        if query == self._query:
            return []
        self._take(query, typed=True)
        return await self._load(actor)

    @rx.event
    async def sort_by(self, key: str) -> list[Any]:
        """Sort by a column; again: the other way round."""
        actor = await self._actor()
        same = key == self._asked.sort
        descending = not self._asked.descending if same else False
        return await self._apply(self._asked.with_sort(str(key), descending=descending), actor)

    @rx.event
    async def pick_view(self, key: str) -> list[Any]:
        """Show one of the list's own views."""
        actor = await self._actor()
        query = view_of(self.entity, str(key)).query
        return await self._apply(query, actor, push=True)

    @rx.event
    async def clear_filters(self) -> list[Any]:
        """Show everything that one may see."""
        actor = await self._actor()
        everything = list_query(self.entity, view="all")
        return await self._apply(everything, actor, push=True)

    @rx.event
    async def show_next(self) -> None:
        """The rows after the last one shown."""
        actor = await self._actor()
        if self._next:
            await self._show_page(actor, cursor=self._next)

    @rx.event
    async def show_previous(self) -> None:
        """The rows before the first one shown."""
        actor = await self._actor()
        if self._previous:
            await self._show_page(actor, cursor=self._previous)

    @rx.event
    async def show_more(self) -> None:
        """Append the next page while there is room."""
        actor = await self._actor()
        if self._next and len(self.rows) < MOST_ROWS:
            page = await self._read(actor, self._next)
            known = {row.id for row in self.rows}
            fresh = [record_view(self.entity, row) for row in page.rows if row.id not in known]
            self._place(page, [*self.rows, *fresh])

    @rx.event
    async def export(self, kind: str) -> EventSpec | None:
        """Download every row that matches, not only those shown."""
        await self._actor()
        if kind not in ("csv", "xlsx"):
            return None
        plural = self.address.strip("/")
        address = routes.record_export_url(plural, kind, format_list_query(self._asked))
        return rx.download(url=address, filename=f"{plural}.{kind}")

    @rx.event(background=True)
    async def count(self) -> None:
        """The exact total, which may take longer than the rows."""
        async with self:
            actor, query = await self._actor(), self._asked
        total = await asyncio.to_thread(count_records, query, actor=actor)
        async with self:
            if query == self._query:
                self.total = total

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what others change."""
        async with self:
            await self._actor()
        await watch_changes(self, self.entity.value, refresh=self.__class__._follow)

    @property
    def _asked(self) -> ListQuery:
        return self._query or empty_query(self.entity)

    async def _follow(self, change: LiveEvent) -> None:
        shown = {row.id for row in self.rows}
        table = self.entity.value
        fresh = any(record_id > max(shown, default=0) for record_id in change.tables.get(table, ()))
        if not (fresh or self._asked.groups or self._asked.search or change.touches(table, ids=shown)):
            return
        await self._reload(await self._actor())

    async def _reload(self, actor: Actor) -> None:
        """The same window of rows, as it is now, with the total."""
        limit = max(PAGE_ROWS, min(MOST_ROWS, len(self.rows)))
        page = await self._read(actor, self._start, limit)
        self._show(page)
        self.total = await asyncio.to_thread(count_records, self._asked, actor=actor)

    async def _apply(self, query: ListQuery, actor: Actor, *, push: bool = False) -> list[Any]:
        self._take(query)
        return await self._load(actor, push=push)

    async def _load(self, actor: Actor, *, push: bool = False) -> list[Any]:
        self.total = COUNTING
        await self._show_page(actor)
        await self._show_chips(actor)
        return [type(self).count, self._write_address(push=push)]

    async def _show_page(self, actor: Actor, *, cursor: str = "") -> None:
        page = await self._read(actor, cursor)
        if not page.rows and cursor:
            cursor = ""
            page = await self._read(actor, "")
        self._start = cursor
        self._show(page)

    def _show(self, page: RecordPage) -> None:
        self._previous = page.previous_cursor
        self.has_previous = bool(page.previous_cursor)
        self._place(page, [record_view(self.entity, row) for row in page.rows])

    async def _read(self, actor: Actor, cursor: str, limit: int = PAGE_ROWS) -> RecordPage:
        return await asyncio.to_thread(list_records, self._asked, actor=actor, cursor=cursor, limit=limit)

    def _place(self, page: RecordPage, rows: list[RecordView]) -> None:
        self.rows = rows
        self.columns = [head_view(self.entity, key) for key in page.columns] or self.columns
        self._next = page.next_cursor
        self.has_next = bool(page.next_cursor)
        self.more = self.has_next and len(rows) < MOST_ROWS
        self.loading = False

    def _take(self, query: ListQuery, *, typed: bool = False) -> None:
        if not typed and query.search != self.search:
            # The box shows another text from now on; else it is left alone, for somebody may be typing.
            self.search_key += 1
        self._query = query
        self.search, self.sort, self.descending, self.view = (
            query.search, query.sort, query.descending, query.view,
        )  # fmt: skip

    def _write_address(self, *, push: bool = False) -> EventSpec:
        """Put the state into the address bar; `push` makes it a step that Back returns from."""
        asked = format_list_query(self._asked)
        address = f"{self.address}?{asked}" if asked else self.address
        return rx.call_script(write_address(self.address, address, push=push))


def _own_sort(query: ListQuery) -> dict[str, Any]:
    usual = empty_query(query.entity)
    if (query.sort, query.descending) == (usual.sort, usual.descending):
        return {}
    return {"sort": query.sort, "descending": query.descending}
