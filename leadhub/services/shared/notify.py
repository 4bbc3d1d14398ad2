from typing import Any

from sqlalchemy.orm import Session

from leadhub.adapters.mail import compose_notification
from leadhub.db import announce, now
from leadhub.db.job_queue import enqueue
from leadhub.models import Notification, OutboxMail, User
from leadhub.settings import get_settings


def notify(
    session: Session,
    user_id: int | None,
    kind: str,
    *,
    params: dict[str, Any] | None = None,
    lead_id: int | None = None,
    url: str = "",
) -> None:
    """Ring somebody's bell, in the caller's transaction; by mail as well if mail is set up and they want it.

    `kind` has a text "notifications.<kind>" that takes exactly `params`. Leave out whoever did it.
    """
    user = session.get(User, user_id) if user_id is not None else None
    if user is None or user.id is None or not user.active:
        return
    session.add(
        Notification(
            user_id=user.id, kind=kind, params=params or {}, lead_id=lead_id, url=url, created_at=now()
        )
    )
    announce(session, "notification:user", user.id)
    if user.notify_by_mail and get_settings().smtp_url and not user.is_demo:
        subject, body = compose_notification(user.locale, kind, params or {}, url)
        send_mail(session, user.email, subject, body, lead_id=lead_id)


def send_mail(
    session: Session, to_address: str, subject: str, body: str, *, lead_id: int | None = None
) -> None:
    """Put a mail into the outbox; it leaves after the commit."""
    mail = OutboxMail(
        to_address=to_address, subject=subject[:300], body=body, lead_id=lead_id, created_at=now()
    )
    session.add(mail)
    session.flush()
    enqueue(session, "send_mail", mail.id, key=f"mail:{mail.id}")
