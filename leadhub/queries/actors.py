"""Who is asking: asked on every click, so two statements at most, and none within a second."""

import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast, literal, null, select, union_all
from sqlalchemy.orm import Session, aliased

from leadhub.db import now, read_session
from leadhub.domain.actor import Actor, Role
from leadhub.models import Unit, UnitMember, User, UserGrant, WebSession

KEPT_SECONDS = 1.0
_MOST_KEPT = 5000
_kept: dict[str, tuple[float, "SignedIn"]] = {}


@dataclass(frozen=True)
class SignedIn:
    """An open session and who it belongs to."""

    actor: Actor
    session_id: int
    email: str
    last_seen_at: datetime


def find_actor(session_hash: str) -> Actor | None:
    """Return who a session belongs to; None if it is unknown, revoked, expired, or its user is inactive."""
    found = find_signed_in(session_hash)
    return found.actor if found else None


def find_signed_in(session_hash: str) -> SignedIn | None:
    """The same with the session itself; up to a second old."""
    kept = _kept.get(session_hash)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    found = _read(session_hash) if len(session_hash) == 64 else None
    if found is None:
        _kept.pop(session_hash, None)
        return None
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    _kept[session_hash] = (time.monotonic() + KEPT_SECONDS, found)
    return found


def forget_actors() -> None:
    """Ask the database again at the next click: somebody's rights or sessions changed."""
    _kept.clear()


def _read(session_hash: str) -> SignedIn | None:
    at = now()
    with read_session() as session:
        row = session.execute(
            select(WebSession.id, WebSession.last_seen_at, User)
            .join(User, User.id == WebSession.user_id)
            .where(
                WebSession.token_hash == session_hash,
                WebSession.revoked_at.is_(None),
                WebSession.expires_at > at,
                User.active.is_(True),
            )
        ).one_or_none()
        if row is None:
            return None
        session_id, last_seen_at, user = row
        return SignedIn(
            actor=actor_of(session, user), session_id=session_id, email=user.email, last_seen_at=last_seen_at
        )


def actor_of(session: Session, user: User) -> Actor:
    """Put together what permission rules and access scopes need of a user, in one statement."""
    assert user.id is not None
    word = cast(null(), String)
    number = WebSession.__table__.c.user_id.type
    own = (
        select(Unit.id, Unit.group_id)
        .join(UnitMember, UnitMember.unit_id == Unit.id)
        .where(UnitMember.user_id == user.id)
        .cte("own_units")
    )
    sibling = aliased(Unit)
    groups = select(own.c.group_id)
    rows = session.execute(
        union_all(
            select(literal("unit"), own.c.id, own.c.group_id, word),
            select(literal("sibling"), sibling.id, cast(null(), number), word).where(
                sibling.group_id.in_(groups) | (sibling.group_id == user.group_id)
            ),
            select(literal("right"), cast(null(), number), cast(null(), number), UserGrant.right).where(
                UserGrant.user_id == user.id
            ),
        )
    ).all()
    groups_found = {row[2] for row in rows if row[0] == "unit"} | {user.group_id}
    return Actor(
        user_id=user.id,
        role=Role(user.role),
        name=user.name,
        unit_ids=frozenset(row[1] for row in rows if row[0] == "unit"),
        group_ids=frozenset(group for group in groups_found if group is not None),
        group_unit_ids=frozenset(row[1] for row in rows if row[0] == "sibling"),
        partner_account_id=user.partner_account_id,
        rights=frozenset(row[3] for row in rows if row[0] == "right"),
        locale=user.locale,
        time_zone=user.time_zone,
    )
