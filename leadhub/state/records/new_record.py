import asyncio
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.queries.leads.field_options import search_options
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.routes import record_url
from leadhub.services.activities.schedule import schedule_activity
from leadhub.services.records.edit import create_record
from leadhub.state.forms import shows_field_errors, text_of
from leadhub.state.records.filters import in_words
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_minor, typed_moment

#: The fields of the dialog New contact, New account …; the rest is filled in on the record's page.
NEW_FIELDS: dict[Entity, tuple[str, ...]] = {
    Entity.CONTACT: ("name", "account", "job_title", "email", "mobile_phone", "business_phone", "owner"),
    Entity.ACCOUNT: (
        "name", "website", "phone", "email", "industry", "account_type", "country", "city", "owner",
    ),
    Entity.ACTIVITY: ("title", "kind", "due_at", "owner", "contact", "account", "priority", "body"),
    Entity.CAMPAIGN: ("name", "kind", "status", "starts_on", "ends_on", "budget", "description"),
}  # fmt: skip
CHOSEN = frozenset(
    {
        FieldKind.LOOKUP, FieldKind.USER, FieldKind.UNIT, FieldKind.CONTACT, FieldKind.ACCOUNT,
        FieldKind.CAMPAIGN, FieldKind.CHOICE,
    }
)  # fmt: skip


def new_fields(entity: Entity) -> tuple[FieldSpec, ...]:
    return tuple(fields_of(entity)[key] for key in NEW_FIELDS.get(entity, ()))


class NewRecordPart(rx.State, mixin=True):
    """The dialog that adds a record to its list."""

    new_open: bool = False
    new_key: int = 0
    """Changes with each opening, so that the form is empty again."""
    options: dict[str, list[Choice]] = {}
    own_id: str = ""

    @rx.event
    async def open_new(self) -> None:
        """Show an empty form."""
        actor = await self._actor()
        chosen = [spec.key for spec in new_fields(self.entity) if spec.kind in CHOSEN]
        self.options = {key: await self._offered(key, "", actor) for key in chosen}
        self.errors = {}
        self.own_id = str(actor.user_id or "")
        self.new_key += 1
        self.new_open = True

    @rx.event
    async def close_new(self) -> None:
        """Leave without saving."""
        await self._actor()
        self.new_open = False

    @rx.event
    async def offer(self, key: str, typed: str) -> None:
        """The values of a field that contain what is typed."""
        actor = await self._actor()
        if str(key) in NEW_FIELDS.get(self.entity, ()):
            self.options = {**self.options, key: await self._offered(key, str(typed), actor)}

    @rx.event
    @shows_field_errors
    async def create(self, form: dict[str, Any]) -> list[Any]:
        """Add the record and open its page."""
        actor = await self._actor()
        if not self.new_open:
            return []
        values = typed_values(new_fields(self.entity), form, actor)
        if self.entity is Entity.ACTIVITY:
            planned = await asyncio.to_thread(schedule_activity, values, actor=actor)
            action, record_id, title = planned.action_id, planned.activity_id, str(values.get("title", ""))
        else:
            done = await asyncio.to_thread(create_record, self.entity, values, actor=actor)
            action, record_id, title = done.action_id, done.record_id, done.title
        self.new_open = False
        address = record_url(self.entity.value, record_id)
        await self._reload(actor)
        return [show_toast("records.saved", undo=action, title=title, link=(address, "records.open"))]

    async def _offered(self, key: str, typed: str, actor: Actor) -> list[Choice]:
        found = await asyncio.to_thread(search_options, self.entity, key, typed, actor=actor)
        return in_words(found, actor)


def typed_values(specs: tuple[FieldSpec, ...], form: object, actor: Actor) -> dict[str, Any]:
    """Field key → typed value, the empty left out. Raises InvalidFields for what cannot even be read."""
    values: dict[str, Any] = {}
    problems: list[InvalidInput] = []
    for spec in specs:
        try:
            value = typed_value(spec, text_of(form, spec.key).strip(), actor)
        except InvalidInput as fault:
            problems.append(fault)
            continue
        if value not in ("", None):
            values[spec.key] = value
    if problems:
        raise InvalidFields(problems)
    return values


def typed_value(spec: FieldSpec, text: str, actor: Actor) -> Any:
    if spec.kind is FieldKind.MONEY:
        return typed_minor(text)
    if spec.kind is FieldKind.DATETIME:
        return typed_moment(text, field=spec.key, label=spec.label_key, actor=actor)
    return text
