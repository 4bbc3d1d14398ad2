from sqlalchemy import update

from leadhub.db import announce, derived_session, now
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.models import WebSession
from leadhub.services.shared.web_sessions import revoke_sessions


def sign_out(session_hash: str, *, actor: Actor) -> None:
    """End the session that asks."""
    with derived_session(actor, "sign out") as session:
        session.execute(
            update(WebSession)
            .where(WebSession.token_hash == session_hash, WebSession.revoked_at.is_(None))
            .values(revoked_at=now())
        )
        announce(session, "web_session", 0)


def revoke_session(session_id: int, *, actor: Actor) -> None:
    """End one of one's own sessions, on whatever device. Raises NotFound."""
    with derived_session(actor, "revoke session") as session:
        found = session.get(WebSession, session_id)
        if found is None or found.user_id != actor.user_id:
            raise NotFound("people.session_not_found")
        found.revoked_at = found.revoked_at or now()
        announce(session, "web_session", session_id)


def revoke_other_sessions(session_id: int, *, actor: Actor) -> int:
    """End all of one's own sessions but this one; returns how many."""
    assert actor.user_id is not None
    with derived_session(actor, "revoke other sessions") as session:
        return revoke_sessions(session, actor.user_id, but=session_id)
