from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.models import Notification
from leadhub.queries.rows.notifications import NotificationRow

PAGE_ROWS = 30


def count_unread(*, actor: Actor) -> int:
    with read_session() as session:
        return (
            session.scalar(
                select(func.count())
                .select_from(Notification)
                .where(Notification.user_id == actor.user_id, Notification.read_at.is_(None))
            )
            or 0
        )


def list_notifications(*, actor: Actor, before_id: int | None = None) -> tuple[NotificationRow, ...]:
    """The newest of one's own, a page at a time: `before_id` is the last row shown."""
    wanted = select(Notification).where(Notification.user_id == actor.user_id)
    if before_id is not None:
        wanted = wanted.where(Notification.id < before_id)
    with read_session() as session:
        found = session.scalars(wanted.order_by(Notification.id.desc()).limit(PAGE_ROWS)).all()
    return tuple(
        NotificationRow(
            id=row.id or 0,
            kind=row.kind,
            params=row.params,
            url=row.url,
            lead_id=row.lead_id,
            created_at=row.created_at.isoformat(),
            unread=row.read_at is None,
        )
        for row in found
    )
