from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_reopen
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update


def reopen_lead(lead_id: int, *, actor: Actor) -> LeadDone:
    """Open a closed lead again in the stage it came from; for the manager in charge.

    Raises LeadNotFound, NotPermitted, ActionRefused.
    """
    require(actor, Right.REOPEN_LEAD)
    with write_session(actor, "reopen lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        done = act_on_lead(session, lead, plan_reopen, actor=actor)
    assert not isinstance(done, CustomerQuestion)
    return lead_done(lead, action_id(session), done)
