"""What a dialog asks before an action: the engine plans with nothing given, and names its questions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.lead_actions import LeadAction
from leadhub.domain.lookups import Lookup
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.definition import ActivityTemplate, ProcessDefinition
from leadhub.domain.process.engine import (
    ActionRefused,
    Ask,
    Plan,
    ProcessFacts,
    distribution_template,
    plan_accept,
    plan_assign,
    plan_close,
    plan_complete,
    plan_continue,
    plan_disqualify,
    plan_distribute,
    plan_move,
    plan_reopen,
    plan_start_progress,
    process_button,
)
from leadhub.domain.process.engine import require as require_no_refusal
from leadhub.domain.process.plan import ShowActivity
from leadhub.domain.process.refusals import refuse_delete
from leadhub.domain.process.vocabulary import AskKind, Form, LifecycleState
from leadhub.models import Activity, Lead, LeadDistribution, LookupValue, Unit, User
from leadhub.queries.rows.lead_dialogs import Choice, LeadDialog, ResultChoice
from leadhub.statements.leads import lead_of
from leadhub.statements.process_facts import facts_of_lead
from leadhub.statements.processes import process_of

MOST_PEOPLE = 500
_RIGHTS: dict[LeadAction, Right] = {
    LeadAction.QUALIFY: Right.QUALIFY_LEAD,
    LeadAction.DISQUALIFY: Right.DISQUALIFY_LEAD,
    LeadAction.DISTRIBUTE: Right.DISTRIBUTE_LEAD,
    LeadAction.MOVE: Right.MOVE_STAGE,
    LeadAction.START_PROGRESS: Right.MOVE_STAGE,
    LeadAction.ACCEPT: Right.ACCEPT_LEAD,
    LeadAction.ASSIGN: Right.ASSIGN_LEAD,
    LeadAction.WIN: Right.WIN_OR_LOSE_LEAD,
    LeadAction.LOSE: Right.WIN_OR_LOSE_LEAD,
    LeadAction.CANCEL: Right.MOVE_STAGE,
    LeadAction.REOPEN: Right.REOPEN_LEAD,
    LeadAction.DELETE: Right.DELETE_LEAD,
    LeadAction.LOG_CALL: Right.EDIT_ACTIVITY,
    LeadAction.FOLLOW_UP: Right.EDIT_LEAD,
    LeadAction.SCHEDULE: Right.EDIT_ACTIVITY,
    LeadAction.COMPLETE: Right.EDIT_ACTIVITY,
}
_HANDOFF_LOOKUPS = (Lookup.SALES_DIVISION, Lookup.CUSTOMER_NEED)
_CLOSES = {
    LeadAction.WIN: LifecycleState.WON,
    LeadAction.LOSE: LifecycleState.LOST,
    LeadAction.CANCEL: LifecycleState.CANCELLED,
}


@dataclass
class _Asked:
    session: Session
    lead: Lead
    definition: ProcessDefinition
    facts: ProcessFacts
    action: LeadAction
    argument: str


def get_lead_dialog(lead_id: int, action: str, *, actor: Actor, argument: str = "") -> LeadDialog:
    """What must be answered before the action; no asks and no results means that it may be done at once.

    Raises LeadNotFound, NotPermitted, ActionRefused, InvalidInput for an action that does not exist.
    """
    if action not in set(LeadAction):
        raise InvalidInput()
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        definition = process_of(session, lead.process_version_id)
        facts = facts_of_lead(session, lead, actor)
        wanted = LeadAction(action)
        if wanted is LeadAction.PROCESS:
            wanted = LeadAction(process_button(definition, facts).action.value)
        if wanted in _RIGHTS:
            require(actor, _RIGHTS[wanted])
        return _dialog(_Asked(session, lead, definition, facts, wanted, str(argument)[:60]), actor)


def _dialog(asked: _Asked, actor: Actor) -> LeadDialog:
    match asked.action:
        case LeadAction.HANDOFF:
            waiting = plan_continue(asked.definition, asked.facts).first_of(ShowActivity)
            if waiting is None:
                return _made(asked)
            asked.action, asked.argument = LeadAction.COMPLETE, str(waiting.activity_id)
            return _completion(asked, actor)
        case LeadAction.COMPLETE:
            return _completion(asked, actor)
        case LeadAction.DISTRIBUTE:
            return _distribution(asked)
        case LeadAction.QUALIFY | LeadAction.LOG_CALL | LeadAction.FOLLOW_UP:
            return _made(asked)
        case LeadAction.SCHEDULE:
            return _made(asked, people=True)
        case LeadAction.DELETE:
            require_no_refusal(refuse_delete(asked.definition, asked.facts))
            return _made(asked)
    plan = _plan(asked)
    heading = ""
    if plan.destination:
        heading = asked.definition.stage(plan.destination).label
    return _made(asked, asks=plan.asks, heading=heading, people=asked.action is LeadAction.ASSIGN)


def _plan(asked: _Asked) -> Plan:
    definition, facts = asked.definition, asked.facts
    if asked.action in _CLOSES:
        return plan_close(definition, facts, _CLOSES[asked.action])
    plans: dict[LeadAction, Callable[[], Plan]] = {
        LeadAction.DISQUALIFY: lambda: plan_disqualify(definition, facts),
        LeadAction.MOVE: lambda: plan_move(definition, facts, asked.argument),
        LeadAction.START_PROGRESS: lambda: plan_start_progress(definition, facts),
        LeadAction.ACCEPT: lambda: plan_accept(definition, facts),
        LeadAction.ASSIGN: lambda: plan_assign(definition, facts),
        LeadAction.REOPEN: lambda: plan_reopen(definition, facts),
    }
    if asked.action not in plans:
        raise InvalidInput()
    return plans[asked.action]()


def _completion(asked: _Asked, actor: Actor) -> LeadDialog:
    """A task: its results, each with what it asks; one without results only takes a note."""
    activity_id = int(asked.argument) if asked.argument.isdecimal() and len(asked.argument) < 10 else 0
    activity = asked.session.get(Activity, activity_id)
    if activity is None or activity.lead_id != asked.lead.id:
        raise InvalidInput("errors.not_found")
    template = asked.definition.find_template(activity.template_key) if activity.by_process else None
    if template is not None and template.form is Form.DISTRIBUTION:
        require(actor, Right.DISTRIBUTE_LEAD)
        asked.action = LeadAction.DISTRIBUTE
        return _distribution(asked)
    if template is not None and template.form is Form.QUALIFICATION:
        asked.action = LeadAction.QUALIFY
        return _made(asked)
    if template is None or not template.results:
        note = (Ask(kind=AskKind.NOTE, required=False),)
        return _made(asked, asks=note, heading=activity.title)
    results = _results(
        asked, template, lambda key: plan_complete(asked.definition, asked.facts, activity_id, key)
    )
    # The one result of "Enter handoff information" is its form: nothing is left to choose.
    only = results[0].asks == [AskKind.FORM.value] if len(results) == 1 else False
    asks = (Ask(kind=AskKind.FORM, form=Form.HANDOFF),) if only else ()
    return _made(asked, asks=asks, results=results, heading=activity.title)


def _distribution(asked: _Asked) -> LeadDialog:
    template = distribution_template(asked.definition, asked.facts)
    results = _results(asked, template, lambda key: plan_distribute(asked.definition, asked.facts, key))
    latest = asked.session.scalars(
        select(LeadDistribution)
        .where(LeadDistribution.lead_id == asked.lead.id)
        .order_by(LeadDistribution.id.desc())  # type: ignore[union-attr]
        .limit(1)
    ).one_or_none()
    return _made(asked, results=results, people=True, strategy=latest.strategy if latest else "")


def _results(asked: _Asked, template: ActivityTemplate, plan: Callable[[str], Plan]) -> list[ResultChoice]:
    found = []
    for result in template.results:
        try:
            asks = plan(result.key).asks
        except ActionRefused as refused:
            params = {name: str(value) for name, value in refused.refusal.params.items()}
            found.append(
                ResultChoice(result.key, result.label, refused_key=refused.refusal.key, refused_params=params)
            )
            continue
        found.append(
            ResultChoice(
                result.key,
                result.label,
                asks=[ask.kind.value for ask in asks],
                required=[ask.kind.value for ask in asks if ask.required],
                reasons=_reasons(asked.session, asks),
            )
        )
    return found


def _made(
    asked: _Asked,
    *,
    asks: Iterable[Ask] = (),
    results: list[ResultChoice] | None = None,
    heading: str = "",
    people: bool = False,
    strategy: str = "",
) -> LeadDialog:
    session, lead = asked.session, asked.lead
    asks, results = tuple(asks), results or []
    kinds = {ask.kind.value for ask in asks} | {kind for result in results for kind in result.asks}
    has_form = AskKind.FORM.value in kinds
    people = people or has_form or AskKind.OWNER.value in kinds
    return LeadDialog(
        lead_id=lead.id or 0,
        number=lead.id or 0,
        version=lead.version,
        title=lead.display_title,
        stage_label=asked.definition.stage(lead.stage_key).label,
        action=asked.action.value,
        argument=asked.argument,
        heading=heading,
        asks=[ask.kind.value for ask in asks],
        required=[ask.kind.value for ask in asks if ask.required],
        results=results,
        reasons=_reasons(session, asks),
        planned=_planned(asked) if AskKind.OPEN_ACTIVITIES.value in kinds else [],
        handoff=_handoff(lead) if has_form else {},
        lookups={lookup.value: list_choices(session, lookup) for lookup in _HANDOFF_LOOKUPS}
        if has_form
        else {},
        users=list_people(session) if people else [],
        units=list_units(session) if people else [],
        owner_id=str(lead.owner_id or ""),
        unit_id=str(lead.unit_id or ""),
        strategy=strategy,
        follow_up_on=lead.next_follow_up_on.isoformat() if lead.next_follow_up_on else "",
        phone=lead.mobile_phone or lead.business_phone,
    )


def _reasons(session: Session, asks: Iterable[Ask]) -> list[Choice]:
    lookup = next((ask.lookup for ask in asks if ask.kind is AskKind.REASON and ask.lookup), None)
    return list_choices(session, Lookup(lookup.value)) if lookup else []


def _planned(asked: _Asked) -> list[str]:
    ids = [activity.activity_id for activity in asked.facts.planned_by_people]
    titles = select(Activity.title).where(Activity.id.in_(ids)).order_by(Activity.id)  # type: ignore[union-attr]
    return list(asked.session.scalars(titles))


def _handoff(lead: Lead) -> dict[str, str]:
    """Need type, Assignee and Notes stand there already (C-54)."""
    return {
        "budget": "" if lead.budget_minor is None else f"{lead.budget_minor / 100:.2f}",
        "sales_division": str(lead.sales_division_id or ""),
        "meeting_at": lead.meeting_at.isoformat() if lead.meeting_at else "",
        "decision_at": lead.decision_at.isoformat() if lead.decision_at else "",
        "customer_need": str(lead.customer_need_id or ""),
        "handoff_assignee": str(lead.handoff_assignee_id or lead.owner_id or ""),
        "handoff_notes": lead.handoff_notes,
    }


def list_choices(session: Session, lookup: Lookup) -> list[Choice]:
    """The entries of a list that may still be chosen, in their order."""
    statement = (
        select(LookupValue.id, LookupValue.label)
        .where(LookupValue.lookup == lookup.value, LookupValue.retired.is_(False))  # type: ignore[attr-defined]
        .order_by(LookupValue.position, LookupValue.id)
    )
    return [Choice(str(row.id), row.label) for row in session.execute(statement)]


def list_people(session: Session) -> list[Choice]:
    """Who can own a lead."""
    statement = select(User.id, User.name, User.email).where(User.active.is_(True), User.role != "partner")  # type: ignore[attr-defined]
    rows = session.execute(statement.order_by(User.name, User.id).limit(MOST_PEOPLE))
    return [Choice(str(row.id), row.name, row.email) for row in rows]


def list_units(session: Session) -> list[Choice]:
    statement = select(Unit.id, Unit.name).where(Unit.active.is_(True)).order_by(Unit.name, Unit.id)  # type: ignore[attr-defined]
    return [Choice(str(row.id), row.name) for row in session.execute(statement)]
