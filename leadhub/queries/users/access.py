"""What the screens before and around sign-in ask."""

import re

from sqlalchemy import select

from leadhub.db import now, read_session
from leadhub.domain.actor import Actor
from leadhub.domain.sessions import hash_session_token
from leadhub.models import AccessLink, User, WebSession
from leadhub.queries.rows.people import DemoUser, LinkInfo, SessionRow

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def list_sessions(*, actor: Actor, current_id: int = 0) -> tuple[SessionRow, ...]:
    """One's own open sessions, the one used last first."""
    with read_session() as session:
        found = session.scalars(
            select(WebSession)
            .where(
                WebSession.user_id == actor.user_id,
                WebSession.revoked_at.is_(None),
                WebSession.expires_at > now(),
            )
            .order_by(WebSession.last_seen_at.desc(), WebSession.id.desc())
            .limit(50)
        ).all()
    return tuple(
        SessionRow(
            id=row.id or 0,
            device=describe_device(row.user_agent),
            address=row.address,
            created_at=row.created_at.isoformat(),
            last_seen_at=row.last_seen_at.isoformat(),
            current=row.id == current_id,
        )
        for row in found
    )


def list_demo_users() -> tuple[DemoUser, ...]:
    """Whom the demo offers to be: asked before anybody is signed in, and only in demo mode."""
    with read_session() as session:
        return tuple(
            DemoUser(id=row.id, name=row.name, role=row.role)
            for row in session.execute(
                select(User.id, User.name, User.role)
                .where(User.is_demo.is_(True), User.active.is_(True))
                .order_by(User.id)
                .limit(12)
            )
        )


def find_access_link(token: str) -> LinkInfo | None:
    """What a one-time link is for, if it still works: asked by whoever holds it."""
    with read_session() as session:
        row = session.execute(
            select(AccessLink.purpose, User.name, User.email)
            .join(User, User.id == AccessLink.user_id)
            .where(
                AccessLink.token_hash == hash_session_token(token),
                AccessLink.used_at.is_(None),
                AccessLink.expires_at > now(),
                User.active.is_(True),
            )
        ).one_or_none()
    return LinkInfo(purpose=row.purpose, name=row.name, email=row.email) if row else None


def describe_device(user_agent: str) -> str:
    """Browser and system in a few words: Firefox, Windows."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"\b{mark}", user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or user_agent[:40]
