from dataclasses import dataclass

from sqlalchemy import select

from leadhub.access import lead_scope
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import LeadSort, parse_list_query
from leadhub.models import Lead
from leadhub.queries.leads.list import list_leads
from leadhub.queries.leads.sorting import SORTS, Cursor, cursor_text
from leadhub.statements.leads import is_record_id


@dataclass(frozen=True)
class Neighbours:
    """The leads before and after one in a list; None at its ends."""

    previous_id: int | None = None
    next_id: int | None = None


def find_neighbours(lead_id: int, listed: str, *, actor: Actor) -> Neighbours:
    """Walk one step both ways from the lead's place in a list, given as the list's address query."""
    query = parse_list_query(listed, Entity.LEAD)
    spec = SORTS[LeadSort(query.sort)]
    if not is_record_id(lead_id):
        return Neighbours()
    with read_session() as session:
        row = session.execute(select(spec.column).where(Lead.id == lead_id, lead_scope(actor))).one_or_none()
    if row is None:
        return Neighbours()
    value = None if spec.has_empty and row[0] == spec.empty else row[0]
    before = Cursor(query.sort, value, lead_id, backwards=True)
    after = Cursor(query.sort, value, lead_id)
    found = [list_leads(query, actor=actor, cursor=cursor_text(place), limit=1) for place in (before, after)]
    previous, following = (page.rows[-1].id if page.rows else None for page in found)
    return Neighbours(previous, following)
