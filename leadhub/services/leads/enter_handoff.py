from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.engine import Plan, ProcessFacts, plan_complete, plan_move
from leadhub.domain.process.plan import refuse
from leadhub.domain.process.vocabulary import Form, StagePurpose
from leadhub.models import Opportunity
from leadhub.services.leads.answers import Answers, handoff_values
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.plan_execution import Execution
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update
from leadhub.statements.process_facts import OPEN_STATES
from leadhub.statements.processes import process_of


def enter_handoff(lead_id: int, form: Mapping[str, Any], *, actor: Actor) -> LeadDone:
    """Save the handoff form (C-49 to C-57): the lead goes on to Awaiting sale, its note into the feed.

    On a lead that awaits its sale already the data is only corrected, there and on the open opportunity.
    Raises LeadNotFound, NotPermitted, ActionRefused, InvalidFields.
    """
    require(actor, Right.HAND_OFF_LEAD)
    answers = Answers(form=dict(form))
    done: Execution | None = None
    with write_session(actor, "enter handoff") as session:
        lead = lead_for_update(session, lead_id, actor)
        here = process_of(session, lead.process_version_id).stage(lead.stage_key)
        if here.purpose is StagePurpose.AWAIT_SALE:
            values = handoff_values(session, answers.form or {})
            for column, value in values.items():
                setattr(lead, column, value)
            _correct_opportunity(session, lead_id, values)
        else:
            acted = act_on_lead(
                session,
                lead,
                lambda definition, facts: _plan(definition, facts, answers),
                actor=actor,
                answers=answers,
            )
            assert not isinstance(acted, CustomerQuestion), "a lead is handed off when it is qualified"
            done = acted
    return lead_done(lead, action_id(session), done)


def _plan(definition: ProcessDefinition, facts: ProcessFacts, answers: Answers) -> Plan:
    """Complete the task that asks for this form; where there is none, go on by the workflow bar."""
    for activity in facts.made_by_process:
        template = definition.find_template(activity.template_key)
        if template is not None and template.form is Form.HANDOFF and template.stage_key == facts.stage:
            result = template.results[0].key
            return plan_complete(definition, facts, activity.activity_id, result, given=answers.given)
    to = definition.first_with_purpose(StagePurpose.AWAIT_SALE)
    if to is None or to.entry_form is not Form.HANDOFF:
        refuse("no_handoff", process=definition.label)
    return plan_move(definition, facts, to.key, given=answers.given)


_ON_OPPORTUNITY = {
    "budget_minor": "amount_minor",
    "sales_division_id": "sales_division_id",
    "meeting_at": "meeting_at",
    "decision_at": "decision_at",
    "customer_need_id": "customer_need_id",
}


def _correct_opportunity(session: Session, lead_id: int, values: Mapping[str, Any]) -> None:
    statement = select(Opportunity).where(Opportunity.lead_id == lead_id, Opportunity.state.in_(OPEN_STATES))
    for opportunity in session.scalars(statement):
        for column, value in values.items():
            if column in _ON_OPPORTUNITY:
                setattr(opportunity, _ON_OPPORTUNITY[column], value)
