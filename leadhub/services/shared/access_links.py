import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from leadhub.db import now
from leadhub.domain.sessions import hash_session_token
from leadhub.models import AccessLink

INVITATION = "invitation"
RESET = "reset"
SETUP = "setup"
LIFETIMES = {INVITATION: timedelta(days=7), RESET: timedelta(hours=24), SETUP: timedelta(days=7)}


def make_link(session: Session, user_id: int, purpose: str) -> str:
    """Store a new link and void the user's older ones. Returns its token, which is nowhere else."""
    at = now()
    void_links(session, user_id)
    token = secrets.token_urlsafe(32)
    session.add(
        AccessLink(
            token_hash=hash_session_token(token),
            user_id=user_id,
            purpose=purpose,
            created_at=at,
            expires_at=at + LIFETIMES[purpose],
        )
    )
    return token


def void_links(session: Session, user_id: int) -> None:
    session.execute(
        update(AccessLink)
        .where(AccessLink.user_id == user_id, AccessLink.used_at.is_(None))
        .values(used_at=now())
    )


def find_open_link(session: Session, token: str) -> AccessLink | None:
    return session.scalars(
        select(AccessLink).where(
            AccessLink.token_hash == hash_session_token(token),
            AccessLink.used_at.is_(None),
            AccessLink.expires_at > now(),
        )
    ).one_or_none()
