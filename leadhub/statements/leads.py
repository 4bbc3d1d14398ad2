from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from leadhub.access import lead_scope
from leadhub.domain.actor import Actor
from leadhub.domain.errors import LeadNotFound
from leadhub.models import Lead, LeadType, Unit

_LARGEST = 2**63 - 1


def is_record_id(value: Any) -> bool:
    """Whether a value that a client gave can name a record at all."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST


def lead_for_update(session: Session, lead_id: int, actor: Actor) -> Lead:
    """The lead, locked until the transaction ends. Raises LeadNotFound for one that the actor may not see."""
    return _locked(session, lead_id, lead_scope(actor))


def waiting_lead_for_update(session: Session, lead_id: int, actor: Actor) -> Lead:
    """The same, also for one that waits to be accepted by a unit of the group that the actor's unit is in
    (M-69)."""
    own = aliased(Unit)
    waits = and_(
        Lead.owner_id.is_(None),
        exists().where(Unit.id == Lead.unit_id, own.group_id == Unit.group_id, own.id.in_(actor.unit_ids)),
    )
    return _locked(session, lead_id, or_(lead_scope(actor), waits))


def _locked(session: Session, lead_id: int, scope: ColumnElement[bool]) -> Lead:
    lead = None
    if is_record_id(lead_id):
        statement = select(Lead).where(Lead.id == lead_id, scope).with_for_update(of=Lead)
        lead = session.scalars(statement.execution_options(populate_existing=True)).one_or_none()
    if lead is None:
        raise LeadNotFound()
    return lead


def lead_of(session: Session, lead_id: int, actor: Actor) -> Lead:
    """The lead, to read. Raises LeadNotFound for one that the actor may not see."""
    lead = None
    if is_record_id(lead_id):
        lead = session.scalars(select(Lead).where(Lead.id == lead_id, lead_scope(actor))).one_or_none()
    if lead is None:
        raise LeadNotFound()
    return lead


def lead_type_of(session: Session, lead: Lead) -> LeadType:
    return session.get_one(LeadType, lead.lead_type_id)
