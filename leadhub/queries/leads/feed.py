"""Comments, notes and files of a lead; its distributions and the records it is linked with."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.models import (
    Account,
    Attachment,
    Campaign,
    Contact,
    LeadDistribution,
    Opportunity,
    Post,
    User,
)
from leadhub.queries.labels import labels_of
from leadhub.queries.leads.shown import iso
from leadhub.queries.rows.lead_page import AttachmentRow, DistributionRow, FeedPost, LinkedRecord
from leadhub.statements.leads import lead_of

MOST = 100


def list_posts(lead_id: int, *, actor: Actor, limit: int = MOST) -> tuple[FeedPost, ...]:
    """The newest comments and handoff notes, newest first. Raises LeadNotFound."""
    with read_session() as session:
        lead_of(session, lead_id, actor)
        return posts_where(session, actor, Post.lead_id == lead_id, Post.kind != "note", limit=limit)


def list_notes(lead_id: int, *, actor: Actor, limit: int = MOST) -> tuple[FeedPost, ...]:
    """The newest shared notes, newest first (M-58). Raises LeadNotFound."""
    with read_session() as session:
        lead_of(session, lead_id, actor)
        return posts_where(session, actor, Post.lead_id == lead_id, Post.kind == "note", limit=limit)


def posts_where(session: Session, actor: Actor, *conditions: Any, limit: int) -> tuple[FeedPost, ...]:
    rows = session.execute(
        select(Post, User.name)
        .outerjoin(User, User.id == Post.author_id)
        .where(*conditions)
        .order_by(Post.id.desc())
        .limit(max(1, min(limit, MOST)))
    ).all()
    users = labels_of(session).users
    return tuple(
        FeedPost(
            id=post.id or 0,
            kind=post.kind,
            body=post.body,
            author_id=post.author_id,
            author=name or "",
            at=iso(post.created_at),
            is_edited=(post.updated_at - post.created_at).total_seconds() > 1,
            is_own=post.author_id == actor.user_id or actor.role is Role.ADMIN,
            mentions=tuple(users.get(user_id, "") for user_id in post.mentions),
        )
        for post, name in rows
    )


def list_files(lead_id: int, *, actor: Actor) -> tuple[AttachmentRow, ...]:
    """Raises LeadNotFound."""
    with read_session() as session:
        lead_of(session, lead_id, actor)
        rows = session.execute(
            select(Attachment, User.name)
            .outerjoin(User, User.id == Attachment.uploaded_by_id)
            .where(Attachment.lead_id == lead_id)
            .order_by(Attachment.id.desc())
            .limit(MOST)
        )
        return tuple(
            AttachmentRow(
                id=file.id or 0,
                file_name=file.file_name,
                size_bytes=file.size_bytes,
                content_type=file.content_type,
                by=name or "",
                at=iso(file.created_at),
            )
            for file, name in rows
        )


def list_distributions(lead_id: int, *, actor: Actor) -> tuple[DistributionRow, ...]:
    """Every pass through distribution, newest first (C-96). Raises LeadNotFound."""
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        labels = labels_of(session)
        templates = labels.processes[lead.process_version_id].activity_templates
        outcomes = {result.key: result.label for template in templates for result in template.results}
        rows = session.scalars(
            select(LeadDistribution)
            .where(LeadDistribution.lead_id == lead_id)
            .order_by(LeadDistribution.id.desc())
            .limit(MOST)
        )
        return tuple(
            DistributionRow(
                id=row.id or 0,
                owner_id=row.owner_id,
                owner=labels.users.get(row.owner_id or 0, ""),
                unit=labels.units.get(row.unit_id or 0, ""),
                remind_owner=row.remind_owner,
                strategy=row.strategy,
                next_on=iso(row.next_on),
                outcome=row.outcome,
                outcome_label=outcomes.get(row.outcome, ""),
                by=labels.users.get(row.by_id or 0, ""),
                at=iso(row.created_at),
            )
            for row in rows
        )


def list_linked(lead_id: int, *, actor: Actor) -> tuple[LinkedRecord, ...]:
    """Contact, account, campaign and opportunities of a lead. Raises LeadNotFound."""
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        labels = labels_of(session)
        found = []
        for kind, model, record_id in (
            ("contact", Contact, lead.contact_id),
            ("account", Account, lead.account_id),
            ("campaign", Campaign, lead.campaign_id),
        ):
            record: Any = session.get(model, record_id) if record_id is not None else None
            if record is not None:
                found.append(LinkedRecord(kind, record.id, record.name))
        opportunities = session.scalars(
            select(Opportunity)
            .where(Opportunity.lead_id == lead_id)
            .order_by(Opportunity.id.desc())
            .limit(MOST)
        )
        for opportunity in opportunities:
            stage = labels.stage_label(opportunity.process_version_id, opportunity.stage_key)
            found.append(LinkedRecord("opportunity", opportunity.id or 0, opportunity.title, stage))
        return tuple(found)
