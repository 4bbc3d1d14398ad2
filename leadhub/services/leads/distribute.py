from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_distribute, refuse_distribution, refuse_owner_change
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.models import Lead, LeadDistribution
from leadhub.services.leads.answers import Answers, check_answers
from leadhub.services.leads.assign import give_to_unit
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.plan_execution import Execution
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.services.leads.telling import tell, tell_owner
from leadhub.statements.leads import lead_for_update
from leadhub.statements.process_facts import facts_of_lead
from leadhub.statements.processes import process_of
from leadhub.statements.references import active_unit, active_user

MORNING = time(9)


def distribute_lead(
    lead_id: int,
    *,
    actor: Actor,
    outcome: str | None = None,
    owner_id: int | None = None,
    unit_id: int | None = None,
    remind_owner: bool = False,
    strategy: str = "",
    next_on: date | None = None,
    reason_id: int | None = None,
) -> LeadDone:
    """The distribution page (C-38 to C-44, C-94 to C-97): who looks after the lead, how, and what now.

    `outcome` is a result of the Distribute menu (start_handoff, continue_nurturing, not_interested), or None
    to keep what the page says without choosing. `next_on` is the day to come back to it.
    Raises LeadNotFound, NotPermitted, ActionRefused, AnswersMissing, AssigneeInactive, InvalidInput.
    """
    require(actor, Right.DISTRIBUTE_LEAD)
    if next_on is not None and (isinstance(next_on, datetime) or not isinstance(next_on, date)):
        raise InvalidInput("errors.value_not_date", field="next_on", field_label="leads.distribution.next_on")
    answers = check_answers(Answers(reason_id=reason_id, note=strategy, new_date=_morning_of(next_on, actor)))
    done: Execution | None = None
    with write_session(actor, "distribute lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        _refuse(session, lead, actor, owner_id=owner_id, unit_id=unit_id)
        _appoint(session, lead, actor, owner_id=owner_id, unit_id=unit_id)
        if outcome is not None:
            acted = act_on_lead(
                session,
                lead,
                lambda definition, facts: plan_distribute(
                    definition, facts, str(outcome), given=answers.given
                ),
                actor=actor,
                answers=answers,
                contact="none",
                account="none",
            )
            assert not isinstance(acted, CustomerQuestion), "nothing was left open"
            done = acted
        if next_on is not None:
            lead.next_follow_up_on = next_on
        session.add(
            LeadDistribution(
                lead_id=lead.id,
                owner_id=lead.owner_id,
                unit_id=lead.unit_id,
                remind_owner=bool(remind_owner),
                strategy=strategy.strip(),
                next_on=next_on,
                outcome=outcome or "",
                by_id=actor.user_id,
            )
        )
        if remind_owner:
            tell(session, [lead.owner_id], "lead_reminder", lead, actor)
    return lead_done(lead, action_id(session), done)


def _morning_of(day: date | None, actor: Actor) -> datetime | None:
    """Nine o'clock of that day where the actor is."""
    if day is None:
        return None
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(actor.time_zone)).astimezone(UTC)


def _refuse(session: Session, lead: Lead, actor: Actor, *, owner_id: int | None, unit_id: int | None) -> None:
    definition = process_of(session, lead.process_version_id)
    facts = facts_of_lead(session, lead, actor)
    require_no_refusal(refuse_distribution(definition, facts))
    if owner_id not in (None, lead.owner_id) or unit_id not in (None, lead.unit_id):
        require(actor, Right.ASSIGN_LEAD)
        require_no_refusal(refuse_owner_change(definition, facts))


def _appoint(
    session: Session, lead: Lead, actor: Actor, *, owner_id: int | None, unit_id: int | None
) -> None:
    """An owner, an owner within a unit, or a unit one of whose members accepts."""
    if owner_id is None:
        if unit_id is not None and unit_id != lead.unit_id:
            give_to_unit(session, lead, unit_id, actor)
        return
    owner = active_user(session, owner_id)
    if unit_id is not None:
        lead.unit_id = active_unit(session, unit_id).id
    if lead.owner_id != owner.id:
        lead.owner_id, lead.assigned_at = owner.id, now()
        tell_owner(session, lead, actor)
