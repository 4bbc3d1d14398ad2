from datetime import timedelta

from leadhub.db import derived_session, now
from leadhub.domain.actor import Actor
from leadhub.models import WebSession
from leadhub.settings import get_settings


def touch_session(session_id: int, *, actor: Actor) -> None:
    """Note that a session is in use, which also keeps it from expiring."""
    with derived_session(actor, "touch session") as session:
        found = session.get(WebSession, session_id)
        if found is not None and found.revoked_at is None and found.user_id == actor.user_id:
            found.last_seen_at = now()
            found.expires_at = now() + timedelta(days=get_settings().session_days)
