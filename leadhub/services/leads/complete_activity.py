from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import activity_scope
from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_complete
from leadhub.models import Activity, Lead, Opportunity
from leadhub.services.leads.answers import Answers, check_answers
from leadhub.services.leads.carrying_out import MakePlan, act_on_lead, act_on_opportunity
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.plan_execution import Execution
from leadhub.services.leads.results import ActivityDone, activity_done
from leadhub.statements.leads import is_record_id, lead_for_update


def complete_activity(
    activity_id: int,
    *,
    actor: Actor,
    result_key: str | None = None,
    details: str = "",
    new_date: datetime | None = None,
    form: Mapping[str, Any] | None = None,
    reason_id: int | None = None,
) -> ActivityDone:
    """Complete a task with its result, which decides how the process goes on (C-47 to C-60).

    Raises NotFound, NotPermitted, ActionRefused, AnswersMissing, ResultUnknown, InvalidFields.
    """
    require(actor, Right.EDIT_ACTIVITY)
    answers = check_answers(Answers(reason_id=reason_id, note=details, new_date=new_date, form=form))
    with write_session(actor, "complete activity") as session:
        activity = activity_for_update(session, activity_id, actor)
        lead, done = _complete(session, activity, result_key, answers, actor)
    return activity_done(activity, action_id(session), lead, done)


def activity_for_update(session: Session, activity_id: int, actor: Actor) -> Activity:
    """The activity, and its lead, locked. Raises NotFound for one that the actor may not see."""
    activity = None
    if is_record_id(activity_id):
        statement = select(Activity).where(Activity.id == activity_id, activity_scope(actor))
        activity = session.scalars(statement.with_for_update(of=Activity)).one_or_none()
    if activity is None:
        raise NotFound("errors.activity_not_found")
    return activity


def _complete(
    session: Session, activity: Activity, result_key: str | None, answers: Answers, actor: Actor
) -> tuple[Lead | None, Execution | None]:
    plan: MakePlan = lambda definition, facts: plan_complete(  # noqa: E731
        definition, facts, activity.id or 0, result_key, given=answers.given
    )
    if activity.opportunity_id is not None:
        opportunity = session.get_one(Opportunity, activity.opportunity_id)
        return None, act_on_opportunity(session, opportunity, plan, actor=actor, answers=answers)
    if activity.lead_id is None or not activity.by_process:
        close_plain(activity, answers.note)
        lead = session.get(Lead, activity.lead_id) if activity.lead_id is not None else None
        if lead is not None:
            lead.last_activity_at = now()
        return lead, None
    lead = lead_for_update(session, activity.lead_id, actor)
    done = act_on_lead(session, lead, plan, actor=actor, answers=answers, contact="none", account="none")
    assert not isinstance(done, CustomerQuestion), "nothing was left open"
    return lead, done


def close_plain(activity: Activity, details: str) -> None:
    """An activity that a person planned has no results: done is done."""
    if activity.status != "planned":
        return
    activity.status = "done"
    activity.completed_at = now()
    if details:
        activity.result_details = details.strip()
