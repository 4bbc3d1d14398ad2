"""Everything that happened to a lead, in order: stages, activities, posts, files, scores, other changes."""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.models import (
    Activity,
    Attachment,
    ChangeAction,
    ChangeRow,
    ChangeSet,
    Lead,
    LeadScore,
    Post,
    StageVisit,
)
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.history import action_key
from leadhub.queries.leads.shown import iso
from leadhub.queries.rows.lead_page import TimelineEntry
from leadhub.statements.leads import lead_of

MOST = 200
LONGEST = 400
#: What shows itself as an activity, a post, a file or a stage already.
_SHOWN_ELSEWHERE = (
    "comment on lead", "add note", "log call", "schedule activity", "complete activity", "cancel activity",
    "move lead", "qualify lead", "attach file", "delete file", "delete comment", "edit comment",
)  # fmt: skip


def list_timeline(lead_id: int, *, actor: Actor, limit: int = 60) -> tuple[TimelineEntry, ...]:
    """Newest first, at most `limit`. Raises LeadNotFound."""
    limit = max(1, min(limit, MOST))
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        labels = labels_of(session)
        entries = [
            *_stages(session, lead, labels, limit),
            *_activities(session, lead_id, labels, limit),
            *_posts(session, lead_id, labels, limit),
            *_files(session, lead_id, labels, limit),
            *_scores(session, lead_id, limit),
            *_changes(session, lead_id, limit),
        ]
        entries.sort(key=lambda entry: (entry.at, entry.kind, entry.id), reverse=True)
        return tuple(entries[:limit])


def _newest(session: Session, model: Any, lead_id: int, limit: int) -> Iterator[Any]:
    statement = select(model).where(model.lead_id == lead_id).order_by(model.id.desc()).limit(limit)
    return iter(session.scalars(statement))


def _stages(session: Session, lead: Lead, labels: Labels, limit: int) -> Iterator[TimelineEntry]:
    for visit in _newest(session, StageVisit, lead.id or 0, limit):
        yield TimelineEntry(
            kind="stage",
            id=visit.id,
            at=iso(visit.entered_at),
            by=labels.users.get(visit.entered_by_id or 0, ""),
            text_key="timeline.stage_skipped" if visit.skipped else "timeline.stage",
            params={"stage": labels.stage_label(lead.process_version_id, visit.stage_key)},
        )


def _activities(session: Session, lead_id: int, labels: Labels, limit: int) -> Iterator[TimelineEntry]:
    for activity in _newest(session, Activity, lead_id, limit):
        yield TimelineEntry(
            kind="activity",
            id=activity.id,
            at=iso(activity.completed_at or activity.created_at),
            by=labels.users.get(activity.owner_id or 0, ""),
            text_key=f"timeline.activity_{activity.status}",
            params={"title": activity.title},
            body=(activity.result_details or activity.body)[:LONGEST],
        )


def _posts(session: Session, lead_id: int, labels: Labels, limit: int) -> Iterator[TimelineEntry]:
    for post in _newest(session, Post, lead_id, limit):
        yield TimelineEntry(
            kind=post.kind if post.kind in ("comment", "note", "handoff") else "comment",
            id=post.id,
            at=iso(post.created_at),
            by=labels.users.get(post.author_id or 0, ""),
            text_key=f"timeline.{post.kind if post.kind in ('note', 'handoff') else 'comment'}",
            body=post.body[:LONGEST],
        )


def _files(session: Session, lead_id: int, labels: Labels, limit: int) -> Iterator[TimelineEntry]:
    for file in _newest(session, Attachment, lead_id, limit):
        yield TimelineEntry(
            kind="file",
            id=file.id,
            at=iso(file.created_at),
            by=labels.users.get(file.uploaded_by_id or 0, ""),
            text_key="timeline.file",
            params={"name": file.file_name},
        )


def _scores(session: Session, lead_id: int, limit: int) -> Iterator[TimelineEntry]:
    """Each time the score became another."""
    scores = list(_newest(session, LeadScore, lead_id, limit))
    for score, earlier in zip_longest(scores, scores[1:]):
        if earlier is None or earlier.score != score.score:
            yield TimelineEntry(
                "score", score.id, iso(score.at), "", "timeline.score", {"score": score.score}
            )


def _changes(session: Session, lead_id: int, limit: int) -> Iterator[TimelineEntry]:
    own = (
        select(ChangeSet.action_id)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .where(ChangeRow.lead_id == lead_id, ChangeRow.table_name == "lead")
    )
    found = session.scalars(
        select(ChangeAction)
        .where(ChangeAction.id.in_(own), ChangeAction.name.not_in(_SHOWN_ELSEWHERE))
        .order_by(ChangeAction.id.desc())
        .limit(limit)
    )
    for action in found:
        yield TimelineEntry(
            "change", action.id or 0, iso(action.at), action.actor_name, action_key(action.name)
        )
