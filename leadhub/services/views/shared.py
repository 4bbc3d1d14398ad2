from dataclasses import dataclass, replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import InvalidInput, NotFound, NotPermitted
from leadhub.domain.list_query import ListQuery, format_list_query
from leadhub.models import SavedView
from leadhub.statements.leads import is_record_id

MOST_NAME = 120
MOST_VIEWS = 200


@dataclass(frozen=True)
class ViewDone:
    """A saved view after a write; `action_id` is for the toast's Undo."""

    view_id: int
    version: int
    action_id: int | None


def view_to_change(session: Session, view_id: int, actor: Actor) -> SavedView:
    """One's own view. Raises NotFound for one that is not to be seen, NotPermitted for somebody else's."""
    view = session.get(SavedView, view_id, with_for_update=True) if is_record_id(view_id) else None
    if view is None or actor.user_id is None or (view.owner_id != actor.user_id and not view.shared):
        raise NotFound("views.error.not_found")
    if view.owner_id != actor.user_id:
        raise NotPermitted("views.error.not_yours")
    return view


def shared_view_to_tidy(session: Session, view_id: int, actor: Actor) -> SavedView:
    """One's own view, or for an administrator any shared one."""
    view = session.get(SavedView, view_id, with_for_update=True) if is_record_id(view_id) else None
    if view is not None and view.shared and actor.role is Role.ADMIN:
        return view
    return view_to_change(session, view_id, actor)


def checked_name(
    session: Session, name: str, *, section: str, actor: Actor, view_id: int | None = None
) -> str:
    """Raises InvalidInput for an empty or overlong name, or one that another view of this person has."""
    text = " ".join(str(name).split())
    if not text:
        raise InvalidInput("views.error.name_required", field="name")
    if len(text) > MOST_NAME:
        raise InvalidInput("views.error.name_too_long", field="name", maximum=MOST_NAME)
    same = select(SavedView.id).where(
        SavedView.section == section,
        SavedView.owner_id == actor.user_id,
        func.lower(SavedView.name) == text.lower(),
    )
    if view_id is not None:
        same = same.where(SavedView.id != view_id)
    if session.scalar(same.limit(1)) is not None:
        raise InvalidInput("views.error.name_taken", field="name", name=text)
    return text


def stored(query: ListQuery) -> dict[str, str]:
    """A view does not name itself: the same definition can be saved under two names."""
    return {"query": format_list_query(replace(query, view=""))}
