from typing import Any

import reflex as rx

from leadhub.state.forms import id_of
from leadhub.state.lead_list.rows import MOST_ROWS, current_lead


class SelectionPart(rx.State, mixin=True):
    """Which rows are ticked, or all that match."""

    selected: list[int] = []
    all_matching: bool = False

    @rx.event
    async def select(self, lead_ids: list[int], current: int = 0) -> None:
        """Tick these rows and no others; `current` is the one ticked last."""
        await self._actor()
        asked = {id_of(one) for one in lead_ids[: 2 * MOST_ROWS]} if isinstance(lead_ids, list) else set()
        self.selected = [row.id for row in self.rows if row.id in asked]
        self.all_matching = False
        found = next((row for row in self.rows if row.id == id_of(current)), None)
        if found is None and len(self.selected) == 1:
            found = next(row for row in self.rows if row.id == self.selected[0])
        if found is not None:
            self.current = current_lead(found)

    @rx.event
    async def select_all_matching(self) -> None:
        """Tick everything that matches, also what is not shown."""
        await self._actor()
        self.all_matching = True

    @rx.event
    async def clear_selection(self) -> Any:
        """Tick nothing."""
        await self._actor()
        self.selected, self.all_matching = [], False
