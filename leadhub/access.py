"""Which rows an actor may see: ownership becomes SQL once, and every statement starts from it."""

from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true

from leadhub.domain.actor import Actor, Role
from leadhub.domain.permissions import Right, can
from leadhub.models import Activity, Lead, Opportunity


def lead_scope(actor: Actor, of: Any = Lead) -> ColumnElement[bool]:
    """Sales: their own, their units' and unassigned; managers: their groups'; admins and marketers: all;
    partners: their company's; nobody: none. `of` is a table with the same columns (the counters)."""
    if actor.role in (Role.ADMIN, Role.MARKETER):
        return true()
    unassigned = and_(of.owner_id.is_(None), of.unit_id.is_(None))
    own = of.owner_id == actor.user_id
    if actor.role is Role.SALES:
        return or_(own, of.unit_id.in_(actor.unit_ids), unassigned)
    if actor.role is Role.MANAGER:
        return or_(
            own,
            of.unit_id.in_(actor.unit_ids | actor.group_unit_ids),
            of.group_id.in_(actor.group_ids),
            unassigned,
        )
    if actor.role is Role.PARTNER_SUPERVISOR:
        return or_(own, of.partner_account_id.is_not(None))
    if actor.role is Role.PARTNER and actor.partner_account_id is not None:
        return of.partner_account_id == actor.partner_account_id
    return false()


def sees_all_leads(actor: Actor) -> bool:
    return actor.role in (Role.ADMIN, Role.MARKETER)


def can_see_lead(actor: Actor, lead: Lead) -> bool:
    """The same rule as `lead_scope`, for a row already at hand."""
    if actor.role in (Role.ADMIN, Role.MARKETER):
        return True
    own = lead.owner_id is not None and lead.owner_id == actor.user_id
    unassigned = lead.owner_id is None and lead.unit_id is None
    match actor.role:
        case Role.SALES:
            return own or unassigned or lead.unit_id in actor.unit_ids
        case Role.MANAGER:
            units = actor.unit_ids | actor.group_unit_ids
            return own or unassigned or lead.unit_id in units or lead.group_id in actor.group_ids
        case Role.PARTNER_SUPERVISOR:
            return own or lead.partner_account_id is not None
        case Role.PARTNER:
            return lead.partner_account_id is not None and lead.partner_account_id == actor.partner_account_id
    return False


def contact_scope(actor: Actor) -> ColumnElement[bool]:
    """Everyone inside sees every contact."""
    return true() if can(actor, Right.VIEW_CONTACTS) else false()


account_scope = contact_scope


def opportunity_scope(actor: Actor) -> ColumnElement[bool]:
    """As the lead it came from; one without a lead: its owner's, its unit's."""
    if sees_all_leads(actor):
        return true()
    if actor.role in (None, Role.PARTNER):
        return false()
    visible = select(Lead.id).where(Lead.id == Opportunity.lead_id, lead_scope(actor)).exists()
    own = or_(
        Opportunity.owner_id == actor.user_id,
        Opportunity.unit_id.in_(actor.unit_ids | actor.group_unit_ids),
        and_(Opportunity.owner_id.is_(None), Opportunity.unit_id.is_(None)),
    )
    return or_(visible, and_(Opportunity.lead_id.is_(None), own), Opportunity.owner_id == actor.user_id)


def activity_scope(actor: Actor) -> ColumnElement[bool]:
    """One's own, and those of a lead that one may see."""
    if sees_all_leads(actor):
        return true()
    if actor.role in (None, Role.PARTNER):
        return false()
    visible = select(Lead.id).where(Lead.id == Activity.lead_id, lead_scope(actor)).exists()
    return or_(Activity.owner_id == actor.user_id, Activity.author_id == actor.user_id, visible)
