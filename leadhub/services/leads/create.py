from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import plan_start
from leadhub.models import Lead, LeadType
from leadhub.services.leads.customer_links import ResolvedCustomer, fill_from_customer, resolve_customer
from leadhub.services.leads.plan_execution import Execution
from leadhub.services.leads.results import LeadDone, lead_done
from leadhub.services.leads.telling import tell_owner
from leadhub.services.leads.values import (
    checked_values,
    fill_close_date,
    owning_group,
    require_filled,
    type_defaults,
)
from leadhub.statements.process_facts import facts_of_lead
from leadhub.statements.processes import process_of

DEFAULT_TYPE = "customer"
_NAMING = ("title", "contact_name", "account_name", "email", "mobile_phone", "contact_id", "account_id")


def create_lead(
    values: Mapping[str, Any],
    *,
    actor: Actor,
    lead_type: str = DEFAULT_TYPE,
    registration: Mapping[str, Any] | None = None,
    extended: Mapping[str, Any] | None = None,
) -> LeadDone:
    """Register a lead from field keys and typed values, and start its process (C-06, C-14, C-23).

    Customer and Bank leads need a customer need; others a title or anything that names the customer.
    `registration` is what the customer gave on a landing page (C-100).
    Raises NotPermitted, InvalidFields.
    """
    require(actor, Right.CREATE_LEAD)
    with write_session(actor, "create lead") as session:
        lead, execution = add_lead(
            session, values, actor=actor, lead_type=lead_type, registration=registration, extended=extended
        )
    return lead_done(lead, action_id(session), execution)


def add_lead(
    session: Session,
    typed: Mapping[str, Any],
    *,
    actor: Actor,
    lead_type: str = DEFAULT_TYPE,
    registration: Mapping[str, Any] | None = None,
    extended: Mapping[str, Any] | None = None,
) -> tuple[Lead, Execution]:
    kind = _active_type(session, lead_type)
    moment = now()
    values = {**type_defaults(kind, moment), **checked_values(session, typed)}
    if lead_type in ("customer", "bank"):
        require_filled(values, ("customer_need",))
    elif not any(values.get(column) for column in _NAMING):
        require_filled(values, ("title",))
    fill_close_date(session, values, moment)
    definition = process_of(session, kind.process_version_id)
    first = definition.initial_stage
    lead = Lead(
        **{
            **values,
            "lead_type_id": kind.id,
            "process_version_id": kind.process_version_id,
            "stage_key": first.key,
            "state": first.state.value,
            "stage_entered_at": moment,
            "created_by_id": actor.user_id,
            "created_at": moment,
            "group_id": values.get("group_id") or owning_group(session, values, actor.user_id),
            "assigned_at": moment if values.get("owner_id") else None,
            "partner_account_id": actor.partner_account_id,
            "registration": dict(registration or {}),
            "extended": dict(extended or {}),
        }
    )
    fill_from_customer(session, lead)
    session.add(lead)
    session.flush()
    customer, is_known = None, False
    if definition.starts_itself_for_existing_customers:
        found = resolve_customer(session, lead, ask=False)
        assert isinstance(found, ResolvedCustomer)
        customer, is_known = found, found.is_known
    facts = facts_of_lead(session, lead, actor, is_existing_customer=is_known)
    execution = Execution(session, actor, lead, definition, moment, customer=customer)
    execution.carry_out(plan_start(definition, facts))
    tell_owner(session, lead, actor)
    return lead, execution


def _active_type(session: Session, key: str) -> LeadType:
    kind = session.scalars(select(LeadType).where(LeadType.key == str(key)[:40])).one_or_none()
    if kind is None or not kind.active:
        problem = InvalidInput(
            "errors.value_not_offered",
            field="lead_type",
            field_label="fields.lead.lead_type",
            value=str(key)[:60],
        )
        raise InvalidFields([problem])
    return kind
