"""Fields edited in their place, and what happens when two people edit one."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.actor import Actor
from leadhub.domain.errors import StaleRecord
from leadhub.domain.fields import Entity, FieldKind, field_of
from leadhub.queries.leads.field_options import search_options
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.state.forms import shows_field_errors
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_minor, typed_moment
from leadhub.texts import keys, text


@dataclass(frozen=True)
class StaleChange:
    """One field that two people changed, in words."""

    label: str
    theirs: str
    mine: str


class EditingPart(rx.State, mixin=True):
    """Mixed into the page of a record, which has `record_id`, `_load`, `_entity`, `_shown_version` and
    `_store`."""

    options: list[Choice] = []
    options_field: str = ""
    stale: list[StaleChange] = []
    stale_by: str = ""
    _begun: dict[str, int] = {}
    """Field → the version that was on the screen when its editor was opened."""
    _mine: dict[str, Any] = {}
    _their_version: int = 0

    @rx.event
    async def begin_edit(self, field: str, version: int) -> None:
        """An editor was opened on what that version shows."""
        await self._actor()
        if isinstance(version, int):
            self._begun = {**self._begun, str(field)[:60]: version}

    @rx.event
    async def search_options(self, field: str, typed: str) -> None:
        """Offer the values of a field that contain what is typed."""
        actor = await self._actor()
        key = str(field)[:60]
        found = await asyncio.to_thread(search_options, self._entity(), key, str(typed), actor=actor)
        translated = field_of(self._entity(), key).kind in (FieldKind.CHOICE, FieldKind.BOOLEAN)
        self.options = (
            [Choice(c.value, _words(c.label, actor), c.hint) for c in found] if translated else found
        )
        self.options_field = key

    @rx.event
    @shows_field_errors
    async def save_field(self, field: str, value: str) -> EventSpec | None:
        """Save what an inline editor holds."""
        actor = await self._actor()
        key = str(field)[:60]
        values = {key: typed_value(self._entity(), key, value, actor)}
        return await self._save(actor, values, self._begun.get(key, self._shown_version()))

    @rx.event
    async def keep_mine(self) -> EventSpec | None:
        """Save one's own values over those that somebody else saved meanwhile."""
        actor = await self._actor()
        mine, version = self._mine, self._their_version
        self._forget_stale()
        return await self._save(actor, mine, version) if mine else None

    @rx.event
    async def take_theirs(self) -> None:
        """Leave what somebody else saved."""
        await self._actor()
        self._forget_stale()

    async def _save(self, actor: Actor, values: Mapping[str, Any], version: int) -> EventSpec | None:
        try:
            action_id = await asyncio.to_thread(self._store, values, actor, version)
        except StaleRecord as stale:
            await self._load(actor)
            self._mine, self._their_version = dict(values), stale.version
            self.stale_by = str(stale.params.get("by", ""))
            self.stale = await asyncio.to_thread(_stale_changes, self._entity(), stale, actor)
            return None
        for key in values:
            self._begun.pop(key, None)
        await self._load(actor)
        return show_toast("lead_page.saved", undo=action_id) if action_id is not None else None

    def _entity(self) -> Entity:
        raise NotImplementedError

    def _shown_version(self) -> int:
        raise NotImplementedError

    def _store(self, values: Mapping[str, Any], actor: Actor, version: int) -> int | None:
        """Save; returns the action's id. Runs in a thread."""
        raise NotImplementedError

    def _forget_stale(self) -> None:
        self.stale, self.stale_by, self._mine = [], "", {}


def typed_value(entity: Entity, key: str, value: Any, actor: Actor) -> Any:
    """What an editor sent, as the service takes it. Raises NotFound, InvalidInput."""
    spec = field_of(entity, key)
    if spec.kind is FieldKind.MONEY:
        return typed_minor(value)
    if spec.kind is FieldKind.DATETIME:
        return typed_moment(str(value), field=key, label=spec.label_key, actor=actor)
    return value


def _words(key: str, actor: Actor) -> str:
    return text(actor.locale, key) if key in keys() else key


def _stale_changes(entity: Entity, stale: StaleRecord, actor: Actor) -> list[StaleChange]:
    return [
        StaleChange(
            text(actor.locale, field_of(entity, key).label_key),
            _shown(entity, key, theirs, actor),
            _shown(entity, key, mine, actor),
        )
        for key, (_, theirs, mine) in stale.changes.items()
    ]


def _shown(entity: Entity, key: str, value: Any, actor: Actor) -> str:
    spec = field_of(entity, key)
    if value is None or value == "":
        return "–"
    if spec.kind is FieldKind.MONEY:
        return f"{value / 100:,.2f}"
    if spec.kind is FieldKind.DATETIME:
        return f"{value:%Y-%m-%d %H:%M}"
    offered = search_options(entity, key, "", actor=actor)
    found = next((choice.label for choice in offered if choice.value == str(value).lower()), str(value))
    return _words(found, actor)
