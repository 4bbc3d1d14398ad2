from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.domain.errors import NotFound
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.engine import Plan, ProcessFacts, plan_start
from leadhub.domain.process.vocabulary import LifecycleState, OpportunityKind
from leadhub.models import Activity, Lead, Opportunity, ProcessVersion
from leadhub.statements.processes import process_of

SALES_PROCESS = "corporate_sale"


@dataclass(frozen=True)
class StartedOpportunity:
    opportunity: Opportunity
    definition: ProcessDefinition
    plan: Plan


def start_opportunity(
    session: Session, lead: Lead, kind: OpportunityKind, now: datetime
) -> StartedOpportunity:
    """The opportunity that a sales-ready lead becomes (C-62), and the plan that begins its sale (C-63).

    What people have planned for the lead goes on under it.
    """
    version_id = session.scalar(
        select(ProcessVersion.id)
        .where(ProcessVersion.process_key == SALES_PROCESS, ProcessVersion.status == "published")
        .order_by(ProcessVersion.number.desc())
        .limit(1)
    )
    if version_id is None:
        raise NotFound("errors.process_not_found")
    definition = process_of(session, version_id)
    session.flush()
    first = definition.initial_stage
    opportunity = Opportunity(
        title=(lead.display_title or f"#{lead.id}")[:250],
        kind=kind.value,
        lead_id=lead.id,
        contact_id=lead.contact_id,
        account_id=lead.account_id,
        owner_id=lead.handoff_assignee_id or lead.owner_id,
        unit_id=lead.unit_id,
        process_version_id=version_id,
        stage_key=first.key,
        state=LifecycleState(first.state).value,
        stage_entered_at=now,
        customer_need_id=lead.customer_need_id,
        source_id=lead.source_id,
        channel_id=lead.channel_id,
        campaign_id=lead.campaign_id,
        sales_division_id=lead.sales_division_id,
        amount_minor=_first(lead.budget_minor, lead.estimated_amount_minor, lead.target_amount_minor),
        win_probability=lead.win_probability,
        meeting_at=lead.meeting_at,
        decision_at=lead.decision_at,
        expected_close_on=lead.estimated_close_on,
        description=lead.handoff_notes,
    )
    session.add(opportunity)
    session.flush()
    _hand_over_planned(session, lead, opportunity)
    return StartedOpportunity(opportunity, definition, plan_start(definition, ProcessFacts(stage=first.key)))


def _hand_over_planned(session: Session, lead: Lead, opportunity: Opportunity) -> None:
    planned = select(Activity).where(
        Activity.lead_id == lead.id,
        Activity.status == "planned",
        Activity.by_process.is_(False),
        Activity.opportunity_id.is_(None),
    )
    for activity in session.scalars(planned):
        activity.opportunity_id = opportunity.id


def _first(*amounts: int | None) -> int | None:
    return next((amount for amount in amounts if amount is not None), None)
