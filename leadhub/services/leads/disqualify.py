from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_disqualify
from leadhub.services.leads.answers import NO_ANSWERS, Answers
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update


def disqualify_lead(lead_id: int, *, actor: Actor, answers: Answers = NO_ANSWERS) -> LeadDone:
    """Give a lead up as unusable, for a reason of the list (C-35).

    Raises LeadNotFound, NotPermitted, ActionRefused, AnswersMissing, InvalidInput.
    """
    require(actor, Right.DISQUALIFY_LEAD)
    with write_session(actor, "disqualify lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        done = act_on_lead(
            session,
            lead,
            lambda definition, facts: plan_disqualify(definition, facts, given=answers.given),
            actor=actor,
            answers=answers,
        )
    assert not isinstance(done, CustomerQuestion)
    return lead_done(lead, action_id(session), done)
