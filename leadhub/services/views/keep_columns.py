from collections.abc import Sequence

from sqlalchemy import select

from leadhub.db import action_id, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotSignedIn
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import list_query
from leadhub.domain.permissions import Right, require
from leadhub.models import SavedView
from leadhub.services.views.shared import ViewDone


def keep_columns(columns: Sequence[str], section: Entity = Entity.LEAD, *, actor: Actor) -> ViewDone:
    """Remember which columns a person wants where no address or view names them; none: the usual.

    Raises NotSignedIn, NotPermitted.
    """
    if actor.user_id is None:
        raise NotSignedIn()
    require(actor, Right.VIEW_LEADS)
    kept = list_query(section, columns=columns).columns
    place = f"{section.value}_columns"
    with write_session(actor, "choose columns") as session:
        mine = select(SavedView).where(SavedView.section == place, SavedView.owner_id == actor.user_id)
        view = session.scalars(mine.limit(1)).one_or_none()
        if view is None:
            view = SavedView(section=place, name=place, owner_id=actor.user_id, definition={})
            session.add(view)
        view.definition = {"columns": ",".join(kept)}
    return ViewDone(view.id or 0, view.version, action_id(session))
