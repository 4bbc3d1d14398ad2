"""An opportunity's page, in six statements; its feed asks on its own."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from leadhub.access import can_see_lead, opportunity_scope
from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity, FieldKind, fields_of
from leadhub.domain.permissions import Right, can
from leadhub.domain.process.engine import refuse_edit
from leadhub.models import Account, Activity, Campaign, Contact, Lead, Opportunity, Post
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.feed import MOST, posts_where
from leadhub.queries.leads.page_process import open_activities, stage_steps
from leadhub.queries.leads.shown import as_primitive, shown
from leadhub.queries.rows.lead_page import FeedPost, FieldValue
from leadhub.queries.rows.opportunity_page import OpportunityDetail
from leadhub.statements.leads import is_record_id
from leadhub.statements.process_facts import facts_of_opportunity

_NOT_FOUND = "errors.opportunity_not_found"


def get_opportunity(opportunity_id: int, *, actor: Actor) -> OpportunityDetail:
    """Raises NotFound for one that is not there or that the actor may not see."""
    if not is_record_id(opportunity_id):
        raise NotFound(_NOT_FOUND)
    # Another name for the table: the scope asks for the lead in a subquery of its own.
    of_lead = aliased(Lead, name="of_lead")
    with read_session() as session:
        found: Any = session.execute(
            select(Opportunity, of_lead, Contact, Account, Campaign.name.label("campaign"))  # type: ignore[call-overload]
            .outerjoin(of_lead, of_lead.id == Opportunity.lead_id)
            .outerjoin(Contact, Contact.id == Opportunity.contact_id)
            .outerjoin(Account, Account.id == Opportunity.account_id)
            .outerjoin(Campaign, Campaign.id == Opportunity.campaign_id)
            .where(Opportunity.id == opportunity_id, opportunity_scope(actor))
        ).one_or_none()
        if found is None:
            raise NotFound(_NOT_FOUND)
        labels = labels_of(session)
        activities = session.scalars(
            select(Activity)
            .where(Activity.opportunity_id == opportunity_id, Activity.status == "planned")
            .order_by(Activity.due_at, Activity.id)
        ).all()
        opportunity: Opportunity = found.Opportunity
        definition = labels.processes[opportunity.process_version_id]
        facts = facts_of_opportunity(session, opportunity, actor)
        here = definition.stage(opportunity.stage_key)
        lead: Lead | None = found.of_lead
        if lead is not None and not can_see_lead(actor, lead):
            lead = None
        is_open = refuse_edit(definition, facts) is None
        return OpportunityDetail(
            id=opportunity.id or 0,
            version=opportunity.version,
            title=opportunity.title,
            kind=opportunity.kind,
            stage_label=here.label,
            state=opportunity.state,
            is_final=here.is_final,
            owner_name=labels.users.get(opportunity.owner_id or 0, ""),
            amount_minor=opportunity.amount_minor,
            lead_id=(lead.id or 0) if lead else 0,
            lead_title=lead.display_title if lead else "",
            lead_stage=labels.stage_label(lead.process_version_id, lead.stage_key) if lead else "",
            contact_id=opportunity.contact_id or 0,
            contact_name=found.Contact.name if found.Contact is not None else "",
            account_id=opportunity.account_id or 0,
            account_name=found.Account.name if found.Account is not None else "",
            fields=_fields(opportunity, labels, found),
            stages=stage_steps(definition, facts, ()),
            activities=open_activities(definition, labels, activities, clock()),
            planned=tuple(activity.title for activity in activities if not activity.by_process),
            can={
                "edit": is_open and can(actor, Right.EDIT_OPPORTUNITY),
                "move": is_open and can(actor, Right.EDIT_OPPORTUNITY),
                "close": is_open and can(actor, Right.CLOSE_OPPORTUNITY),
                "comment": can(actor, Right.COMMENT),
                "work": can(actor, Right.EDIT_ACTIVITY),
            },
        )


def _fields(opportunity: Opportunity, labels: Labels, found: Any) -> dict[str, FieldValue]:
    named = {
        FieldKind.CONTACT: found.Contact.name if found.Contact is not None else "",
        FieldKind.ACCOUNT: found.Account.name if found.Account is not None else "",
        FieldKind.CAMPAIGN: found.campaign or "",
    }
    values = {}
    for spec in fields_of(Entity.OPPORTUNITY).values():
        stored = getattr(opportunity, spec.column)
        text = named.get(spec.kind)
        if text is None:
            text = shown(spec, stored, labels, version_id=opportunity.process_version_id)
        values[spec.key] = FieldValue(as_primitive(stored), text)
    return values


def list_opportunity_posts(opportunity_id: int, *, actor: Actor, limit: int = MOST) -> tuple[FeedPost, ...]:
    """The newest comments, newest first. Raises NotFound."""
    if not is_record_id(opportunity_id):
        raise NotFound(_NOT_FOUND)
    with read_session() as session:
        visible = select(Opportunity.id).where(Opportunity.id == opportunity_id, opportunity_scope(actor))
        if session.scalar(visible) is None:
            raise NotFound(_NOT_FOUND)
        return posts_where(session, actor, Post.opportunity_id == opportunity_id, limit=limit)
