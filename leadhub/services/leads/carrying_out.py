"""What every action of the process does, whichever button it came from."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from leadhub.db import now
from leadhub.domain.actor import Actor
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.engine import Plan, ProcessFacts
from leadhub.domain.process.plan import LinkCustomer
from leadhub.models import Lead, Opportunity
from leadhub.services.leads.answers import NO_ANSWERS, Answers, check_answers
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion, resolve_customer
from leadhub.services.leads.plan_execution import Execution
from leadhub.statements.process_facts import facts_of_lead, facts_of_opportunity
from leadhub.statements.processes import process_of

MakePlan = Callable[[ProcessDefinition, ProcessFacts], Plan]


def act_on_lead(
    session: Session,
    lead: Lead,
    make_plan: MakePlan,
    *,
    actor: Actor,
    answers: Answers = NO_ANSWERS,
    contact: CustomerChoice = "auto",
    account: CustomerChoice = "auto",
) -> Execution | CustomerQuestion:
    """Plan and carry out, or ask which customer is meant; every refusal comes before the first change.

    Raises ActionRefused, AnswersMissing, InvalidInput, NotFound.
    """
    check_answers(answers)
    definition = process_of(session, lead.process_version_id)
    plan = make_plan(definition, facts_of_lead(session, lead, actor))
    plan.require_answered()
    execution = Execution(session, actor, lead, definition, now(), answers)
    execution.check(plan)
    if plan.first_of(LinkCustomer) is not None:
        customer = resolve_customer(session, lead, contact=contact, account=account)
        if isinstance(customer, CustomerQuestion):
            return customer
        execution.customer = customer
    return execution.carry_out(plan)


def act_on_opportunity(
    session: Session,
    opportunity: Opportunity,
    make_plan: MakePlan,
    *,
    actor: Actor,
    answers: Answers = NO_ANSWERS,
) -> Execution:
    """The same for a record of the sales process."""
    check_answers(answers)
    definition = process_of(session, opportunity.process_version_id)
    plan = make_plan(definition, facts_of_opportunity(session, opportunity, actor))
    plan.require_answered()
    execution = Execution(session, actor, opportunity, definition, now(), answers)
    execution.check(plan)
    return execution.carry_out(plan)
