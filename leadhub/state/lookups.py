import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.lookups import Lookup
from leadhub.live import LiveEvent
from leadhub.queries.lookups.list import list_lookup_entries
from leadhub.queries.rows.settings import LookupEntry
from leadhub.services.lookups.edit import (
    add_lookup_value,
    delete_lookup_value,
    move_lookup_value,
    rename_lookup_value,
    retire_lookup_value,
)
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, shows_field_errors, text_of
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes


class LookupsState(FormErrors, AppState):
    """Settings → Lookups: the editable lists."""

    lookup: str = Lookup.CUSTOMER_NEED.value
    entries: list[LookupEntry] = []
    renaming_id: int = 0
    renaming_label: str = ""
    form_number: int = 0

    @rx.event
    async def load(self) -> None:
        """Read the list; part of the page's on_load."""
        self.renaming_id = 0
        await self._load()

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what other administrators change."""
        await watch_changes(self, "lookup_value", refresh=LookupsState._refresh)

    @rx.event
    async def pick(self, lookup: str) -> None:
        """Show another list."""
        await self._actor()
        if isinstance(lookup, str) and lookup in Lookup._value2member_map_:
            self.lookup = lookup
        self.errors, self.renaming_id = {}, 0
        await self._load()

    @rx.event
    @shows_field_errors
    async def add(self, form: dict[str, Any]) -> EventSpec:
        """Add an entry at the end."""
        actor = await self._actor()
        done = await asyncio.to_thread(
            add_lookup_value, self.lookup, label=text_of(form, "label"), actor=actor
        )
        self.form_number += 1
        return await self._saved(done.action_id)

    @rx.event
    async def ask_rename(self, value_id: int) -> None:
        """Open the dialog that renames an entry."""
        await self._load()
        found = next((entry for entry in self.entries if entry.id == id_of(value_id)), None)
        self.errors = {}
        self.renaming_id = found.id if found else 0
        self.renaming_label = found.label if found else ""

    @rx.event
    async def close(self) -> None:
        """Close the dialog."""
        self.renaming_id, self.errors = 0, {}

    @rx.event
    @shows_field_errors
    async def rename(self, form: dict[str, Any]) -> EventSpec:
        """Save the new label."""
        actor = await self._actor()
        value_id = id_of(text_of(form, "id"))
        done = await asyncio.to_thread(
            rename_lookup_value, value_id, label=text_of(form, "new_label"), field="new_label", actor=actor
        )
        self.renaming_id = 0
        return await self._saved(done.action_id)

    @rx.event
    async def move(self, value_id: int, by: int) -> EventSpec:
        """Move an entry up (-1) or down (1)."""
        actor = await self._actor()
        await self._load()
        places = [entry.id for entry in self.entries]
        wanted, step = id_of(value_id), 1 if by == 1 else -1
        index = max(0, places.index(wanted) + step) if wanted in places else 0
        done = await asyncio.to_thread(move_lookup_value, wanted, to_index=index, actor=actor)
        return await self._saved(done.action_id)

    @rx.event
    async def retire(self, value_id: int, retired: bool) -> EventSpec:
        """Offer an entry no more, or again."""
        actor = await self._actor()
        done = await asyncio.to_thread(
            retire_lookup_value, id_of(value_id), retired=retired is True, actor=actor
        )
        return await self._saved(done.action_id)

    @rx.event
    async def delete(self, value_id: int) -> EventSpec:
        """Remove an entry that nothing has."""
        actor = await self._actor()
        done = await asyncio.to_thread(delete_lookup_value, id_of(value_id), actor=actor)
        return await self._saved(done.action_id)

    async def _saved(self, action_id: int | None) -> EventSpec:
        await self._load()
        return show_toast("settings.lookup_saved", undo=action_id)

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load()

    async def _load(self) -> None:
        actor = await self._actor()
        self.entries = list(await asyncio.to_thread(list_lookup_entries, self.lookup, actor=actor))
