import asyncio
from typing import Any

import reflex as rx

from leadhub.domain.fields import Entity, fields_of
from leadhub.queries.leads.columns import default_columns
from leadhub.services.views.keep_columns import keep_columns
from leadhub.state.lead_list.rows import changed_query
from leadhub.state.lead_list.shown import ColumnHead, column_head

ALWAYS = "title"


class ColumnPart(rx.State, mixin=True):
    """Which columns are shown, in which order; remembered for the person."""

    columns_open: bool = False
    shown_columns: list[ColumnHead] = []
    hidden_columns: list[ColumnHead] = []

    @rx.event
    async def open_columns(self) -> None:
        """Open the column chooser."""
        await self._actor()
        self._list_columns([column.key for column in self.columns])
        self.columns_open = True

    @rx.event
    async def close_columns(self) -> None:
        """Leave the columns as they are."""
        await self._actor()
        self.columns_open = False

    @rx.event
    async def move_column(self, key: str, step: int) -> None:
        """Further left or right."""
        await self._actor()
        keys = [column.key for column in self.shown_columns]
        if key in keys and step in (-1, 1):
            here = keys.index(key)
            there = min(len(keys) - 1, max(0, here + step))
            keys[here], keys[there] = keys[there], keys[here]
            self._list_columns(keys)

    @rx.event
    async def toggle_column(self, key: str) -> None:
        """Show or hide a column; the one that leads to the page stays."""
        await self._actor()
        keys = [column.key for column in self.shown_columns]
        if key in keys:
            keys = [one for one in keys if one != key or one == ALWAYS]
        elif isinstance(key, str) and key in fields_of(Entity.LEAD):
            keys.append(key)
        self._list_columns(keys)

    @rx.event
    async def usual_columns(self) -> None:
        """Back to what everybody starts with."""
        await self._actor()
        self._list_columns(list(default_columns()))

    @rx.event
    async def apply_columns(self) -> list[Any]:
        """Show these columns, and remember them."""
        actor = await self._actor()
        keys = tuple(column.key for column in self.shown_columns)
        usual = keys == default_columns()
        await asyncio.to_thread(keep_columns, () if usual else keys, actor=actor)
        self.columns_open = False
        return await self._apply(changed_query(self._query, columns=() if usual else keys), actor)

    def _list_columns(self, keys: list[str]) -> None:
        known = [key for key in keys if key in fields_of(Entity.LEAD)]
        self.shown_columns = [column_head(key) for key in known]
        self.hidden_columns = [column_head(key) for key in fields_of(Entity.LEAD) if key not in known]
