from sqlalchemy import select

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import list_query
from leadhub.models import SavedView


def list_kept_columns(section: Entity = Entity.LEAD, *, actor: Actor) -> tuple[str, ...]:
    """The columns that this person chose last, () for the usual ones."""
    place = f"{section.value}_columns"
    with read_session() as session:
        definition = session.scalar(
            select(SavedView.definition)
            .where(SavedView.section == place, SavedView.owner_id == actor.user_id)
            .limit(1)
        )
    columns = str((definition or {}).get("columns", "")).split(",")
    return list_query(section, columns=columns).columns
