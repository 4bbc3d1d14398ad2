from sqlalchemy import update

from leadhub.db import announce, derived_session, now
from leadhub.domain.actor import Actor
from leadhub.models import Notification


def mark_read(*, actor: Actor, notification_id: int | None = None) -> None:
    """Mark one of one's own notifications as read, or all of them."""
    mine = update(Notification).where(Notification.user_id == actor.user_id, Notification.read_at.is_(None))
    if notification_id is not None:
        mine = mine.where(Notification.id == notification_id)
    with derived_session(actor, "mark notifications read") as session:
        session.execute(mine.values(read_at=now()))
        announce(session, "notification:user", actor.user_id or 0)
