"""Who works on a lead: assign, give to a unit, accept, name the partner (M-60, M-69, M-80, X-03)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import AssigneeInactive, NotFound
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_accept, plan_assign, refuse_owner_change
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.models import Account, Lead, UnitMember
from leadhub.services.leads.answers import Answers
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerChoice, CustomerQuestion
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.services.leads.telling import tell
from leadhub.statements.leads import is_record_id, lead_for_update, waiting_lead_for_update
from leadhub.statements.process_facts import plain_facts
from leadhub.statements.processes import process_of
from leadhub.statements.references import active_unit, active_user


def assign_lead(lead_id: int, *, to_user_id: int, actor: Actor, note: str = "") -> LeadDone:
    """Name the owner and tell them; where the process says so, the first assignment starts progress.

    Raises LeadNotFound, NotPermitted, ActionRefused, AssigneeInactive.
    """
    require(actor, Right.ASSIGN_LEAD)
    with write_session(actor, "assign lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        user = active_user(session, to_user_id)
        answers = Answers(owner_id=user.id, note=note)
        done = act_on_lead(
            session,
            lead,
            lambda definition, facts: plan_assign(definition, facts, given=answers.given),
            actor=actor,
            answers=answers,
            contact="none",
            account="none",
        )
    assert not isinstance(done, CustomerQuestion)
    return lead_done(lead, action_id(session), done)


def assign_to_unit(lead_id: int, *, unit_id: int, actor: Actor) -> LeadDone:
    """Give the lead to a unit, one of whose members accepts it. Raises as `assign_lead`, and NotFound."""
    require(actor, Right.ASSIGN_LEAD)
    with write_session(actor, "assign lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        refuse_new_owner(session, lead)
        give_to_unit(session, lead, unit_id, actor)
    return lead_done(lead, action_id(session))


def refuse_new_owner(session: Session, lead: Lead) -> None:
    """Raises ActionRefused. A lead that waits for one unit may still be given to somebody else."""
    facts = plain_facts(lead)
    if not facts.awaits_acceptance:
        require_no_refusal(refuse_owner_change(process_of(session, lead.process_version_id), facts))


def give_to_unit(session: Session, lead: Lead, unit_id: int, actor: Actor) -> None:
    unit = active_unit(session, unit_id)
    if (lead.unit_id, lead.owner_id) == (unit.id, None):
        return
    lead.unit_id, lead.owner_id, lead.assigned_at = unit.id, None, now()
    members = session.scalars(select(UnitMember.user_id).where(UnitMember.unit_id == unit.id))
    tell(session, members, "lead_for_unit", lead, actor, unit=unit.name)


def accept_lead(
    lead_id: int, *, actor: Actor, contact: CustomerChoice = "auto", account: CustomerChoice = "auto"
) -> LeadDone | CustomerQuestion:
    """Take over a lead that was given to one's unit (M-69).

    Raises LeadNotFound, NotPermitted, ActionRefused.
    """
    require(actor, Right.ACCEPT_LEAD)
    with write_session(actor, "accept lead") as session:
        lead = waiting_lead_for_update(session, lead_id, actor)
        done = act_on_lead(session, lead, plan_accept, actor=actor, contact=contact, account=account)
    return done if isinstance(done, CustomerQuestion) else lead_done(lead, action_id(session), done)


def assign_partner(
    lead_id: int, *, account_id: int | None, actor: Actor, user_id: int | None = None
) -> LeadDone:
    """Name the partner company, and its person, that may see the lead in the portal.

    Raises LeadNotFound, NotPermitted, NotFound, AssigneeInactive.
    """
    require(actor, Right.ASSIGN_LEAD)
    with write_session(actor, "assign partner") as session:
        lead = lead_for_update(session, lead_id, actor)
        if account_id is not None:
            account = session.get(Account, account_id) if is_record_id(account_id) else None
            if account is None or not account.is_partner:
                raise NotFound()
        if user_id is not None and active_user(session, user_id).partner_account_id != account_id:
            raise AssigneeInactive()
        lead.partner_account_id, lead.partner_user_id = account_id, user_id
        tell(session, [user_id], "lead_assigned", lead, actor)
    return lead_done(lead, action_id(session))
