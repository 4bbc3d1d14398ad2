"""Views ("folders"): the shipped ones, one's own, and those that others share."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import (
    SHIPPED_VIEWS,
    ListQuery,
    ShippedView,
    format_list_query,
    parse_list_query,
    shipped_view,
)
from leadhub.models import SavedView, User
from leadhub.queries.rows.views import ViewRow


def list_views(section: Entity = Entity.LEAD, *, actor: Actor) -> tuple[ViewRow, ...]:
    """Shipped first, then one's own, then shared ones, each by name."""
    shipped = SHIPPED_VIEWS if section is Entity.LEAD else ()
    if actor.role is None:
        return ()
    with read_session() as session:
        found = session.execute(_visible(section, actor)).all()
    saved = [_saved_row(view, owner, section, actor) for view, owner in found]
    saved.sort(key=lambda row: (not row.is_mine, row.name.casefold(), row.key))
    return (*map(_shipped_row, shipped), *saved)


def get_view(key: str, section: Entity = Entity.LEAD, *, actor: Actor) -> ViewRow:
    """A view by its key. Raises NotFound for one that is not there or not one's to see."""
    known = shipped_view(key) if section is Entity.LEAD else None
    if known is not None and actor.role is not None:
        return _shipped_row(known)
    with read_session() as session:
        row = _find(session, key, section, actor)
    if row is None:
        raise NotFound("views.error.not_found")
    return row


def query_of_view(key: str, section: Entity = Entity.LEAD, *, actor: Actor) -> ListQuery:
    """The list that a view shows. Raises NotFound."""
    return parse_list_query(get_view(key, section, actor=actor).query, section)


def _find(session: Session, key: str, section: Entity, actor: Actor) -> ViewRow | None:
    if not (key.isascii() and key.isdigit() and len(key) < 16) or actor.role is None:
        return None
    found = session.execute(_visible(section, actor).where(SavedView.id == int(key))).first()
    return _saved_row(found[0], found[1], section, actor) if found else None


def _visible(section: Entity, actor: Actor):  # type: ignore[no-untyped-def]
    return (
        select(SavedView, User.name)
        .outerjoin(User, User.id == SavedView.owner_id)
        .where(
            SavedView.section == section.value,
            or_(SavedView.owner_id == actor.user_id, SavedView.shared.is_(True)),  # type: ignore[attr-defined]
        )
        .limit(500)
    )


def _shipped_row(view: ShippedView) -> ViewRow:
    return ViewRow(
        key=view.key,
        name="",
        label_key=view.label_key,
        query=format_list_query(view.query),
        shared=True,
        is_mine=False,
        is_shipped=True,
    )


def _saved_row(view: SavedView, owner: str | None, section: Entity, actor: Actor) -> ViewRow:
    query = parse_list_query(str(view.definition.get("query", "")), section)
    return ViewRow(
        key=str(view.id),
        name=view.name,
        label_key="",
        query=format_list_query(query),
        shared=view.shared,
        is_mine=view.owner_id == actor.user_id,
        is_shipped=False,
        owner_name=owner or "",
        version=view.version,
    )
