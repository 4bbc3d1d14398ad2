import asyncio

import reflex as rx
from reflex.event import EventSpec

from leadhub.live import LiveEvent
from leadhub.queries.imports import list_imports
from leadhub.state.base import AppState
from leadhub.state.forms import id_of
from leadhub.state.imports.actions import prepare_failed_rows, undo_import
from leadhub.state.imports.views import RunView, run_view
from leadhub.state.watching import watch_changes

PAGE_ROWS = 30


class ImportHistory(AppState):
    """All imports that one may see, newest first, live."""

    runs: list[RunView] = []
    loaded: bool = False
    has_newer: bool = False
    has_older: bool = False
    _before: int | None = None

    @rx.event
    async def load(self) -> None:
        """Show the newest; part of the page's on_load."""
        self._before = None
        await self._load()

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow every import under way."""
        await watch_changes(self, "import_run", "change_action", refresh=ImportHistory._refresh)

    @rx.event
    async def older(self) -> None:
        """Show the imports before the last one shown."""
        await self._actor()
        self._before = self.runs[-1].id if self.runs else None
        await self._load()

    @rx.event
    async def newest(self) -> None:
        """Back to the newest."""
        await self.load()

    @rx.event
    async def undo(self, import_id: int) -> EventSpec:
        """Take a whole import back."""
        done = await undo_import(id_of(import_id), await self._actor())
        await self._load()
        return done

    @rx.event
    async def download_failed(self, import_id: int) -> EventSpec:
        """Fetch the rows that failed, each with its problem."""
        return await prepare_failed_rows(id_of(import_id), await self._actor())

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load()

    async def _load(self) -> None:
        actor = await self._actor()
        rows = await asyncio.to_thread(list_imports, actor=actor, before=self._before, limit=PAGE_ROWS + 1)
        self.runs = [run_view(row) for row in rows[:PAGE_ROWS]]
        self.has_older, self.has_newer = len(rows) > PAGE_ROWS, self._before is not None
        self.loaded = True
