from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_qualify
from leadhub.domain.process.vocabulary import StagePurpose
from leadhub.services.leads.answers import NO_ANSWERS, Answers, check_answers
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion, resolve_customer
from leadhub.services.leads.plan_execution import Execution
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update
from leadhub.statements.process_facts import facts_of_lead
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
    execution = None
    with write_session(actor, "qualify lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        definition = process_of(session, lead.process_version_id)
        here = definition.stage(lead.stage_key)
        if lead.qualified_at is None or here.purpose is StagePurpose.QUALIFY:
            facts = facts_of_lead(session, lead, actor)
            plan = plan_qualify(definition, facts, given=check_answers(answers).given)
            plan.require_answered()
            customer = resolve_customer(session, lead, contact=contact, account=account)
            if isinstance(customer, CustomerQuestion):
                return customer
            execution = Execution(session, actor, lead, definition, now(), answers, customer)
            execution.carry_out(plan)
    return lead_done(lead, action_id(session), execution)
