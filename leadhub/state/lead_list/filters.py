import asyncio
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, field_of
from leadhub.domain.list_query import FilterGroup
from leadhub.queries.leads.options import CHOSEN_KINDS, list_field_options
from leadhub.state.lead_list.rows import changed_query
from leadhub.state.lead_list.shown import Chip, chips_of


class FilterPart(rx.State, mixin=True):
    """The conditions as chips, and the builder."""

    chips: list[Chip] = []

    @rx.event
    async def open_filters(self) -> None:
        """Open the builder."""
        await self._actor()

    @rx.event
    async def remove_filter(self, group: int, index: int) -> list[Any]:
        """Take one condition away."""
        actor = await self._actor()
        groups = [list(one.filters) for one in self._query.groups]
        if not (isinstance(group, int) and isinstance(index, int) and 0 <= group < len(groups)):
            return []
        if not 0 <= index < len(groups[group]):
            return []
        del groups[group][index]
        kept = [
            FilterGroup(tuple(filters), any=before.any)
            for filters, before in zip(groups, self._query.groups, strict=True)
        ]
        return await self._apply(changed_query(self._query, groups=kept), actor)

    @rx.event
    async def clear_filters(self) -> list[Any]:
        """Show everything that one may see."""
        actor = await self._actor()
        self.search_key += 1
        return await self._apply(changed_query(self._query, groups=(), search="", view=""), actor, push=True)

    async def _show_chips(self, actor: Actor) -> None:
        used = {one.field for group in self._query.groups for one in group.filters}
        labels: dict[str, dict[str, str]] = {}
        for key in used:
            if field_of(Entity.LEAD, key).kind in CHOSEN_KINDS:
                options = await asyncio.to_thread(list_field_options, key, actor=actor)
                labels[key] = {one.value: one.label for one in options}
        self.chips = chips_of(self._query, labels)
