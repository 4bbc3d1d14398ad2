import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.live import LiveEvent
from leadhub.queries.rows.people import GroupRow, PersonOption, UnitRow
from leadhub.queries.units.list import list_groups, list_units
from leadhub.queries.users.people import list_user_options
from leadhub.services.units.edit import create_group, create_unit, delete_group, edit_unit, rename_group
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, ids_of, shows_field_errors, text_of
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes

NO_UNIT = UnitRow(id=0, name="", group_id="", group="", active=True, member_ids=[], members="")
NO_GROUP = GroupRow(id=0, name="", units="", in_use=False)


class UnitsState(FormErrors, AppState):
    """Settings → Units: the teams that accept leads, and the groups they belong to."""

    units: list[UnitRow] = []
    groups: list[GroupRow] = []
    people: list[PersonOption] = []
    group_options: list[PersonOption] = []
    dialog: str = ""
    """"" none, "unit" or "group"."""
    unit: UnitRow = NO_UNIT
    group: GroupRow = NO_GROUP

    @rx.event
    async def load(self) -> None:
        """Read units and groups; part of the page's on_load."""
        self.dialog = ""
        await self._load()

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what other administrators change."""
        topics = ("unit", "unit_member", "business_group", "app_user")
        await watch_changes(self, *topics, refresh=UnitsState._refresh)

    @rx.event
    async def open_unit(self, unit_id: int) -> None:
        """Open the dialog of a unit, of a new one for 0."""
        actor = await self._actor()
        await self._load()
        wanted = id_of(unit_id)
        self.unit = next((unit for unit in self.units if unit.id == wanted), NO_UNIT)
        self.people = list(await asyncio.to_thread(list_user_options, actor=actor, limit=200))
        self.errors, self.dialog = {}, "unit"

    @rx.event
    async def open_group(self, group_id: int) -> None:
        """Open the dialog of a group, of a new one for 0."""
        await self._load()
        wanted = id_of(group_id)
        self.group = next((group for group in self.groups if group.id == wanted), NO_GROUP)
        self.errors, self.dialog = {}, "group"

    @rx.event
    async def close(self) -> None:
        """Close the dialog."""
        self.dialog, self.errors = "", {}

    @rx.event
    @shows_field_errors
    async def save_unit(self, form: dict[str, Any]) -> EventSpec:
        """Save a unit with its members."""
        actor = await self._actor()
        name, group_id = text_of(form, "name"), id_of(text_of(form, "group_id")) or None
        unit_id = id_of(text_of(form, "id"))
        if unit_id == 0:
            done = await asyncio.to_thread(
                create_unit, name, group_id=group_id, member_ids=ids_of(form, "member_ids"), actor=actor
            )
        else:
            done = await asyncio.to_thread(
                edit_unit,
                unit_id,
                name=name,
                group_id=group_id,
                active=bool(isinstance(form, dict) and form.get("active")),
                member_ids=ids_of(form, "member_ids"),
                actor=actor,
            )
        return await self._saved(done.action_id)

    @rx.event
    @shows_field_errors
    async def save_group(self, form: dict[str, Any]) -> EventSpec:
        """Save a group's name."""
        actor = await self._actor()
        name, group_id = text_of(form, "name"), id_of(text_of(form, "id"))
        if group_id == 0:
            done = await asyncio.to_thread(create_group, name, actor=actor)
        else:
            done = await asyncio.to_thread(rename_group, group_id, name=name, actor=actor)
        return await self._saved(done.action_id)

    @rx.event
    @shows_field_errors
    async def delete_group(self, group_id: int) -> EventSpec:
        """Remove a group that nothing belongs to."""
        actor = await self._actor()
        done = await asyncio.to_thread(delete_group, id_of(group_id), actor=actor)
        return await self._saved(done.action_id)

    async def _saved(self, action_id: int | None) -> EventSpec:
        self.dialog = ""
        await self._load()
        return show_toast("people.unit_saved", undo=action_id)

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load()

    async def _load(self) -> None:
        actor = await self._actor()
        self.units = list(await asyncio.to_thread(list_units, actor=actor))
        self.groups = list(await asyncio.to_thread(list_groups, actor=actor))
        self.group_options = [PersonOption(str(group.id), group.name) for group in self.groups]
