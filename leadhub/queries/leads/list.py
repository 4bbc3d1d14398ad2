"""One page of the lead list; the 500th costs what the first does."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import LeadSort, ListQuery
from leadhub.queries.labels import Labels, labels_of
from leadhub.queries.leads.columns import chosen_columns, lead_row
from leadhub.queries.leads.find import find_rows
from leadhub.queries.leads.sorting import Cursor, cursor_text, parse_cursor, place_of
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
        found, total = find_rows(
            session, query, columns, labels, place=place, need=limit + 1, actor=actor, now=now
        )
    return _as_page(found, query, columns, place, limit, labels, total=total, actor=actor, now=now)


def _as_page(
    found: list[Any],
    query: ListQuery,
    columns: tuple[str, ...],
    place: Cursor | None,
    limit: int,
    labels: Labels,
    *,
    total: int | None,
    actor: Actor,
    now: datetime,
) -> LeadPage:
    more = len(found) > limit
    shown = found[:limit]
    backwards = place is not None and place.backwards
    if backwards:
        shown.reverse()
    if not shown:
        return LeadPage(columns=columns, total=total)
    sort = LeadSort(query.sort)
    first, last = place_of(shown[0], sort), place_of(shown[-1], sort)
    has_next = more or backwards
    has_previous = more if backwards else place is not None
    return LeadPage(
        rows=tuple(lead_row(row, columns, labels, actor=actor, now=now) for row in shown),
        next_cursor=cursor_text(last) if has_next else "",
        previous_cursor=cursor_text(replace(first, backwards=True)) if has_previous else "",
        total=total,
        columns=columns,
    )
