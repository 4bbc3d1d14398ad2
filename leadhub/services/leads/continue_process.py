from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_continue
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update


def continue_process(lead_id: int, *, actor: Actor) -> LeadDone:
    """Take the process up where nothing waits any more: the stage's activity is made anew (C-60, B-11).

    Raises LeadNotFound, NotPermitted, ActionRefused.
    """
    require(actor, Right.EDIT_ACTIVITY)
    with write_session(actor, "continue process") as session:
        lead = lead_for_update(session, lead_id, actor)
        done = act_on_lead(session, lead, plan_continue, actor=actor, contact="none", account="none")
    assert not isinstance(done, CustomerQuestion), "nothing was left open"
    return lead_done(lead, action_id(session), done)
