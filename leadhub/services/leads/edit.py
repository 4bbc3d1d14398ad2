from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import as_stored
from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import StaleRecord
from leadhub.domain.fields import Entity, fields_of
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import refuse_edit, refuse_owner_change
from leadhub.domain.process.plan import require as require_no_refusal
from leadhub.models import ChangeAction, ChangeRow, ChangeSet, Lead
from leadhub.services.leads.customer_links import fill_from_customer
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.services.leads.scoring import request_score
from leadhub.services.leads.telling import tell_owner
from leadhub.services.leads.values import checked_values, fill_close_date
from leadhub.statements.leads import lead_for_update
from leadhub.statements.process_facts import facts_of_lead
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
) -> None:
    definition = process_of(session, lead.process_version_id)
    facts = facts_of_lead(session, lead, actor)
    require_no_refusal(refuse_edit(definition, facts))
    values = checked_values(session, typed, lead)
    if "owner_id" in values:
        require(actor, Right.ASSIGN_LEAD)
        require_no_refusal(refuse_owner_change(definition, facts))
    if expected_version is not None and lead.version != expected_version:
        _refuse_stale(session, lead, values, expected_version)
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
    session.flush()
    if "owner_id" in values:
        tell_owner(session, lead, actor)
    if lead.qualified_at is not None:
        request_score(session, lead)


def _refuse_stale(session: Session, lead: Lead, mine: Mapping[str, Any], expected_version: int) -> None:
    """Raises StaleRecord if somebody else has changed one of these fields since that version."""
    since = max(0, lead.version - expected_version)
    rows = session.execute(
        select(ChangeRow.values, ChangeAction.actor_name)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(ChangeAction, ChangeAction.id == ChangeSet.action_id)
        .where(
            ChangeRow.table_name == "lead", ChangeRow.record_id == lead.id, ChangeRow.operation == "update"
        )
        .order_by(ChangeRow.id.desc())
        .limit(since)
    ).all()
    clashes: dict[str, tuple[Any, Any, Any]] = {}
    by = ""
    for spec in fields_of(Entity.LEAD).values():
        if spec.column not in mine:
            continue
        touched = [row for row in rows if spec.column in row.values]
        if not touched:
            continue
        loaded = as_stored(Lead, spec.column, touched[-1].values[spec.column][0])
        theirs = getattr(lead, spec.column)
        if theirs not in (loaded, mine[spec.column]):
            clashes[spec.key] = (loaded, theirs, mine[spec.column])
            by = by or touched[0].actor_name
    if clashes:
        raise StaleRecord(clashes, version=lead.version, by=by)
