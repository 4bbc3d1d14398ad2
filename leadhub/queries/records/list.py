"""One page of any list of records, found by keyset: the 500th costs what the first does."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from leadhub.db import now as clock
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import ListQuery
from leadhub.queries.labels import labels_of
from leadhub.queries.records.columns import chosen_columns, record_row, row_select
from leadhub.queries.records.matching import asks_planned, matching
from leadhub.queries.records.sorting import MODELS, Cursor, cursor_text, parse_cursor, phases, sort_of
from leadhub.queries.rows.records import RecordPage

MOST_ROWS = 200
PLANNED_INDEX = "ix_activity_planned_due_at_id"


def list_records(query: ListQuery, *, actor: Actor, cursor: str = "", limit: int = 50) -> RecordPage:
    """The rows from a cursor on, or the first ones; a junk cursor means the first. Raises NotPermitted."""
    limit = max(1, min(limit, MOST_ROWS))
    entity, columns = query.entity, chosen_columns(query)
    model: Any = MODELS[entity]
    sort = sort_of(entity, query.sort)
    place = parse_cursor(cursor, entity, query.sort)
    found: list[Any] = []
    with read_session() as session:
        labels = labels_of(session)
        condition = matching(session, query, actor=actor, now=clock())
        for phase in phases(entity, sort, descending=query.descending, cursor=place):
            ids = select(model.id).where(condition).order_by(*phase.order).limit(limit + 1 - len(found))
            if phase.condition is not None:
                ids = ids.where(phase.condition)
            if query.sort == "due_at" and not query.search and asks_planned(query):
                ids = ids.with_hint(model.__table__, f"INDEXED BY {PLANNED_INDEX}", "sqlite")
            inner = ids.subquery()
            rows = row_select(entity, columns, sort.column.label("sorted_by")).join(
                inner, inner.c.id == model.id
            )
            found.extend(session.execute(rows.order_by(*phase.order)).mappings())
            if len(found) > limit:
                break
    more = len(found) > limit
    page = found[:limit]
    backwards = place is not None and place.backwards
    if backwards:
        page.reverse()
    if not page:
        return RecordPage(columns=columns)
    first, last = (Cursor(query.sort, row["sorted_by"], row["id"]) for row in (page[0], page[-1]))
    return RecordPage(
        rows=tuple(record_row(entity, row, columns, labels) for row in page),
        next_cursor=cursor_text(last) if more or backwards else "",
        previous_cursor=(
            cursor_text(replace(first, backwards=True)) if (more if backwards else place is not None) else ""
        ),
        columns=columns,
    )


def count_records(query: ListQuery, *, actor: Actor) -> int:
    """How many records match: of all of them, exactly. Raises NotPermitted."""
    with read_session() as session:
        condition = matching(session, query, actor=actor, now=clock())
        return session.scalar(select(func.count()).select_from(MODELS[query.entity]).where(condition)) or 0
