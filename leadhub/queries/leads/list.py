"""One page of the lead list, by walking an index: the 500th page costs what the first does."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import LeadSort, ListQuery
from leadhub.models import Lead
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.columns import chosen_columns, lead_row, row_select
from leadhub.queries.leads.matching import Matching, matching
from leadhub.queries.leads.sorting import SORTS, Cursor, cursor_text, parse_cursor, phases
from leadhub.queries.rows.leads import LeadPage

MOST_ROWS = 200


def list_leads(query: ListQuery, *, actor: Actor, cursor: str = "", limit: int = 50) -> LeadPage:
    """The rows from a cursor on, or the first ones; a junk cursor means the first."""
    limit = max(1, min(limit, MOST_ROWS))
    sort = LeadSort(query.sort)
    columns = chosen_columns(query)
    place = parse_cursor(cursor, sort)
    now = clock()
    with read_session() as session:
        labels = labels_of(session)
        wanted = matching(query, actor=actor, now=now)
        found = _page(session, wanted, query, sort, columns, place, limit)
        return _as_page(found, query, columns, place, limit, labels, actor=actor, now=now)


def _page(
    session: Session,
    wanted: Matching,
    query: ListQuery,
    sort: LeadSort,
    columns: tuple[str, ...],
    place: Cursor | None,
    limit: int,
) -> list[Any]:
    """Up to limit + 1 rows in the direction of the cursor."""
    column = SORTS[sort]
    condition = wanted.every(session)
    found: list[Any] = []
    for phase in phases(column, descending=query.descending, cursor=place):
        ids = select(Lead.id).where(condition).order_by(*phase.order).limit(limit + 1 - len(found))
        if phase.condition is not None:
            ids = ids.where(phase.condition)
        inner = ids.subquery()
        rows = row_select(columns, column.column.label("sorted_by")).join(inner, inner.c.id == Lead.id)
        found.extend(session.execute(rows.order_by(*phase.order)).mappings())
        if len(found) > limit:
            break
    return found


def _as_page(
    found: list[Any],
    query: ListQuery,
    columns: tuple[str, ...],
    place: Cursor | None,
    limit: int,
    labels: Labels,
    *,
    actor: Actor,
    now: datetime,
) -> LeadPage:
    more = len(found) > limit
    shown = found[:limit]
    backwards = place is not None and place.backwards
    if backwards:
        shown.reverse()
    if not shown:
        return LeadPage(columns=columns)
    first, last = _place(shown[0], query.sort), _place(shown[-1], query.sort)
    has_next = more or backwards
    has_previous = more if backwards else place is not None
    return LeadPage(
        rows=tuple(lead_row(row, columns, labels, actor=actor, now=now) for row in shown),
        next_cursor=cursor_text(last) if has_next else "",
        previous_cursor=cursor_text(replace(first, backwards=True)) if has_previous else "",
        columns=columns,
    )


def _place(row: Any, sort: str) -> Cursor:
    spec = SORTS[LeadSort(sort)]
    value = row["sorted_by"]
    if spec.has_empty and value == spec.empty:
        value = None
    return Cursor(sort, value, row["id"])
