from typing import Literal

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import refuse_edit
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.services.leads.customer_links import ResolvedCustomer, link_customer
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.statements.leads import lead_for_update
from leadhub.statements.process_facts import facts_of_lead
from leadhub.statements.processes import process_of

_GIVEN_BY = {"contact": "contact_name", "account": "account_name"}


def create_customer(lead_id: int, kind: Literal["contact", "account"], *, actor: Actor) -> LeadDone:
    """Make a contact or an account of what the lead says, and link it (C-105, C-106).

    A lead that is linked already stays as it is. Raises LeadNotFound, NotPermitted, ActionRefused,
    InvalidInput if the lead does not name one.
    """
    require(actor, Right.EDIT_LEAD)
    require(actor, Right.EDIT_CONTACTS)
    if kind not in _GIVEN_BY:
        raise InvalidInput()
    with write_session(actor, f"create {kind}") as session:
        lead = lead_for_update(session, lead_id, actor)
        definition = process_of(session, lead.process_version_id)
        require_no_refusal(refuse_edit(definition, facts_of_lead(session, lead, actor)))
        if getattr(lead, f"{kind}_id") is None:
            name = _GIVEN_BY[kind]
            if not getattr(lead, name):
                raise InvalidInput("errors.value_required", field=name, field_label=f"fields.lead.{name}")
            choice = ResolvedCustomer(**{kind: "create"})  # type: ignore[arg-type]
            link_customer(session, lead, choice, actor)
            session.flush()
    return lead_done(lead, action_id(session))
