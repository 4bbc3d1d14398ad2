"""The pages of contacts, accounts, activities and campaigns: one state, four entities."""

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity
from leadhub.live import LiveEvent
from leadhub.queries.records.history import list_record_history
from leadhub.queries.records.page import get_record
from leadhub.services.activities.schedule import (
    cancel_activity,
    delete_activity,
    edit_activity,
    schedule_activity,
)
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.services.records.communication import (
    add_communication_option,
    move_communication_option,
    remove_communication_option,
)
from leadhub.services.records.delete import delete_record
from leadhub.services.records.edit import edit_record
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, shows_field_errors, text_of
from leadhub.state.lead_page.history import EntryView, entry_view
from leadhub.state.record_editing import EditingPart
from leadhub.state.records.page_views import (
    WITH_WAYS,
    FieldGroup,
    HeadView,
    LinkGroup,
    LinkView,
    WayView,
    field_groups,
    head_view,
    link_group,
    parent_views,
    way_views,
)
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_moment
from leadhub.state.watching import watch_changes


class RecordPage(EditingPart, FormErrors, rx.State, mixin=True):
    """Everything that the page of a record does. The services ask for the rights."""

    entity: ClassVar[Entity]

    record_id: int = 0
    status: str = "loading"
    """loading, ready or missing."""
    head: HeadView = HeadView()
    groups: list[FieldGroup] = []
    ways: list[WayView] = []
    parents: list[LinkView] = []
    linked: list[LinkGroup] = []
    history: list[EntryView] = []
    account_id: int = 0
    """The account of a contact, which what is planned for it belongs to as well."""
    deleting: bool = False
    adding_way: bool = False
    planning: bool = False

    @rx.event
    async def load(self) -> None:
        """Show the record of the address."""
        actor = await self._actor()
        asked = self._asked_id()
        if asked != self.record_id:
            self._forget()
        self.record_id = asked
        await self._load(actor)

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what others change on it, and what comes to point at it."""
        async with self:
            await self._actor()
            topic = f"{self.entity}:{self._asked_id()}"
        others = ("communication_option", "activity", "opportunity") if self.entity in WITH_WAYS else ()
        await watch_changes(self, topic, *others, refresh=lambda state, change: state._refresh(change))

    @rx.event
    async def ask_delete(self) -> None:
        """Ask once more."""
        await self._actor()
        self._shut()
        self.deleting = True

    @rx.event
    async def close_dialogs(self) -> None:
        """Leave the open dialog; nothing was done."""
        await self._actor()
        self._shut()

    @rx.event
    async def delete(self) -> list[Any]:
        """Delete the record; its list offers Undo."""
        actor = await self._actor()
        self._shut()
        if self.entity is Entity.ACTIVITY:
            action = (await asyncio.to_thread(delete_activity, self.record_id, actor=actor)).action_id
        else:
            done = await asyncio.to_thread(delete_record, self.entity, self.record_id, actor=actor)
            action = done.action_id
        toast = show_toast("records.deleted", undo=action, title=self.head.title)
        return [toast, rx.redirect(routes.record_url(self.entity.value, 0).rpartition("/")[0])]

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load(await self._actor())

    def _entity(self) -> Entity:
        return self.entity

    def _shown_version(self) -> int:
        return self.head.version

    def _store(self, values: Mapping[str, Any], actor: Actor, version: int) -> int | None:
        if self.entity is Entity.ACTIVITY:
            return edit_activity(self.record_id, values, actor=actor).action_id
        return edit_record(
            self.entity, self.record_id, values, actor=actor, expected_version=version
        ).action_id

    def _asked_id(self) -> int:
        return id_of(str(self.router.url.path).rstrip("/").rpartition("/")[2])

    def _shut(self) -> None:
        self.deleting = self.adding_way = self.planning = False
        self.errors = {}

    def _forget(self) -> None:
        """Nothing of one record may show on the page of the next."""
        self.status, self.head, self.groups = "loading", HeadView(), []
        self.ways, self.parents, self.linked, self.history = [], [], [], []
        self.errors, self._begun = {}, {}
        self._forget_stale()

    async def _load(self, actor: Actor) -> None:
        try:
            found = await asyncio.to_thread(get_record, self.entity, self.record_id, actor=actor)
            entries = await asyncio.to_thread(list_record_history, self.entity, self.record_id, actor=actor)
        except NotFound:
            self._forget()
            self.status = "missing"
            return
        self.head = head_view(self.entity, found)
        self.groups = field_groups(self.entity, found)
        self.ways = way_views(self.entity, found)
        self.parents = parent_views(self.entity, found)
        self.account_id = found.refs.get("account", 0) if self.entity is Entity.CONTACT else 0
        self.linked = [link_group(self.entity, found.id, group) for group in found.linked]
        self.history = [entry_view(entry) for entry in entries]
        self.status = "ready"


class WaysPart(rx.State, mixin=True):
    """Further communication options, and planning something for this customer."""

    @rx.event
    async def open_way(self) -> None:
        """Ask for one more phone, email, address or link."""
        await self._actor()
        self._shut()
        self.adding_way = True

    @rx.event
    @shows_field_errors
    async def add_way(self, form: dict[str, Any]) -> EventSpec:
        """Add it at the end."""
        actor = await self._actor()
        done = await asyncio.to_thread(
            add_communication_option,
            self.entity,
            self.record_id,
            kind=text_of(form, "kind"),
            value=text_of(form, "value"),
            label=text_of(form, "label"),
            actor=actor,
        )
        self._shut()
        await self._load(actor)
        return show_toast("records.way_added", undo=done.action_id)

    @rx.event
    async def remove_way(self, option_id: int) -> EventSpec:
        """Take one away."""
        actor = await self._actor()
        done = await asyncio.to_thread(remove_communication_option, id_of(option_id), actor=actor)
        await self._load(actor)
        return show_toast("records.way_removed", undo=done.action_id)

    @rx.event
    async def move_way(self, option_id: int, by: int) -> None:
        """Up or down among its fellows."""
        actor = await self._actor()
        step = 1 if by == 1 else -1
        await asyncio.to_thread(move_communication_option, id_of(option_id), by=step, actor=actor)
        await self._load(actor)

    @rx.event
    async def open_planning(self) -> None:
        """Ask what is to be done."""
        await self._actor()
        self._shut()
        self.planning = True

    @rx.event
    @shows_field_errors
    async def plan(self, form: dict[str, Any]) -> EventSpec | None:
        """Plan an activity for this customer."""
        actor = await self._actor()
        if not self.planning:
            return None
        due_at = typed_moment(
            text_of(form, "due_at"), field="due_at", label="fields.activity.due_at", actor=actor
        )
        values: dict[str, Any] = {
            "kind": text_of(form, "kind") or "task",
            "title": text_of(form, "title"),
            "due_at": due_at,
            "body": text_of(form, "body"),
            self.entity.value: self.record_id,
        }
        if self.account_id:
            values["account"] = self.account_id
        done = await asyncio.to_thread(schedule_activity, values, actor=actor)
        self._shut()
        await self._load(actor)
        return show_toast("records.planned", undo=done.action_id)


class ContactPage(WaysPart, RecordPage, AppState):
    entity: ClassVar[Entity] = Entity.CONTACT


class AccountPage(WaysPart, RecordPage, AppState):
    entity: ClassVar[Entity] = Entity.ACCOUNT


class CampaignPage(RecordPage, AppState):
    entity: ClassVar[Entity] = Entity.CAMPAIGN


class ActivityPage(RecordPage, AppState):
    entity: ClassVar[Entity] = Entity.ACTIVITY

    @rx.event
    @shows_field_errors
    async def complete(self, form: dict[str, Any]) -> EventSpec:
        """Complete what asks for no result."""
        actor = await self._actor()
        done = await asyncio.to_thread(
            complete_activity, self.record_id, details=text_of(form, "note"), actor=actor
        )
        self._shut()
        await self._load(actor)
        return show_toast("my_day.completed", undo=done.action_id)

    @rx.event
    async def ask_complete(self) -> None:
        """Ask how it went."""
        await self._actor()
        self._shut()
        self.planning = True

    @rx.event
    async def cancel(self) -> EventSpec:
        """Cancel what a person planned."""
        actor = await self._actor()
        done = await asyncio.to_thread(cancel_activity, self.record_id, actor=actor)
        await self._load(actor)
        return show_toast("records.activity_cancelled", undo=done.action_id)
