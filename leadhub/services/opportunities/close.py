from typing import Literal

from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import LostChoice, plan_close, plan_move, plan_opportunity_closed
from leadhub.domain.process.vocabulary import LifecycleState
from leadhub.models import Lead, LeadType, Opportunity
from leadhub.services.leads.answers import NO_ANSWERS, Answers
from leadhub.services.leads.carrying_out import act_on_opportunity
from leadhub.services.leads.customer_account import convert_to_customer
from leadhub.services.leads.plan_execution import Execution
from leadhub.services.opportunities.records import (
    OpportunityDone,
    opportunity_done,
    opportunity_for_update,
)
from leadhub.statements.process_facts import facts_of_lead, is_customer
from leadhub.statements.processes import process_of

_OUTCOMES = {"won": LifecycleState.WON, "lost": LifecycleState.LOST}


def close_opportunity(
    opportunity_id: int,
    outcome: Literal["won", "lost"],
    *,
    actor: Actor,
    answers: Answers = NO_ANSWERS,
    lead_goes_to: LostChoice = LostChoice.NOT_INTERESTED,
) -> OpportunityDone:
    """Close as won or, for a lost reason, as lost; its lead follows (C-64).

    Won: the lead's need is satisfied. Lost: the lead is not interested, or is nurtured further, as chosen.
    Raises NotFound, NotPermitted, ActionRefused, AnswersMissing, InvalidInput.
    """
    require(actor, Right.CLOSE_OPPORTUNITY)
    state = _OUTCOMES[outcome]
    with write_session(actor, f"close opportunity as {outcome}") as session:
        opportunity = opportunity_for_update(session, opportunity_id, actor)
        act_on_opportunity(
            session,
            opportunity,
            lambda definition, facts: plan_close(definition, facts, state, given=answers.given),
            actor=actor,
            answers=answers,
        )
        lead_follows(session, opportunity, actor, answers, lead_goes_to)
    return opportunity_done(opportunity, action_id(session))


def move_opportunity(
    opportunity_id: int,
    to_stage: str,
    *,
    actor: Actor,
    answers: Answers = NO_ANSWERS,
    lead_goes_to: LostChoice = LostChoice.NOT_INTERESTED,
) -> OpportunityDone:
    """Go to a stage of the opportunity's workflow bar; a final one closes it, and its lead follows.

    Raises as `close_opportunity`.
    """
    require(actor, Right.EDIT_OPPORTUNITY)
    with write_session(actor, "move opportunity") as session:
        opportunity = opportunity_for_update(session, opportunity_id, actor)
        if opportunity.stage_key != to_stage:
            definition = process_of(session, opportunity.process_version_id)
            if definition.stage(str(to_stage)).is_final:
                require(actor, Right.CLOSE_OPPORTUNITY)
            act_on_opportunity(
                session,
                opportunity,
                lambda definition, facts: plan_move(definition, facts, str(to_stage), given=answers.given),
                actor=actor,
                answers=answers,
            )
            lead_follows(session, opportunity, actor, answers, lead_goes_to)
    return opportunity_done(opportunity, action_id(session))


def lead_follows(
    session: Session, opportunity: Opportunity, actor: Actor, answers: Answers, choice: LostChoice
) -> None:
    state = LifecycleState(opportunity.state)
    if state not in (LifecycleState.WON, LifecycleState.LOST) or opportunity.lead_id is None:
        return
    lead = session.get_one(Lead, opportunity.lead_id, with_for_update=True)
    definition = process_of(session, lead.process_version_id)
    facts = facts_of_lead(session, lead, actor, closing_opportunity_id=opportunity.id)
    plan = plan_opportunity_closed(
        definition, facts, state, LostChoice(choice), has_reason=answers.reason_id is not None
    )
    Execution(session, actor, lead, definition, now(), answers).carry_out(plan)
    if state is LifecycleState.WON and _converts(session, lead):
        convert_to_customer(session, lead, answers)


def _converts(session: Session, lead: Lead) -> bool:
    """A partner lead is won when it is qualified; its customer is one when the sale is won."""
    kind = session.get_one(LeadType, lead.lead_type_id)
    return kind.settings.get("sale_converts", kind.key == "partner") and not is_customer(session, lead)
