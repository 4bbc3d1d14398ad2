"""Opening and ending sessions inside another service's transaction."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from leadhub.db import announce, now
from leadhub.domain.sessions import hash_session_token
from leadhub.models import User, WebSession
from leadhub.settings import get_settings


@dataclass(frozen=True)
class NewSession:
    """`token` is the cookie's value and is nowhere else; moments are typed and shown in `time_zone`."""

    user_id: int
    token: str
    time_zone: str


def open_session(session: Session, user_id: int, *, address: str, user_agent: str) -> NewSession:
    """Store a new session; the database keeps only the token's hash."""
    token = secrets.token_urlsafe(32)
    at = now()
    session.add(
        WebSession(
            token_hash=hash_session_token(token),
            user_id=user_id,
            created_at=at,
            last_seen_at=at,
            expires_at=at + timedelta(days=get_settings().session_days),
            user_agent=user_agent[:300],
            address=address[:60],
        )
    )
    return NewSession(user_id, token, session.get_one(User, user_id).time_zone)


def revoke_sessions(session: Session, user_id: int, *, but: int | None = None) -> int:
    """End a user's sessions, all or all but one; returns how many."""
    open_ids = session.scalars(
        select(WebSession.id).where(WebSession.user_id == user_id, WebSession.revoked_at.is_(None))
    )
    ended = [found for found in open_ids if found != but]
    if ended:
        session.execute(update(WebSession).where(WebSession.id.in_(ended)).values(revoked_at=now()))
        announce(session, "web_session", *(found for found in ended if found))
    return len(ended)
