from sqlalchemy import func, select

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, NotSignedIn
from leadhub.domain.list_query import ListQuery
from leadhub.domain.permissions import Right, require
from leadhub.models import SavedView
from leadhub.services.views.shared import MOST_VIEWS, ViewDone, checked_name, stored


def create_view(query: ListQuery, *, name: str, actor: Actor, shared: bool = False) -> ViewDone:
    """Save what a list shows under a new name; never touches a view that is there.

    Raises InvalidInput, NotPermitted (to see lists, to share), NotSignedIn.
    """
    if actor.user_id is None:
        raise NotSignedIn()
    require(actor, Right.VIEW_LEADS)
    if shared:
        require(actor, Right.SHARE_VIEWS)
    section = query.entity.value
    with write_session(actor, "save view") as session:
        count = select(func.count()).select_from(SavedView).where(SavedView.owner_id == actor.user_id)
        if (session.scalar(count) or 0) >= MOST_VIEWS:
            raise InvalidInput("views.error.too_many", field="name", maximum=MOST_VIEWS)
        view = SavedView(
            section=section,
            name=checked_name(session, name, section=section, actor=actor),
            owner_id=actor.user_id,
            shared=bool(shared),
            definition=stored(query),
        )
        session.add(view)
    return ViewDone(view.id or 0, view.version, action_id(session))
