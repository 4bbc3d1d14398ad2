from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.list_query import ListQuery, Operator
from leadhub.live import LiveEvent
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of
from leadhub.state.lead_list.board import BoardPart
from leadhub.state.lead_list.bulk import BulkPart
from leadhub.state.lead_list.cells import CellPart
from leadhub.state.lead_list.columns import ColumnPart
from leadhub.state.lead_list.exporting import ExportPart
from leadhub.state.lead_list.filters import FilterPart
from leadhub.state.lead_list.rows import COUNTING, MODES, MOST_ROWS, RowsPart, current_lead
from leadhub.state.lead_list.selection import SelectionPart
from leadhub.state.lead_list.shown import CurrentLead
from leadhub.state.lead_list.views import ViewPart
from leadhub.state.watching import watch_changes

#: A change of these fields of any lead may let it enter, leave or move within any list.
_ALWAYS = frozenset({"lead.owner_id", "lead.unit_id", "lead.stage_key", "lead.state"})


class LeadList(
    BoardPart,
    BulkPart,
    ExportPart,
    FilterPart,
    ViewPart,
    ColumnPart,
    SelectionPart,
    CellPart,
    RowsPart,
    FormErrors,
    AppState,
):
    """The Leads section. Its whole state stands in the address; at most MOST_ROWS rows are kept."""

    @rx.event
    async def open(self) -> list[Any]:
        """Show what the address asks for."""
        actor = await self._actor()
        await self._read_address(actor)
        await self._show_views(actor)
        return await self._load(actor)

    @rx.event
    async def search_for(self, text: str) -> list[Any]:
        """Search while typing."""
        actor = await self._actor()
        query = self._query.with_search(text if isinstance(text, str) else "")
        if query == self._query:
            return []
        return await self._apply(query, actor)

    @rx.event
    async def sort_by(self, key: str) -> list[Any]:
        """Sort by a column; again: the other way round."""
        actor = await self._actor()
        same = key == self._query.sort
        descending = not self._query.descending if same else False
        return await self._apply(self._query.with_sort(str(key), descending=descending), actor)

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
        """Append the next page while the window has room."""
        actor = await self._actor()
        if self._next and len(self.rows) < MOST_ROWS:
            await self._append_page(actor)

    @rx.event
    async def pick_mode(self, mode: str) -> list[Any]:
        """List, board or analytics."""
        actor = await self._actor()
        if mode not in MODES or mode == self.mode:
            return []
        self.mode = mode
        return await self._load(actor, push=True)

    @rx.event
    async def show_bar(self, key: str, value: str) -> list[Any]:
        """The leads behind one bar, as a list."""
        actor = await self._actor()
        if key not in ("stage", "source", "owner"):
            return []
        operator = Operator.IS if value else Operator.EMPTY
        self.mode = "list"
        return await self._apply(
            self._query.with_filter(key, operator, (str(value)[:60],) if value else ()), actor, push=True
        )

    @rx.event
    async def pick_row(self, lead_id: int) -> None:
        """Make a row the one whose actions are shown."""
        await self._actor()
        wanted = id_of(lead_id)
        found = next((row for row in self.rows if row.id == wanted), None)
        self.current = current_lead(found) if found else CurrentLead()

    @rx.event(background=True)
    async def count(self) -> None:
        """The exact total, which may take longer than the rows."""
        async with self:
            actor, query = await self._actor(), self._query
        total, amount = await self._count_now(query, actor)
        async with self:
            if query == self._query:
                self.total, self.amount_minor = total, amount

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what others change."""
        async with self:
            await self._actor()
        await watch_changes(self, "lead", refresh=LeadList._follow)

    async def _follow(self, change: LiveEvent) -> None:
        if not self._is_touched(change):
            return
        actor = await self._actor()
        query = self._query
        await self._reload(actor)
        if self.mode != "board":
            self.total, self.amount_minor = await self._count_now(query, actor)

    def _is_touched(self, change: LiveEvent) -> bool:
        """Whether a row shown, the filter, the sort or the sum may be another now."""
        fields = {f"lead.{name}" for name in ("target_amount_minor", "id")} | _ALWAYS
        fields |= {f"lead.{one.field}" for group in self._query.groups for one in group.filters}
        fields |= {f"lead.{one.field}_id" for group in self._query.groups for one in group.filters}
        fields.add(f"lead.{self._query.sort}")
        if self.mode != "list" or self._query.search or change.is_many("lead") or change.missed:
            return True
        shown = {row.id for row in self.rows}
        new = any(lead_id > max(shown, default=0) for lead_id in change.tables.get("lead", ()))
        return new or change.touches("lead", ids=shown, fields=fields)

    async def _apply(self, query: ListQuery, actor: Actor, *, push: bool = False) -> list[Any]:
        """Show another query from its first row on."""
        self._take(query)
        return await self._load(actor, push=push)

    async def _load(self, actor: Actor, *, push: bool = False) -> list[Any]:
        self.total, self.selected, self.all_matching = COUNTING, [], False
        if self.mode == "board":
            await self._show_board(actor)
        elif self.mode == "analytics":
            await self._show_bars(actor)
        else:
            await self._show_page(actor)
        await self._show_chips(actor)
        if self.view.key != (self._query.view or "all"):
            await self._show_views(actor)
        self._compare_view()
        address = self._write_address(push=push)
        return [address] if self.mode == "board" else [LeadList.count, address]

    async def _reload(self, actor: Actor) -> None:
        if self.mode == "board":
            await self._show_board(actor)
        elif self.mode == "analytics":
            await self._show_bars(actor)
        else:
            await self._refresh_rows(actor)
