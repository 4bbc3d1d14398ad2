from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import refuse_edit, refuse_owner_change
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.models import Lead
from leadhub.services.leads.customer_links import fill_from_customer
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.services.leads.scoring import request_score
from leadhub.services.leads.telling import tell_owner
from leadhub.services.leads.values import checked_values, fill_close_date
from leadhub.services.stale import refuse_stale
from leadhub.statements.leads import lead_for_update
from leadhub.statements.process_facts import plain_facts
from leadhub.statements.processes import process_of


def edit_lead(
    lead_id: int, values: Mapping[str, Any], *, actor: Actor, expected_version: int | None = None
) -> LeadDone:
    """Save fields given by key. Two people may save one lead as long as they touch different fields.

    Raises LeadNotFound, NotPermitted, ActionRefused (closed leads, the owner of a lead that awaits its
    acceptance or its sale), InvalidFields, StaleRecord with both values of each field that both touched.
    """
    require(actor, Right.EDIT_LEAD)
    with write_session(actor, "edit lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        apply_edit(session, lead, values, actor=actor, expected_version=expected_version)
    return lead_done(lead, action_id(session))


def edit_field(
    lead_id: int, key: str, value: Any, *, actor: Actor, expected_version: int | None = None
) -> LeadDone:
    """Save one field from an inline editor; otherwise as `edit_lead`."""
    require(actor, Right.EDIT_LEAD)
    with write_session(actor, "edit lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        apply_edit(session, lead, {str(key): value}, actor=actor, expected_version=expected_version)
    return lead_done(lead, action_id(session))


def apply_edit(
    session: Session,
    lead: Lead,
    typed: Mapping[str, Any],
    *,
    actor: Actor,
    expected_version: int | None = None,
    rescore: bool = True,
) -> None:
    definition = process_of(session, lead.process_version_id)
    facts = plain_facts(lead)
    require_no_refusal(refuse_edit(definition, facts))
    values = checked_values(session, typed, lead)
    if "owner_id" in values:
        require(actor, Right.ASSIGN_LEAD)
        require_no_refusal(refuse_owner_change(definition, facts))
    refuse_stale(session, Entity.LEAD, lead, values, expected_version)
    if not values:
        return
    fill_close_date(session, values, now())
    if "owner_id" in values:
        values["assigned_at"] = now() if values["owner_id"] is not None else None
    if values.get("budget_minor") is not None:
        values.setdefault("budget_is_set", True)
    for column, value in values.items():
        setattr(lead, column, value)
    if "contact_id" in values or "account_id" in values:
        fill_from_customer(session, lead)
    if "owner_id" in values:
        tell_owner(session, lead, actor)
    if lead.qualified_at is not None and rescore:
        request_score(session, lead)
