from sqlalchemy import select

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import ListQuery
from leadhub.domain.permissions import Right, require
from leadhub.models import Lead
from leadhub.queries.leads.matching import matching


def list_lead_ids(query: ListQuery, *, actor: Actor, most: int) -> list[int]:
    """The ids of all leads that match, one more than `most` at the highest: for actions on all of them."""
    require(actor, Right.BULK_EDIT)
    with read_session() as session:
        wanted = matching(query, actor=actor, now=clock())
        ids = select(Lead.id).where(wanted.every(session)).order_by(Lead.id).limit(most + 1)
        return [lead_id for lead_id in session.scalars(ids) if lead_id is not None]
