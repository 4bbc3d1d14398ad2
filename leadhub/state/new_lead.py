import asyncio
from typing import Any

import reflex as rx

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.queries.leads.known import TypedLead, find_known
from leadhub.queries.leads.new_lead import list_form_options, list_lead_types
from leadhub.queries.rows.lead_dialogs import Choice, KnownRecord
from leadhub.services.leads.create import create_lead
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, shows_field_errors, text_of
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_minor, typed_moment

#: Types whose first form is the mini page; the others have the full form.
MINI_TYPES = ("customer", "bank")
MINI_FIELDS = ("customer_need", "account_name", "contact_name", "email", "mobile_phone")
FULL_GROUPS = ("general", "need", "contact", "account", "origin", "team", "qualification", "dates")
_LEFT_OUT = frozenset({"contact", "account", "external_id", "need_maturity", "group"})
_WATCHED = ("contact_name", "account_name", "email", "mobile_phone")


def full_fields() -> tuple[FieldSpec, ...]:
    """The fields of the full form, in the order of their groups."""
    wanted = [
        spec
        for spec in fields_of(Entity.LEAD).values()
        if spec.editable and spec.key not in _LEFT_OUT and spec.group in FULL_GROUPS
    ]
    return tuple(sorted(wanted, key=lambda spec: FULL_GROUPS.index(spec.group)))


class NewLead(FormErrors, AppState):
    """The dialog New lead, reachable from every page."""

    opened: bool = False
    lead_type: str = "customer"
    types: list[Choice] = []
    options: dict[str, list[Choice]] = {}
    known: list[KnownRecord] = []
    contact_id: int = 0
    contact_name: str = ""
    account_id: int = 0
    account_name: str = ""
    form_key: int = 0
    """Changes with each opening, so that the form is empty again."""
    _typed: dict[str, str] = {}

    @rx.event
    async def open(self) -> None:
        """Show an empty form."""
        actor = await self._actor()
        self.types = await asyncio.to_thread(list_lead_types, actor=actor)
        keys = [kind.value for kind in self.types]
        self.lead_type = "customer" if "customer" in keys else (keys or ["customer"])[0]
        await self._empty(actor)
        self.opened = True

    @rx.event
    async def close(self) -> None:
        """Leave without saving."""
        await self._actor()
        self.opened = False

    @rx.event
    async def pick_type(self, key: str) -> None:
        """Another type of lead, with its form."""
        actor = await self._actor()
        if any(kind.value == key for kind in self.types):
            self.lead_type = key
            await self._load_options(actor)

    @rx.event
    async def look_for(self, field: str, text: str) -> None:
        """Look for who is known already, while typing."""
        actor = await self._actor()
        if field not in _WATCHED or not isinstance(text, str):
            return
        self._typed = {**self._typed, field: text.strip()[:254]}
        self.known = await asyncio.to_thread(find_known, TypedLead(**self._typed), actor=actor)

    @rx.event
    async def use(self, entity: str, record_id: int) -> None:
        """Link the new lead to a contact or an account that is known."""
        await self._actor()
        found = next((one for one in self.known if (one.entity, one.id) == (entity, id_of(record_id))), None)
        if found is not None and entity == "contact":
            self.contact_id, self.contact_name = found.id, found.name
        elif found is not None and entity == "account":
            self.account_id, self.account_name = found.id, found.name

    @rx.event
    async def unlink(self, entity: str) -> None:
        """Not that one after all."""
        await self._actor()
        if entity == "contact":
            self.contact_id, self.contact_name = 0, ""
        else:
            self.account_id, self.account_name = 0, ""

    @rx.event
    @shows_field_errors
    async def save(self, form: dict[str, Any]) -> Any:
        """Register the lead. What is wrong stands beside its field, and nothing typed is lost."""
        actor = await self._actor()
        if self.form_key and not self.opened:
            return None  # the second click of a double click
        values = self._values(form, actor)
        done = await asyncio.to_thread(create_lead, values, actor=actor, lead_type=self.lead_type)
        self.opened = False
        address = routes.lead_url(done.lead_id)
        toast = show_toast(
            "new_lead.saved", undo=done.action_id, link=(address, "new_lead.show"), title=done.title
        )
        stays = self.lead_type in MINI_TYPES or text_of(form, "then") == "exit"
        return toast if stays else [toast, rx.redirect(address)]

    def _values(self, form: object, actor: Actor) -> dict[str, Any]:
        """Field key → typed value. Raises InvalidFields for what cannot even be read."""
        mini = self.lead_type in MINI_TYPES
        values: dict[str, Any] = {}
        problems: list[InvalidInput] = []
        for spec in fields_of(Entity.LEAD).values() if mini else full_fields():
            if mini and spec.key not in MINI_FIELDS:
                continue
            text = text_of(form, spec.key).strip()
            try:
                value = _typed_value(spec, text, actor)
            except InvalidInput as fault:
                problems.append(fault)
                continue
            if value not in ("", None):
                values[spec.key] = value
        if problems:
            raise InvalidFields(problems)
        if self.contact_id:
            values["contact"] = self.contact_id
        if self.account_id:
            values["account"] = self.account_id
        return values

    async def _empty(self, actor: Actor) -> None:
        self.errors, self.known, self._typed = {}, [], {}
        self.contact_id, self.contact_name, self.account_id, self.account_name = 0, "", 0, ""
        self.form_key += 1
        await self._load_options(actor)

    async def _load_options(self, actor: Actor) -> None:
        keys = MINI_FIELDS if self.lead_type in MINI_TYPES else tuple(spec.key for spec in full_fields())
        if not set(self.options) >= set(keys) & {"customer_need", "source"}:
            self.options = await asyncio.to_thread(list_form_options, keys, actor=actor)


def _typed_value(spec: FieldSpec, text: str, actor: Actor) -> Any:
    if spec.kind is FieldKind.MONEY:
        return typed_minor(text)
    if spec.kind is FieldKind.DATETIME:
        return typed_moment(text, field=spec.key, label=spec.label_key, actor=actor)
    return text
