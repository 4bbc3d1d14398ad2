import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.lead_actions import LeadAction
from leadhub.domain.list_query.dates import today_in
from leadhub.domain.process.engine import AnswersMissing
from leadhub.queries.leads.dialogs import get_lead_dialog
from leadhub.queries.rows.lead_dialogs import LeadDialog, ResultChoice
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.results import ActivityDone, LeadDone
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, shows_field_errors
from leadhub.state.lead_actions.perform import Request, perform
from leadhub.state.toasts import show_toast

#: Dialogs of their own; every other action is asked about in the dialog "ask", or done at once.
_OWN_DIALOG = {
    LeadAction.DISTRIBUTE: "distribute",
    LeadAction.ASSIGN: "assign",
    LeadAction.DELETE: "delete",
    LeadAction.LOG_CALL: "log_call",
    LeadAction.FOLLOW_UP: "follow_up",
    LeadAction.SCHEDULE: "schedule",
}
_LABELS = {
    "reason": "actions.reason",
    "note": "actions.result_details",
    "new_date": "actions.new_date",
    "owner": "fields.lead.owner",
    "open_activities": "actions.open_activities",
}
_LARGEST_FORM = 40


@dataclass(frozen=True)
class Candidate:
    """A contact or account that could be meant, with the evidence as text keys."""

    value: str
    name: str
    detail: str
    is_exact: bool
    reasons: list[str] = field(default_factory=list)


class LeadActions(FormErrors, AppState):
    """One dialog at a time, on one lead. `start` opens it, or acts at once where nothing is to be asked."""

    opened: str = ""
    """"" or ask, distribute, assign, delete, log_call, follow_up, schedule, customer."""
    dialog: LeadDialog = LeadDialog()
    chosen: ResultChoice = ResultChoice("", "")
    reason: str = ""
    contacts: list[Candidate] = []
    accounts: list[Candidate] = []
    last_lead_id: int = 0
    """The lead of the last action that was done, and how many were: screens may look at it."""
    done_count: int = 0
    _form: dict[str, Any] = {}

    @rx.event
    async def start(self, lead_id: int, action: str, argument: str = "") -> EventSpec | None:
        """Do it, or open its dialog. `argument`: a stage for move, an activity for complete, a reason for
        disqualify."""
        actor = await self._actor()
        self._shut()
        given = str(argument)[:60] if isinstance(argument, str | int) else ""
        dialog = await asyncio.to_thread(
            get_lead_dialog, id_of(lead_id), str(action)[:40], actor=actor, argument=given
        )
        form: dict[str, Any] = {}
        if dialog.action == LeadAction.DISQUALIFY and given:
            form["reason"] = given
        self._show(dialog, form)
        if self.opened == "ask" and not dialog.results and set(dialog.asks) <= set(form):
            self.opened = ""
            return await self._do(actor, form)
        return None

    @rx.event
    async def close(self) -> None:
        """Leave the dialog; nothing was done."""
        await self._actor()
        self._shut()

    @rx.event
    async def pick_result(self, key: str) -> None:
        """Show what the chosen result asks for."""
        await self._actor()
        self.errors = {}
        found = (result for result in self.dialog.results if result.key == key)
        self.chosen = next(found, ResultChoice("", ""))

    @rx.event
    @shows_field_errors
    async def submit(self, form: dict[str, Any]) -> EventSpec | None:
        """Save the open dialog."""
        actor = await self._actor()
        if self._is_done():
            return None
        return await self._do(actor, _bounded(form))

    @rx.event
    @shows_field_errors
    async def follow_up_in(self, days: int) -> EventSpec | None:
        """Set the follow-up that many days from today."""
        actor = await self._actor()
        if self._is_done():
            return None
        count = days if isinstance(days, int) and 0 <= days <= 3650 else 1
        day = today_in(datetime.now(UTC), actor.time_zone) + timedelta(days=count)
        return await self._do(actor, {"follow_up_on": day.isoformat()})

    @rx.event
    @shows_field_errors
    async def choose_customer(self, form: dict[str, Any]) -> EventSpec | None:
        """Go on with the contact and the account that were chosen."""
        actor = await self._actor()
        if self._is_done():
            return None
        form = _bounded(form)
        for name, offered in (("contact", self.contacts), ("account", self.accounts)):
            if offered and not form.get(name):
                raise InvalidInput("errors.value_required", field=name, field_label=f"fields.lead.{name}")
        return await self._do(
            actor, self._form, contact=_choice(form.get("contact")), account=_choice(form.get("account"))
        )

    async def _do(
        self, actor: Actor, form: Mapping[str, Any], *, contact: Any = "auto", account: Any = "auto"
    ) -> EventSpec | list[EventSpec] | None:
        dialog = self.dialog
        if not dialog.action:
            raise InvalidInput()
        request = Request(
            action=dialog.action,
            lead_id=dialog.lead_id,
            argument=dialog.argument,
            form=form,
            contact=contact,
            account=account,
        )
        try:
            done = await asyncio.to_thread(perform, request, actor=actor)
        except AnswersMissing as missing:
            raise InvalidFields([_missing(ask.kind.value) for ask in missing.asks]) from missing
        if isinstance(done, CustomerQuestion):
            self._ask_customer(done, form)
            return None
        return await self._finish(done, actor)

    async def _finish(
        self, done: LeadDone | ActivityDone, actor: Actor
    ) -> EventSpec | list[EventSpec] | None:
        dialog = self.dialog
        self._shut()
        lead = done if isinstance(done, LeadDone) else done.lead
        self.last_lead_id, self.done_count = dialog.lead_id, self.done_count + 1
        opens_next = dialog.action == LeadAction.HANDOFF or (lead is not None and lead.form == "handoff")
        if lead is not None and opens_next and lead.activity_ids:
            waiting = str(lead.activity_ids[-1])
            following = await asyncio.to_thread(
                get_lead_dialog, lead.lead_id, LeadAction.COMPLETE, actor=actor, argument=waiting
            )
            self._show(following, {})
        if done.action_id is None:
            return None
        said = show_toast(f"actions.done_{dialog.action}", undo=done.action_id, title=dialog.title)
        own_page = routes.lead_url(dialog.lead_id)
        if dialog.action == LeadAction.DELETE and str(self.router.url.path).rstrip("/") == own_page:
            return [said, rx.redirect(routes.LEADS)]
        return said

    def _show(self, dialog: LeadDialog, form: Mapping[str, Any]) -> None:
        self.errors = {}
        self.dialog = dialog
        self.reason = str(form.get("reason", ""))
        self.chosen = dialog.results[0] if len(dialog.results) == 1 else ResultChoice("", "")
        self.opened = _OWN_DIALOG.get(dialog.action, "ask")  # type: ignore[call-overload]

    def _ask_customer(self, question: CustomerQuestion, form: Mapping[str, Any]) -> None:
        self.errors = {}
        self._form = dict(form)
        self.contacts = [_candidate(one) for one in question.contacts]
        self.accounts = [_candidate(one) for one in question.accounts]
        self.opened = "customer"

    def _is_done(self) -> bool:
        """A second click on Save comes when the first has closed the dialog: once is enough."""
        return bool(self.dialog.action) and not self.opened

    def _shut(self) -> None:
        self.opened, self.errors, self._form = "", {}, {}
        self.contacts, self.accounts = [], []


def _candidate(found: Any) -> Candidate:
    return Candidate(str(found.record_id), found.name, found.detail, found.is_exact, list(found.reasons))


def _choice(value: object) -> Any:
    """What the dialog's radio buttons stand for: an id, "create", "none", or leave it to the service."""
    if value in ("create", "none"):
        return value
    return id_of(value) or "auto"


def _missing(kind: str) -> InvalidInput:
    return InvalidInput("errors.value_required", field=kind, field_label=_LABELS.get(kind, "actions.answer"))


def _bounded(form: object) -> dict[str, Any]:
    """What a form sent, if it is one."""
    if not isinstance(form, dict):
        return {}
    return {str(name)[:60]: value for name, value in list(form.items())[:_LARGEST_FORM]}
