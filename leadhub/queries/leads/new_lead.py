from sqlalchemy import select

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, fields_of
from leadhub.domain.permissions import Right, require
from leadhub.models import LeadType
from leadhub.queries.leads.options import CHOSEN_KINDS, options_of
from leadhub.queries.rows.lead_dialogs import Choice


def list_lead_types(*, actor: Actor) -> list[Choice]:
    """The types that a new lead may have; the value is the key."""
    require(actor, Right.CREATE_LEAD)
    with read_session() as session:
        rows = session.execute(
            select(LeadType.key, LeadType.label)
            .where(LeadType.active.is_(True))  # type: ignore[attr-defined]
            .order_by(LeadType.position, LeadType.id)
        )
        return [Choice(row.key, row.label) for row in rows]


def list_form_options(keys: tuple[str, ...], *, actor: Actor) -> dict[str, list[Choice]]:
    """Field key → what it may be chosen from, for the fields of a form."""
    require(actor, Right.CREATE_LEAD)
    specs = [
        spec for spec in fields_of(Entity.LEAD).values() if spec.key in keys and spec.kind in CHOSEN_KINDS
    ]
    with read_session() as session:
        return {spec.key: options_of(session, spec) for spec in specs}


def list_known_types(*, actor: Actor) -> list[Choice]:
    """Every type that leads may have, for whoever may see leads."""
    require(actor, Right.VIEW_LEADS)
    with read_session() as session:
        rows = session.execute(select(LeadType.key, LeadType.label).order_by(LeadType.position, LeadType.id))
        return [Choice(row.key, row.label) for row in rows]
