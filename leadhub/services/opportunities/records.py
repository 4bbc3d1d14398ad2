from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import opportunity_scope
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.models import Opportunity
from leadhub.statements.leads import is_record_id


@dataclass(frozen=True, kw_only=True)
class OpportunityDone:
    opportunity_id: int
    action_id: int | None
    version: int
    stage_key: str
    state: str
    lead_id: int | None


def opportunity_for_update(session: Session, opportunity_id: int, actor: Actor) -> Opportunity:
    """Raises NotFound for one that the actor may not see."""
    found = None
    if is_record_id(opportunity_id):
        statement = select(Opportunity).where(Opportunity.id == opportunity_id, opportunity_scope(actor))
        statement = statement.with_for_update(of=Opportunity)
        found = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound("errors.opportunity_not_found")
    return found


def opportunity_done(opportunity: Opportunity, action_id: int | None) -> OpportunityDone:
    return OpportunityDone(
        opportunity_id=opportunity.id or 0,
        action_id=action_id,
        version=opportunity.version,
        stage_key=opportunity.stage_key,
        state=opportunity.state,
        lead_id=opportunity.lead_id,
    )
