"""Rows, paging, sort, search and the address: the heart of the list's state."""

import asyncio
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import (
    LeadListQuery,
    ListQuery,
    empty_query,
    format_list_query,
    list_query,
    parse_list_query,
)
from leadhub.queries.kept_columns import list_kept_columns
from leadhub.queries.leads.count import count_leads
from leadhub.queries.leads.list import list_leads
from leadhub.queries.rows.leads import LeadPage, LeadRow
from leadhub.queries.views import query_of_view
from leadhub.state.address_bar import write_address
from leadhub.state.lead_list.shown import ColumnHead, CurrentLead, column_head

PAGE_ROWS = 50
MOST_ROWS = 200
MODES = ("list", "board", "analytics")
COUNTING = -1


class RowsPart(rx.State, mixin=True):
    """Every part of the list's state is mixed into `LeadList`, which has the rest."""

    mode: str = "list"
    rows: list[LeadRow] = []
    columns: list[ColumnHead] = []
    search: str = ""
    search_key: int = 0
    """Changes whenever the search box must show another text than was typed into it."""
    sort: str = ""
    descending: bool = True
    has_next: bool = False
    has_previous: bool = False
    more: bool = False
    """Whether scrolling appends further rows to those shown."""
    total: int = COUNTING
    amount_minor: int = 0
    loading: bool = True
    list_suffix: str = ""
    """Goes behind a lead's address, so that its page knows the list it was opened from."""
    current: CurrentLead = CurrentLead()
    _query: ListQuery = LeadListQuery()
    _next: str = ""
    _previous: str = ""
    _start: str = ""

    async def _show_page(self, actor: Actor, *, cursor: str = "") -> None:
        """Read one page from a cursor, instead of what is shown."""
        self._start = cursor
        page = await asyncio.to_thread(list_leads, self._query, actor=actor, cursor=cursor, limit=PAGE_ROWS)
        if not page.rows and cursor:
            self._start = ""
            page = await asyncio.to_thread(list_leads, self._query, actor=actor, limit=PAGE_ROWS)
        self._place(page)
        self.rows = list(page.rows)
        self.has_previous = bool(page.previous_cursor)
        self._previous = page.previous_cursor
        self._after_rows()

    async def _append_page(self, actor: Actor) -> None:
        page = await asyncio.to_thread(
            list_leads, self._query, actor=actor, cursor=self._next, limit=PAGE_ROWS
        )
        known = {row.id for row in self.rows}
        self._place(page)
        self.rows = [*self.rows, *(row for row in page.rows if row.id not in known)]
        self._after_rows()

    async def _refresh_rows(self, actor: Actor) -> None:
        """The same stretch of rows again: as many as are shown, from where they start."""
        limit = max(PAGE_ROWS, min(MOST_ROWS, len(self.rows)))
        page = await asyncio.to_thread(list_leads, self._query, actor=actor, cursor=self._start, limit=limit)
        self._place(page)
        self.rows = list(page.rows)
        self.has_previous = bool(page.previous_cursor)
        self._previous = page.previous_cursor
        self._after_rows()

    def _place(self, page: LeadPage) -> None:
        self._next = page.next_cursor
        self.columns = [column_head(key) for key in page.columns] or self.columns

    def _after_rows(self) -> None:
        self.has_next = bool(self._next)
        self.more = self.has_next and len(self.rows) < MOST_ROWS
        self.loading = False
        shown = next((row for row in self.rows if row.id == self.current.id), None)
        self.current = current_lead(shown) if shown is not None else CurrentLead()

    async def _read_address(self, actor: Actor) -> None:
        """What reload, Back and a shared link say; junk in them is left out."""
        asked = urlsplit(str(self.router.url)).query
        given = parse_qs(asked, errors="ignore")
        query = parse_list_query(asked, Entity.LEAD)
        if query.view and query.is_plain:
            try:
                saved = await asyncio.to_thread(query_of_view, query.view, actor=actor)
                saved = replace(saved, view=query.view, columns=query.columns or saved.columns)
                query = replace(saved, **_own_sort(query))
            except NotFound:
                query = replace(query, view="")
        if not query.columns:
            kept = await asyncio.to_thread(list_kept_columns, actor=actor)
            query = replace(query, columns=kept)
        self._take(query)
        mode = given.get("mode", ["list"])[-1]
        self.mode = mode if mode in MODES else "list"
        if "type" in given:
            self.board_type = given["type"][-1][:40].removeprefix("all")
        self.search_key += 1

    def _take(self, query: ListQuery) -> None:
        self._query = query
        self.search, self.sort, self.descending = query.search, query.sort, query.descending
        text = format_list_query(query)
        self.list_suffix = f"?list={quote(text, safe='')}" if text else ""

    def _write_address(self, *, push: bool = False) -> EventSpec:
        """Put the state into the address bar; `push` makes it a step that Back returns from."""
        parts = [format_list_query(self._query)]
        if self.mode != "list":
            parts.append(f"mode={self.mode}")
        if self.mode == "board":
            parts.append(f"type={self.board_type or 'all'}")
        asked = "&".join(part for part in parts if part)
        address = f"{routes.LEADS}?{asked}" if asked else routes.LEADS
        return rx.call_script(write_address(routes.LEADS, address, push=push))

    async def _count_now(self, query: ListQuery, actor: Actor) -> tuple[int, int]:
        totals = await asyncio.to_thread(count_leads, query, actor=actor)
        return totals.count, totals.amount_minor


def _own_sort(query: ListQuery) -> dict[str, Any]:
    usual = empty_query(Entity.LEAD)
    if (query.sort, query.descending) == (usual.sort, usual.descending):
        return {}
    return {"sort": query.sort, "descending": query.descending}


def changed_query(query: ListQuery, **changes: Any) -> ListQuery:
    """A query with parts replaced, cleaned again: nothing a client sends goes in unlooked at."""
    parts = {name: getattr(query, name) for name in ("search", "groups", "any", "sort", "descending")}
    parts |= {"columns": query.columns, "view": query.view, **changes}
    return list_query(Entity.LEAD, **parts)


def current_lead(row: LeadRow) -> CurrentLead:
    return CurrentLead(
        id=row.id,
        title=row.title,
        stage_label=row.stage_label,
        state=row.state,
        is_final=row.is_final,
        button=row.button,
        phone=row.phone,
        awaits_acceptance=row.unit_id is not None and row.owner_id is None and not row.is_final,
    )
