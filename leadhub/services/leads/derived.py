"""What the log does not keep of a lead because it follows from other records; computed again by undo."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, union_all, update
from sqlalchemy.orm import Session

from leadhub.change_log import bulk_update
from leadhub.db import enqueue
from leadhub.models import Activity, Lead, LeadScore, Post

_MOST_RESCORED = 20
_LEAD = Lead.__table__  # type: ignore[attr-defined]


def restore_last_activity(session: Session, lead_ids: set[int]) -> None:
    """The newest done activity or post of each lead."""
    ids = sorted(lead_ids)
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        touched = union_all(
            select(Activity.lead_id, Activity.completed_at.label("at")).where(  # type: ignore[union-attr]
                Activity.lead_id.in_(chunk), Activity.status == "done"
            ),
            select(Post.lead_id, Post.created_at.label("at")).where(Post.lead_id.in_(chunk)),  # type: ignore[attr-defined]
        ).subquery()
        newest = session.execute(
            select(touched.c.lead_id, func.max(touched.c.at)).group_by(touched.c.lead_id)
        )
        found: dict[int, datetime] = {row[0]: row[1] for row in newest}
        bulk_update(session, Lead, {i: {"last_activity_at": found.get(i)} for i in chunk})


def restore_scores(session: Session, lead_ids: set[int]) -> None:
    """A score is derived: the latest that a qualified lead has had, none for one that is not qualified."""
    ids = sorted(lead_ids)
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        newest = (
            select(func.max(LeadScore.id)).where(LeadScore.lead_id.in_(chunk)).group_by(LeadScore.lead_id)
        )
        latest = select(LeadScore.lead_id, LeadScore.score, LeadScore.band).where(LeadScore.id.in_(newest))
        kept = {row.lead_id: (row.score, row.band) for row in session.execute(latest)}
        rows = [
            {"b_id": i, "b_score": kept.get(i, (0, "none"))[0], "b_band": kept.get(i, (0, "none"))[1]}
            for i in chunk
        ]
        qualified = _LEAD.c.qualified_at.is_not(None)
        session.execute(
            update(_LEAD)
            .where(_LEAD.c.id == bindparam("b_id"), qualified)
            .values(score=bindparam("b_score"), score_band=bindparam("b_band")),
            rows,
        )
        session.execute(
            update(_LEAD)
            .where(_LEAD.c.id.in_(chunk), _LEAD.c.qualified_at.is_(None))
            .values(score=0, score_band="none")
        )
    if len(ids) <= _MOST_RESCORED:
        for lead_id in ids:
            enqueue(session, "score_lead", lead_id, key=str(lead_id))
