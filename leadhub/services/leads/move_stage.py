from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_move
from leadhub.services.leads.answers import NO_ANSWERS, Answers
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update


def move_stage(
    lead_id: int,
    to_stage: str,
    *,
    actor: Actor,
    answers: Answers = NO_ANSWERS,
    contact: CustomerChoice = "auto",
    account: CustomerChoice = "auto",
) -> LeadDone | CustomerQuestion:
    """Go to a stage of the workflow bar or the board (C-17, C-39). Staying where it is changes nothing.

    Raises LeadNotFound, NotPermitted, ActionRefused, AnswersMissing (its asks are what the dialog asks),
    InvalidInput, InvalidFields.
    """
    require(actor, Right.MOVE_STAGE)
    done = None
    with write_session(actor, "move lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        if lead.stage_key != to_stage:
            done = act_on_lead(
                session,
                lead,
                lambda definition, facts: plan_move(definition, facts, str(to_stage), given=answers.given),
                actor=actor,
                answers=answers,
                contact=contact,
                account=account,
            )
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)
