"""Start progress, win, lose and cancel: the moves between life-cycle states (M-70 to M-73)."""

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_close, plan_start_progress
from leadhub.domain.process.vocabulary import LifecycleState
from leadhub.services.leads.answers import NO_ANSWERS, Answers
from leadhub.services.leads.carrying_out import MakePlan, act_on_lead
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update

Outcome = LeadDone | CustomerQuestion


def start_progress(
    lead_id: int,
    *,
    actor: Actor,
    to_stage: str | None = None,
    answers: Answers = NO_ANSWERS,
    contact: CustomerChoice = "auto",
    account: CustomerChoice = "auto",
) -> Outcome:
    """Begin work on a pending lead. Raises LeadNotFound, NotPermitted, ActionRefused, AnswersMissing."""
    require(actor, Right.MOVE_STAGE)
    with write_session(actor, "start progress") as session:
        lead = lead_for_update(session, lead_id, actor)
        done = act_on_lead(
            session,
            lead,
            lambda definition, facts: plan_start_progress(definition, facts, to_stage, given=answers.given),
            actor=actor,
            answers=answers,
            contact=contact,
            account=account,
        )
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)


def win_lead(
    lead_id: int,
    *,
    actor: Actor,
    to_stage: str | None = None,
    answers: Answers = NO_ANSWERS,
    contact: CustomerChoice = "auto",
    account: CustomerChoice = "auto",
) -> Outcome:
    """Close as won; where its type converts, the customer account is created (M-24, M-71).

    Raises LeadNotFound, NotPermitted, ActionRefused, AnswersMissing.
    """
    require(actor, Right.WIN_OR_LOSE_LEAD)
    with write_session(actor, "win lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        plan = _closing(LifecycleState.WON, to_stage, answers)
        done = act_on_lead(
            session, lead, plan, actor=actor, answers=answers, contact=contact, account=account
        )
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)


def lose_lead(
    lead_id: int, *, actor: Actor, to_stage: str | None = None, answers: Answers = NO_ANSWERS
) -> Outcome:
    """Close as lost, for a lost reason (M-72). Raises LeadNotFound, NotPermitted, ActionRefused,
    AnswersMissing."""
    require(actor, Right.WIN_OR_LOSE_LEAD)
    with write_session(actor, "lose lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        plan = _closing(LifecycleState.LOST, to_stage, answers)
        done = act_on_lead(session, lead, plan, actor=actor, answers=answers)
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)


def cancel_lead(
    lead_id: int, *, actor: Actor, to_stage: str | None = None, answers: Answers = NO_ANSWERS
) -> Outcome:
    """Close as unwanted or created by mistake (M-73). Raises as `lose_lead`."""
    require(actor, Right.MOVE_STAGE)
    with write_session(actor, "cancel lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        plan = _closing(LifecycleState.CANCELLED, to_stage, answers)
        done = act_on_lead(session, lead, plan, actor=actor, answers=answers)
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)


def _closing(state: LifecycleState, to_stage: str | None, answers: Answers) -> MakePlan:
    return lambda definition, facts: plan_close(definition, facts, state, to_stage, given=answers.given)
