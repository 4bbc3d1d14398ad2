from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from leadhub.domain.actor import Actor
from leadhub.models import Lead
from leadhub.routes import lead_url
from leadhub.services.shared.notify import notify


def tell(
    session: Session, user_ids: Iterable[int | None], kind: str, lead: Lead, actor: Actor, **params: Any
) -> None:
    """A notification in the bell of each of these users, but not of the one who did it."""
    session.flush()
    for user_id in dict.fromkeys(user_ids):
        if user_id is None or user_id == actor.user_id:
            continue
        notify(
            session,
            user_id,
            kind,
            params={"lead": lead.display_title or f"#{lead.id}", "by": actor.name, **params},
            lead_id=lead.id,
            url=lead_url(lead.id or 0),
        )


def tell_owner(session: Session, lead: Lead, actor: Actor) -> None:
    tell(session, [lead.owner_id], "lead_assigned", lead, actor)
