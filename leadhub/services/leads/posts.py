"""The feed: comments that mention people, and shared notes (F-18, M-58)."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import InvalidInput, NotFound, NotPermitted
from leadhub.domain.permissions import Right, require
from leadhub.models import Lead, Post, User
from leadhub.services.leads.results import PostDone
from leadhub.services.leads.telling import tell
from leadhub.statements.leads import is_record_id, lead_for_update

LONGEST_POST = 20_000
MOST_MENTIONS = 50


def add_comment(lead_id: int, body: str, *, actor: Actor, mentions: Collection[int] = ()) -> PostDone:
    """Write into a lead's feed, final or not, and tell whom it mentions by id.

    Raises LeadNotFound, NotPermitted, InvalidInput.
    """
    require(actor, Right.COMMENT)
    with write_session(actor, "comment on lead") as session:
        lead = lead_for_update(session, lead_id, actor)
        post = _add(session, lead, "comment", body, actor, mentions)
        tell(session, post.mentions, "mentioned", lead, actor)
        others = [lead.owner_id] if lead.owner_id not in post.mentions else []
        tell(session, others, "lead_commented", lead, actor)
    return PostDone(post_id=post.id or 0, lead_id=lead_id, action_id=action_id(session))


def add_note(lead_id: int, body: str, *, actor: Actor) -> PostDone:
    """Add a shared note; its time and author are kept with it (M-58). Raises as `add_comment`."""
    require(actor, Right.COMMENT)
    with write_session(actor, "add note") as session:
        lead = lead_for_update(session, lead_id, actor)
        post = _add(session, lead, "note", body, actor, ())
    return PostDone(post_id=post.id or 0, lead_id=lead_id, action_id=action_id(session))


def edit_post(post_id: int, body: str, *, actor: Actor) -> PostDone:
    """Change one's own comment or note. Raises NotFound, NotPermitted, InvalidInput."""
    require(actor, Right.COMMENT)
    with write_session(actor, "edit comment") as session:
        post = _own_post(session, post_id, actor)
        post.body = checked_body(body)
    return PostDone(post_id=post_id, lead_id=post.lead_id or 0, action_id=action_id(session))


def delete_post(post_id: int, *, actor: Actor) -> PostDone:
    """Take one's own comment or note back. Raises NotFound, NotPermitted."""
    require(actor, Right.COMMENT)
    with write_session(actor, "delete comment") as session:
        post = _own_post(session, post_id, actor)
        lead_id = post.lead_id or 0
        session.delete(post)
    return PostDone(post_id=post_id, lead_id=lead_id, action_id=action_id(session))


def _own_post(session: Session, post_id: int, actor: Actor) -> Post:
    post = session.get(Post, post_id) if is_record_id(post_id) else None
    if post is None or post.lead_id is None:
        raise NotFound()
    lead_for_update(session, post.lead_id, actor)
    if post.author_id != actor.user_id and actor.role is not Role.ADMIN:
        raise NotPermitted(right="edit_post")
    return post


def _add(session: Session, lead: Lead, kind: str, body: str, actor: Actor, mentions: Collection[int]) -> Post:
    post = Post(
        lead_id=lead.id,
        kind=kind,
        body=checked_body(body),
        author_id=actor.user_id,
        mentions=_people(session, mentions),
    )
    session.add(post)
    lead.last_activity_at = now()
    session.flush()
    return post


def checked_body(body: str) -> str:
    if not isinstance(body, str) or not body.strip():
        raise InvalidInput("errors.value_required", field="body", field_label="leads.feed.comment")
    if len(body) > LONGEST_POST:
        raise InvalidInput(
            "errors.value_too_long",
            field="body",
            field_label="leads.feed.comment",
            maximum=LONGEST_POST,
            length=len(body),
        )
    return body.replace("\x00", "").strip()


def _people(session: Session, mentions: Collection[int]) -> list[int]:
    """Active colleagues among the ids that a client gave."""
    wanted = [user_id for user_id in dict.fromkeys(mentions) if is_record_id(user_id)][:MOST_MENTIONS]
    if not wanted:
        return []
    active = select(User.id).where(
        User.id.in_(wanted), User.active.is_(True), User.role != Role.PARTNER.value
    )
    return sorted(session.scalars(active))
