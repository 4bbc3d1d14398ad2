from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_qualify
from leadhub.domain.process.vocabulary import StagePurpose
from leadhub.services.leads.answers import NO_ANSWERS, Answers
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update
from leadhub.statements.processes import process_of


def qualify_lead(
    lead_id: int,
    *,
    actor: Actor,
    contact: CustomerChoice = "auto",
    account: CustomerChoice = "auto",
    answers: Answers = NO_ANSWERS,
) -> LeadDone | CustomerQuestion:
    """Qualify (C-22, C-32 to C-37): link or create contact and account, and go on as the process says.

    Returns a CustomerQuestion, and changes nothing, when several or only near records could be meant: ask,
    and call again with ids, "create" or "none". A lead that is qualified already stays as it is.
    Raises LeadNotFound, NotPermitted, ActionRefused, AnswersMissing, NotFound.
    """
    require(actor, Right.QUALIFY_LEAD)
    done = None
    with write_session(actor, "qualify lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        here = process_of(session, lead.process_version_id).stage(lead.stage_key)
        if lead.qualified_at is None or here.purpose is StagePurpose.QUALIFY:
            done = act_on_lead(
                session,
                lead,
                lambda definition, facts: plan_qualify(definition, facts, given=answers.given),
                actor=actor,
                answers=answers,
                contact=contact,
                account=account,
            )
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)
