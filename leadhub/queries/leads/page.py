"""Everything that a lead's page shows when it opens, in five statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from leadhub.access import lead_scope
from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import LeadNotFound
from leadhub.domain.fields import Entity, FieldKind, fields_of
from leadhub.domain.process.engine import process_button
from leadhub.models import (
    Account,
    Activity,
    Attachment,
    Campaign,
    Contact,
    Lead,
    LeadScore,
    LeadType,
    LookupValue,
    Opportunity,
    Post,
    StageVisit,
    Unit,
)
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.page_process import (
    allowed_actions,
    distribute_menu,
    open_activities,
    stage_steps,
)
from leadhub.queries.leads.shown import as_primitive, iso, shown
from leadhub.queries.rows.lead_page import (
    AccountProfile,
    ButtonRow,
    ContactProfile,
    FieldValue,
    LeadDetail,
    OpportunityLine,
    ScoreReason,
    ScoreRow,
)
from leadhub.statements.leads import is_record_id
from leadhub.statements.process_facts import CUSTOMER, OPEN_STATES, build_facts

# Made once: an alias costs more than the statement that it stands in.
_WORKPLACE, _CUSTOMER_TYPE = aliased(Account), aliased(LookupValue)
_OWN_UNIT, _EARLIER = aliased(Unit), aliased(LeadScore)


def get_lead(lead_id: int, *, actor: Actor) -> LeadDetail:
    """Raises LeadNotFound for one that is not there or that the actor may not see."""
    if not is_record_id(lead_id):
        raise LeadNotFound()
    with read_session() as session:
        found = session.execute(_lead_select(lead_id, actor)).one_or_none()
        if found is None:
            raise LeadNotFound()
        labels = labels_of(session)
        activities = session.scalars(
            select(Activity)
            .where(Activity.lead_id == lead_id, Activity.status == "planned")
            .order_by(Activity.due_at, Activity.id)
        ).all()
        visits = session.execute(
            select(StageVisit.stage_key, StageVisit.skipped)
            .where(StageVisit.lead_id == lead_id)
            .order_by(StageVisit.id)
        ).all()
        opportunities = session.scalars(
            select(Opportunity).where(Opportunity.lead_id == lead_id).order_by(Opportunity.id.desc())
        ).all()
        return _detail(found, labels, activities, visits, opportunities, actor, clock())


def _lead_select(lead_id: int, actor: Actor) -> Select[Any]:
    comments = select(func.count()).where(Post.lead_id == Lead.id).scalar_subquery()
    files = select(func.count()).where(Attachment.lead_id == Lead.id).scalar_subquery()
    latest = select(func.max(_EARLIER.id)).where(_EARLIER.lead_id == Lead.id).scalar_subquery()
    in_group = exists().where(
        Unit.id == Lead.unit_id, _OWN_UNIT.group_id == Unit.group_id, _OWN_UNIT.id.in_(actor.unit_ids)
    )
    return (
        select(
            Lead,
            LeadType,
            Contact,
            _WORKPLACE.name.label("workplace"),
            Account,
            _CUSTOMER_TYPE.key.label("customer_type"),
            Campaign.name.label("campaign"),
            LeadScore,
            comments.label("comments"),
            files.label("files"),
            in_group.label("in_group"),
        )
        .join(LeadType, LeadType.id == Lead.lead_type_id)
        .outerjoin(Contact, Contact.id == Lead.contact_id)
        .outerjoin(_WORKPLACE, _WORKPLACE.id == Contact.account_id)
        .outerjoin(Account, Account.id == Lead.account_id)
        .outerjoin(_CUSTOMER_TYPE, _CUSTOMER_TYPE.id == Account.account_type_id)
        .outerjoin(Campaign, Campaign.id == Lead.campaign_id)
        .outerjoin(LeadScore, LeadScore.id == latest)
        .where(Lead.id == lead_id, lead_scope(actor))
    )


def _detail(
    found: Any,
    labels: Labels,
    activities: Sequence[Activity],
    visits: Sequence[Any],
    opportunities: Sequence[Opportunity],
    actor: Actor,
    now: datetime,
) -> LeadDetail:
    lead: Lead = found.Lead
    definition = labels.processes[lead.process_version_id]
    facts = build_facts(
        lead,
        found.LeadType,
        actor,
        open_activities=[
            (a.id or 0, a.template_key if a.by_process else None)
            for a in activities
            if a.opportunity_id is None
        ],
        visited=[visit.stage_key for visit in visits if not visit.skipped],
        has_open_opportunity=any(o.state in OPEN_STATES for o in opportunities),
        is_in_unit=lead.unit_id is not None and (lead.unit_id in actor.unit_ids or bool(found.in_group)),
        is_customer=found.customer_type == CUSTOMER,
    )
    here = definition.stage(lead.stage_key)
    button = process_button(definition, facts)
    type_key, type_label = labels.lead_types[lead.lead_type_id]
    expected = lead.expected_completion_at
    return LeadDetail(
        id=lead.id or 0,
        number=lead.id or 0,
        version=lead.version,
        title=lead.display_title or f"#{lead.id}",
        lead_type=type_key,
        lead_type_label=type_label,
        stage_key=here.key,
        stage_label=here.label,
        state=lead.state,
        is_final=here.is_final,
        maturity=lead.need_maturity,
        owner_id=lead.owner_id,
        owner_name=labels.users.get(lead.owner_id or 0, ""),
        unit_id=lead.unit_id,
        unit_name=labels.units.get(lead.unit_id or 0, ""),
        fields=_fields(lead, labels, found),
        stages=stage_steps(definition, facts, lead.skipped_stages),
        button=ButtonRow(button.action.value, button.label_key, button.hint_key),
        activities=open_activities(definition, labels, activities, now),
        distribute_menu=distribute_menu(definition, facts),
        contact=_contact(found),
        account=_account(found.Account, labels),
        opportunities=tuple(_opportunity(o, labels) for o in opportunities),
        score=_score(lead, found.LeadScore),
        can=allowed_actions(definition, facts, actor),
        registration=_pairs(lead.registration),
        extended=_pairs(lead.extended),
        created_at=iso(lead.created_at),
        expected_completion_at=iso(expected),
        actual_completion_at=iso(lead.actual_completion_at),
        seconds_to_completion=(
            None if expected is None or here.is_final else int((expected - now).total_seconds())
        ),
        comment_count=found.comments,
        file_count=found.files,
    )


def _fields(lead: Lead, labels: Labels, found: Any) -> dict[str, FieldValue]:
    values = {}
    for spec in fields_of(Entity.LEAD).values():
        stored = getattr(lead, spec.column)
        text = shown(spec, stored, labels, version_id=lead.process_version_id)
        if spec.kind is FieldKind.CAMPAIGN:
            text = found.campaign or ""
        elif spec.kind is FieldKind.CONTACT:
            text = found.Contact.name if found.Contact is not None else ""
        elif spec.kind is FieldKind.ACCOUNT:
            text = found.Account.name if found.Account is not None else ""
        values[spec.key] = FieldValue(as_primitive(stored), text)
    return values


def _contact(found: Any) -> ContactProfile | None:
    contact: Contact | None = found.Contact
    if contact is None:
        return None
    return ContactProfile(
        id=contact.id or 0,
        name=contact.name,
        job_title=contact.job_title,
        email=contact.email,
        mobile_phone=contact.mobile_phone,
        business_phone=contact.business_phone,
        account_name=found.workplace or "",
    )


def _account(account: Account | None, labels: Labels) -> AccountProfile | None:
    if account is None:
        return None
    return AccountProfile(
        id=account.id or 0,
        name=account.name,
        website=account.website,
        phone=account.phone,
        industry=labels.lookups.get(account.industry_id or 0, ""),
        employees=account.employees,
        country=labels.lookups.get(account.country_id or 0, ""),
        city=account.city,
    )


def _opportunity(opportunity: Opportunity, labels: Labels) -> OpportunityLine:
    return OpportunityLine(
        id=opportunity.id or 0,
        title=opportunity.title,
        kind=opportunity.kind,
        stage_key=opportunity.stage_key,
        stage_label=labels.stage_label(opportunity.process_version_id, opportunity.stage_key),
        state=opportunity.state,
        amount_minor=opportunity.amount_minor,
        owner_name=labels.users.get(opportunity.owner_id or 0, ""),
        is_open=opportunity.state in OPEN_STATES,
    )


def _score(lead: Lead, latest: LeadScore | None) -> ScoreRow:
    if lead.qualified_at is None:
        return ScoreRow(0, "none", why_none_key="leads.score.not_qualified")
    if latest is None:
        return ScoreRow(0, "none", why_none_key="leads.score.waiting")
    return ScoreRow(
        score=lead.score,
        band=lead.score_band,
        provisional=latest.provisional,
        model=latest.model,
        at=iso(latest.at),
        reasons=tuple(
            ScoreReason(reason["key"], reason["points"], reason.get("params", {}))
            for reason in latest.reasons
        ),
    )


def _pairs(given: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), str(value)) for key, value in given.items() if value not in (None, ""))
