from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import ActorFacts, ProcessFacts, refuse_delete
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.models import Activity, Attachment, Lead, LeadDistribution, Opportunity, Post, StageVisit
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update
from leadhub.statements.processes import process_of


def delete_lead(lead_id: int, *, actor: Actor) -> LeadDone:
    """Delete a lead that is still pending, with what belongs to it alone (M-68, C-69). Undo brings it back.

    Raises LeadNotFound, NotPermitted, ActionRefused.
    """
    require(actor, Right.DELETE_LEAD)
    with write_session(actor, "delete lead", params={"lead_id": lead_id}) as session:
        lead = lead_for_update(session, lead_id, actor)
        remove_lead(session, lead)
    return lead_done(lead, action_id(session))


def remove_lead(session: Session, lead: Lead) -> None:
    """Raises ActionRefused."""
    definition = process_of(session, lead.process_version_id)
    require_no_refusal(refuse_delete(definition, ProcessFacts(stage=lead.stage_key, actor=ActorFacts())))
    _keep_under_opportunity(session, lead)
    for model in (Post, Attachment, LeadDistribution, StageVisit, Activity):
        column = model.lead_id  # type: ignore[attr-defined]
        for record in session.scalars(select(model).where(column == lead.id)):
            session.delete(record)
    session.flush()
    session.delete(lead)
    session.flush()


def _keep_under_opportunity(session: Session, lead: Lead) -> None:
    """A lead that went back to pending may have had an opportunity, which stays."""
    for opportunity in session.scalars(select(Opportunity).where(Opportunity.lead_id == lead.id)):
        opportunity.lead_id = None
    own = select(Activity).where(Activity.lead_id == lead.id, Activity.opportunity_id.is_not(None))
    for activity in session.scalars(own):
        activity.lead_id = None
    session.flush()
