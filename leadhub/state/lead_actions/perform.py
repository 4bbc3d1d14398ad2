"""One service call for each action of the dialogs, from what the form sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.fields import Entity, FieldKind, field_of
from leadhub.domain.lead_actions import LeadAction
from leadhub.services.activities.schedule import log_call, schedule_activity
from leadhub.services.leads.answers import HANDOFF_FIELDS, Answers
from leadhub.services.leads.assign import accept_lead, assign_lead, assign_to_unit
from leadhub.services.leads.close import cancel_lead, lose_lead, start_progress, win_lead
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.services.leads.continue_process import continue_process
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion
from leadhub.services.leads.delete import delete_lead
from leadhub.services.leads.disqualify import disqualify_lead
from leadhub.services.leads.distribute import distribute_lead
from leadhub.services.leads.follow_up import set_follow_up
from leadhub.services.leads.move_stage import move_stage
from leadhub.services.leads.qualify import qualify_lead
from leadhub.services.leads.reopen import reopen_lead
from leadhub.services.leads.results import ActivityDone, LeadDone
from leadhub.state.forms import id_of, text_of
from leadhub.state.typed import typed_date, typed_minor, typed_moment

Done = LeadDone | ActivityDone | CustomerQuestion


@dataclass(frozen=True)
class Request:
    """An action with the answers typed so far."""

    action: str
    lead_id: int
    argument: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    contact: CustomerChoice = "auto"
    account: CustomerChoice = "auto"

    def text(self, name: str) -> str:
        return text_of(dict(self.form), name).strip()

    def id(self, name: str) -> int | None:
        return id_of(self.text(name)) or None


def perform(request: Request, *, actor: Actor) -> Done:
    """Raises what the services raise; InvalidInput for an action that does not exist."""
    call = _CALLS.get(request.action)
    if call is None:
        raise InvalidInput()
    return call(request, actor)


def _answers(request: Request, actor: Actor) -> Answers:
    choice = request.text("open_activities")
    account = {name: request.text(name) for name in ("classification", "credit_rating")}
    return Answers(
        reason_id=request.id("reason"),
        note=request.text("note"),
        new_date=_moment(request, "new_date", "actions.new_date", actor),
        owner_id=request.id("owner"),
        form=_handoff(request, actor),
        open_activities=choice if choice in ("complete", "cancel") else None,  # type: ignore[arg-type]
        customer_account=account if "classification" in request.form else None,
    )


def _handoff(request: Request, actor: Actor) -> dict[str, Any] | None:
    """The fields of the handoff form that were sent; None where the dialog had no such form."""
    sent: dict[str, Any] = {}
    for key in HANDOFF_FIELDS:
        if key not in request.form:
            continue
        spec = field_of(Entity.LEAD, key)
        if spec.kind is FieldKind.MONEY:
            sent[key] = typed_minor(request.text(key))
        elif spec.kind is FieldKind.DATETIME:
            sent[key] = _moment(request, key, spec.label_key, actor)
        else:
            sent[key] = request.text(key)
    return sent or None


def _moment(request: Request, name: str, label: str, actor: Actor) -> datetime | None:
    return typed_moment(request.text(name), field=name, label=label, actor=actor)


def _customer(request: Request) -> dict[str, Any]:
    return {"contact": request.contact, "account": request.account}


def _qualify(request: Request, actor: Actor) -> Done:
    return qualify_lead(request.lead_id, actor=actor, answers=_answers(request, actor), **_customer(request))


def _disqualify(request: Request, actor: Actor) -> Done:
    return disqualify_lead(request.lead_id, actor=actor, answers=_answers(request, actor))


def _move(request: Request, actor: Actor) -> Done:
    answers = _answers(request, actor)
    return move_stage(request.lead_id, request.argument, actor=actor, answers=answers, **_customer(request))


def _start(request: Request, actor: Actor) -> Done:
    answers = _answers(request, actor)
    return start_progress(request.lead_id, actor=actor, answers=answers, **_customer(request))


def _win(request: Request, actor: Actor) -> Done:
    return win_lead(request.lead_id, actor=actor, answers=_answers(request, actor), **_customer(request))


def _lose(request: Request, actor: Actor) -> Done:
    return lose_lead(request.lead_id, actor=actor, answers=_answers(request, actor))


def _cancel(request: Request, actor: Actor) -> Done:
    return cancel_lead(request.lead_id, actor=actor, answers=_answers(request, actor))


def _accept(request: Request, actor: Actor) -> Done:
    return accept_lead(request.lead_id, actor=actor, **_customer(request))


def _assign(request: Request, actor: Actor) -> Done:
    owner, unit = request.id("owner"), request.id("unit")
    if owner is None and unit is not None:
        return assign_to_unit(request.lead_id, unit_id=unit, actor=actor)
    if owner is None:
        raise InvalidInput("errors.value_required", field="owner", field_label="fields.lead.owner")
    return assign_lead(request.lead_id, to_user_id=owner, actor=actor)


def _complete(request: Request, actor: Actor) -> Done:
    return complete_activity(
        id_of(request.argument),
        actor=actor,
        result_key=request.text("result") or None,
        details=request.text("note"),
        new_date=_moment(request, "new_date", "actions.new_date", actor),
        form=_handoff(request, actor),
        reason_id=request.id("reason"),
    )


def _distribute(request: Request, actor: Actor) -> Done:
    return distribute_lead(
        request.lead_id,
        actor=actor,
        outcome=request.text("outcome") or None,
        owner_id=request.id("owner"),
        unit_id=request.id("unit"),
        remind_owner=request.text("remind_owner") in ("on", "true"),
        strategy=request.text("strategy"),
        next_on=typed_date(request.text("next_on"), field="next_on", label="actions.next_date"),
        reason_id=request.id("reason"),
    )


def _reopen(request: Request, actor: Actor) -> Done:
    return reopen_lead(request.lead_id, actor=actor)


def _delete(request: Request, actor: Actor) -> Done:
    return delete_lead(request.lead_id, actor=actor)


def _continue(request: Request, actor: Actor) -> Done:
    return continue_process(request.lead_id, actor=actor)


def _log_call(request: Request, actor: Actor) -> Done:
    """The call, and the follow-up that was agreed in it."""
    day = _follow_up_day(request)
    done = log_call(
        request.lead_id,
        actor=actor,
        direction=request.text("direction") or "outbound",
        note=request.text("note"),
    )
    if day is not None and day.isoformat() != request.text("before"):
        set_follow_up(request.lead_id, day, actor=actor)
    return done


def _follow_up(request: Request, actor: Actor) -> Done:
    return set_follow_up(request.lead_id, _follow_up_day(request), actor=actor)


def _follow_up_day(request: Request) -> date | None:
    return typed_date(
        request.text("follow_up_on"), field="follow_up_on", label="fields.lead.next_follow_up_on"
    )


def _schedule(request: Request, actor: Actor) -> Done:
    values: dict[str, Any] = {
        "kind": request.text("kind") or "task",
        "title": request.text("title"),
        "due_at": _moment(request, "due_at", "fields.activity.due_at", actor),
        "body": request.text("body"),
    }
    if request.id("owner") is not None:
        values["owner"] = request.id("owner")
    return schedule_activity(values, actor=actor, lead_id=request.lead_id)


_CALLS: dict[str, Callable[[Request, Actor], Done]] = {
    LeadAction.QUALIFY: _qualify,
    LeadAction.DISQUALIFY: _disqualify,
    LeadAction.DISTRIBUTE: _distribute,
    LeadAction.COMPLETE: _complete,
    LeadAction.HANDOFF: _continue,
    LeadAction.MOVE: _move,
    LeadAction.START_PROGRESS: _start,
    LeadAction.ACCEPT: _accept,
    LeadAction.ASSIGN: _assign,
    LeadAction.WIN: _win,
    LeadAction.LOSE: _lose,
    LeadAction.CANCEL: _cancel,
    LeadAction.REOPEN: _reopen,
    LeadAction.DELETE: _delete,
    LeadAction.LOG_CALL: _log_call,
    LeadAction.FOLLOW_UP: _follow_up,
    LeadAction.SCHEDULE: _schedule,
}
