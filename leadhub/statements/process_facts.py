"""What the process engine must know about a lead, read from the database."""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from leadhub.access import can_see_lead
from leadhub.domain.actor import Actor, Role
from leadhub.domain.fields import Entity, fields_of
from leadhub.domain.permissions import Right, can
from leadhub.domain.process.engine import ActorFacts, OpenActivity, ProcessFacts
from leadhub.domain.process.vocabulary import LifecycleState, NeedMaturity
from leadhub.models import Account, Activity, Lead, LeadType, LookupValue, Opportunity, StageVisit, Unit

OPEN_STATES = (LifecycleState.PENDING.value, LifecycleState.IN_PROGRESS.value)
CUSTOMER = "customer"


def facts_of_lead(
    session: Session,
    lead: Lead,
    actor: Actor,
    *,
    is_existing_customer: bool = False,
    closing_opportunity_id: int | None = None,
) -> ProcessFacts:
    """The facts, in three to five statements."""
    activities = session.execute(
        select(Activity.id, Activity.template_key, Activity.by_process).where(
            Activity.lead_id == lead.id, Activity.status == "planned", Activity.opportunity_id.is_(None)
        )
    )
    visited = session.scalars(
        select(StageVisit.stage_key)
        .where(StageVisit.lead_id == lead.id, StageVisit.skipped.is_(False))
        .distinct()
    )
    opportunity = select(
        exists().where(
            Opportunity.lead_id == lead.id,
            Opportunity.state.in_(OPEN_STATES),
            Opportunity.id != (closing_opportunity_id or 0),
        )
    )
    kind = session.get_one(LeadType, lead.lead_type_id)
    return build_facts(
        lead,
        kind,
        actor,
        open_activities=[(row.id, row.template_key if row.by_process else None) for row in activities],
        visited=visited,
        has_open_opportunity=bool(session.scalar(opportunity)),
        is_in_unit=is_in_unit_of(session, lead, actor),
        is_customer=kind.converts_automatically and is_customer(session, lead),
        is_existing_customer=is_existing_customer,
    )


def plain_facts(lead: Lead) -> ProcessFacts:
    """What refuses an edit or a new owner: the stage, and whether a unit has still to accept."""
    return ProcessFacts(stage=lead.stage_key, awaits_acceptance=awaits_acceptance(lead))


def awaits_acceptance(lead: Lead) -> bool:
    return lead.unit_id is not None and lead.owner_id is None and lead.state in OPEN_STATES


def build_facts(
    lead: Lead,
    kind: LeadType,
    actor: Actor,
    *,
    open_activities: Iterable[tuple[int, str | None]],
    visited: Iterable[str],
    has_open_opportunity: bool,
    is_in_unit: bool,
    is_customer: bool,
    is_existing_customer: bool = False,
) -> ProcessFacts:
    """The same from rows already at hand."""
    required = kind.settings.get("required_fields", [])
    return ProcessFacts(
        stage=lead.stage_key,
        actor=actor_facts(lead, actor, is_in_unit=is_in_unit),
        maturity=NeedMaturity(lead.need_maturity) if lead.need_maturity else None,
        open_activities=tuple(OpenActivity(activity_id=i, template_key=key) for i, key in open_activities),
        filled_fields=filled_fields(lead),
        required_fields=frozenset(str(name) for name in required),
        visited_stages=frozenset(visited),
        came_from=lead.previous_stage_key,
        has_owner=lead.owner_id is not None,
        has_contact=lead.contact_id is not None or bool(lead.contact_name),
        has_account=lead.account_id is not None or bool(lead.account_name),
        is_existing_customer=is_existing_customer,
        awaits_acceptance=awaits_acceptance(lead),
        has_open_opportunity=has_open_opportunity,
        needs_customer_account=kind.converts_automatically and not is_customer,
    )


def actor_facts(lead: Lead, actor: Actor, *, is_in_unit: bool = False) -> ActorFacts:
    manages = actor.role in (Role.ADMIN, Role.MANAGER) or can(actor, Right.REOPEN_LEAD)
    return ActorFacts(
        roles=frozenset({actor.role.value}) if actor.role else frozenset(),
        unit_ids=actor.unit_ids,
        is_owner=lead.owner_id is not None and lead.owner_id == actor.user_id,
        is_in_charge=manages and can_see_lead(actor, lead),
        may_accept=can(actor, Right.ACCEPT_LEAD) and is_in_unit,
    )


def filled_fields(lead: Lead) -> frozenset[str]:
    return frozenset(
        spec.key for spec in fields_of(Entity.LEAD).values() if getattr(lead, spec.column) not in (None, "")
    )


def is_in_unit_of(session: Session, lead: Lead, actor: Actor) -> bool:
    """Whether the actor belongs to the lead's unit, or to one of the same group (M-69)."""
    if lead.unit_id is None or actor.user_id is None:
        return False
    if lead.unit_id in actor.unit_ids:
        return True
    if not actor.unit_ids:
        return False
    own = aliased(Unit)
    return bool(
        session.scalar(
            select(
                exists().where(
                    Unit.id == lead.unit_id, own.group_id == Unit.group_id, own.id.in_(actor.unit_ids)
                )
            )
        )
    )


def is_customer(session: Session, lead: Lead) -> bool:
    """Whether the lead's account has become a customer already."""
    if lead.account_id is None:
        return False
    kind = select(LookupValue.key).join(Account, Account.account_type_id == LookupValue.id)
    return session.scalar(kind.where(Account.id == lead.account_id)) == CUSTOMER


def facts_of_opportunity(session: Session, opportunity: Opportunity, actor: Actor) -> ProcessFacts:
    activities = session.execute(
        select(Activity.id, Activity.template_key, Activity.by_process).where(
            Activity.opportunity_id == opportunity.id, Activity.status == "planned"
        )
    )
    visited = session.scalars(
        select(StageVisit.stage_key)
        .where(StageVisit.opportunity_id == opportunity.id, StageVisit.skipped.is_(False))
        .distinct()
    )
    return ProcessFacts(
        stage=opportunity.stage_key,
        actor=ActorFacts(
            roles=frozenset({actor.role.value}) if actor.role else frozenset(),
            unit_ids=actor.unit_ids,
            is_owner=opportunity.owner_id is not None and opportunity.owner_id == actor.user_id,
            is_in_charge=actor.role in (Role.ADMIN, Role.MANAGER) or can(actor, Right.REOPEN_LEAD),
        ),
        open_activities=tuple(
            OpenActivity(activity_id=row.id, template_key=row.template_key if row.by_process else None)
            for row in activities
        ),
        visited_stages=frozenset(visited),
        has_owner=opportunity.owner_id is not None,
        has_contact=opportunity.contact_id is not None,
        has_account=opportunity.account_id is not None,
    )
