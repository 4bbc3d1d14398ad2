import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, LeadhubError
from leadhub.domain.fields import Entity, FieldKind, field_of
from leadhub.domain.process.vocabulary import AskKind
from leadhub.queries.leads.ids import list_lead_ids
from leadhub.queries.leads.options import list_field_options, list_stage_reasons
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.services.leads.answers import Answers
from leadhub.services.leads.bulk import (
    MOST_LEADS,
    BulkDone,
    BulkFailure,
    bulk_assign,
    bulk_delete,
    bulk_edit,
    bulk_move,
)
from leadhub.state.forms import FieldError, id_of, plain, text_of
from leadhub.state.lead_list.filters import choices_of
from leadhub.state.lead_list.shown import column_head
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_minor, typed_moment
from leadhub.texts import text

KINDS = ("assign", "edit", "move", "delete")
MOST_FAILURES = 100
FIRST_FIELD = "source"


@dataclass(frozen=True)
class Failure:
    """Why one lead stayed as it was."""

    lead_id: int
    key: str
    params: dict[str, Any] = field(default_factory=dict)


class BulkPart(rx.State, mixin=True):
    """One action on all ticked leads, or on all that match."""

    bulk_open: str = ""
    """"" or assign, edit, move, delete, result."""
    bulk_busy: bool = False
    bulk_users: list[Choice] = []
    bulk_units: list[Choice] = []
    bulk_stages: list[Choice] = []
    bulk_stage: str = ""
    bulk_reasons: list[Choice] = []
    bulk_field: str = FIRST_FIELD
    bulk_kind: str = ""
    bulk_options: list[Choice] = []
    bulk_done: int = 0
    bulk_failed: int = 0
    bulk_failures: list[Failure] = []

    @rx.event
    async def open_bulk(self, kind: str) -> None:
        """Open the dialog of one action."""
        actor = await self._actor()
        self.errors = {}
        if kind not in KINDS or not (self.selected or self.all_matching):
            return
        if kind == "assign":
            self.bulk_users = await asyncio.to_thread(list_field_options, "owner", actor=actor)
            self.bulk_units = await asyncio.to_thread(list_field_options, "unit", actor=actor)
        elif kind == "move":
            self.bulk_stages = await asyncio.to_thread(list_field_options, "stage", actor=actor)
            self.bulk_stage, self.bulk_reasons = "", []
        elif kind == "edit":
            await self._pick_bulk_field(self.bulk_field, actor)
        self.bulk_open = kind

    @rx.event
    async def close_bulk(self) -> None:
        """Leave the dialog."""
        await self._actor()
        self.bulk_open = ""

    @rx.event
    async def pick_bulk_field(self, key: str) -> None:
        """Which field to set."""
        actor = await self._actor()
        await self._pick_bulk_field(str(key)[:60], actor)

    @rx.event
    async def pick_bulk_stage(self, key: str) -> None:
        """Where to move; a final stage may ask for a reason."""
        actor = await self._actor()
        self.bulk_stage = key if any(stage.value == key for stage in self.bulk_stages) else ""
        self.bulk_reasons = await asyncio.to_thread(list_stage_reasons, self.bulk_stage, actor=actor)

    @rx.event(background=True)
    async def run_bulk(self, form: dict[str, Any]) -> Any:
        """Do it; what failed is named lead by lead, and the toast offers Undo for the rest."""
        async with self:
            actor = await self._actor()
            if self.bulk_busy or self.bulk_open not in KINDS:
                return None
            self.errors = {}
            try:
                call = self._bulk_call(self.bulk_open, form, actor)
            except InvalidInput as fault:
                self.errors = {fault.field or "value": FieldError(fault.key, plain(fault.params))}
                return None
            ids, query = list(self.selected), self._query if self.all_matching else None
            self.bulk_busy = True
        try:
            if query is not None:
                ids = await asyncio.to_thread(list_lead_ids, query, actor=actor, most=MOST_LEADS)
            done = await asyncio.to_thread(call, ids, actor=actor)
        except LeadhubError:
            async with self:
                self.bulk_busy = False
            raise
        async with self:
            self._show_bulk_result(done)
            await self._reload(actor)
        if done.action_id is None or not done.done:
            return None
        return show_toast("lead_list.bulk_done", undo=done.action_id, count=done.done)

    def _show_bulk_result(self, done: BulkDone) -> None:
        self.bulk_busy = False
        self.bulk_done, self.bulk_failed = done.done, len(done.failures)
        self.bulk_failures = [_failure(one, self.locale) for one in done.failures[:MOST_FAILURES]]
        self.bulk_open = "result" if done.failures else ""
        self.selected, self.all_matching = [], False

    def _bulk_call(self, kind: str, form: object, actor: Actor) -> Callable[..., BulkDone]:
        if kind == "assign":
            owner, unit = id_of(text_of(form, "owner")), id_of(text_of(form, "unit"))
            if not owner and not unit:
                raise InvalidInput("errors.value_required", field="owner", field_label="fields.lead.owner")
            return partial(bulk_assign, to_user_id=owner or None, unit_id=unit or None)
        if kind == "move":
            if not self.bulk_stage:
                raise InvalidInput("errors.value_required", field="stage", field_label="fields.lead.stage")
            reason = id_of(text_of(form, "reason"))
            if self.bulk_reasons and not reason:
                raise InvalidInput("errors.value_required", field="reason", field_label="actions.reason")
            answers = Answers(reason_id=reason or None, note=text_of(form, "note").strip())
            return partial(bulk_move, to_stage=self.bulk_stage, answers=answers)
        if kind == "edit":
            return partial(bulk_edit, values={self.bulk_field: self._bulk_value(form, actor)})
        if kind == "delete":
            return bulk_delete
        raise InvalidInput()

    def _bulk_value(self, form: object, actor: Actor) -> Any:
        spec = field_of(Entity.LEAD, self.bulk_field)
        typed = text_of(form, "value").strip()
        if spec.kind is FieldKind.MONEY:
            return typed_minor(typed)
        if spec.kind is FieldKind.DATETIME:
            return typed_moment(typed, field="value", label=spec.label_key, actor=actor)
        return typed

    async def _pick_bulk_field(self, key: str, actor: Actor) -> None:
        spec = field_of(Entity.LEAD, key)
        if not column_head(spec.key).editable:
            raise InvalidInput("errors.value_not_editable", field=spec.key, field_label=spec.label_key)
        self.bulk_field, self.bulk_kind = spec.key, spec.kind.value
        self.bulk_options = await choices_of(spec, actor)


def _failure(one: BulkFailure, locale: str) -> Failure:
    """The reason in words; unanswered questions by their names."""
    params = plain(one.params)
    kinds = str(params.get("questions", "")).split(", ")
    if kinds != [""]:
        known = [kind for kind in kinds if kind in AskKind._value2member_map_]
        params["questions"] = ", ".join(text(locale, f"actions.ask_{kind}") for kind in known)
    return Failure(one.lead_id, one.key, params)
