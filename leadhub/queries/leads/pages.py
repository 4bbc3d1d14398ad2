"""The two ways to one page: walk an index, or collect the hits and sort them."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from leadhub.domain.list_query import LeadSort, ListQuery
from leadhub.models import Lead
from leadhub.queries.leads.columns import row_select
from leadhub.queries.leads.matching import Matching
from leadhub.queries.leads.plan import Plan
from leadhub.queries.leads.sorting import SORTS, Cursor, phases

_TABLE = Lead.__table__  # type: ignore[attr-defined]


def walk_page(
    session: Session,
    wanted: Matching,
    query: ListQuery,
    plan: Plan,
    columns: Sequence[str],
    *,
    place: Cursor | None,
    need: int,
) -> list[Any]:
    """Up to `need` rows from the cursor on, in the cursor's direction: at most two statements."""
    sort = SORTS[LeadSort(query.sort)]
    walk_only(session)
    condition = wanted.every_walked(session)
    found: list[Any] = []
    for phase in phases(sort, descending=query.descending, cursor=place):
        ids = select(Lead.id).where(condition).order_by(*phase.order).limit(need - len(found))
        if phase.condition is not None:
            ids = ids.where(phase.condition)
        if plan.index:
            ids = ids.with_hint(_TABLE, f"INDEXED BY {plan.index}", "sqlite")
        inner = ids.subquery()
        rows = row_select(columns, sort.column.label("sorted_by")).join(inner, inner.c.id == Lead.id)
        found.extend(session.execute(rows.order_by(*phase.order)).mappings())
        if len(found) >= need:
            break
    return found


def walk_only(session: Session) -> None:
    """PostgreSQL thinks bitmaps cheaper than they are: none for the rest of this transaction."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET LOCAL enable_bitmapscan = off"))


def walk_owners(
    session: Session,
    wanted: Matching,
    query: ListQuery,
    columns: Sequence[str],
    *,
    place: Cursor | None,
    need: int,
    order: Sequence[int],
    counts: dict[int | None, int],
) -> list[Any]:
    """The same by owner's name: each owner's leads in turn, owners without any left out, no owner last."""
    backwards = place is not None and place.backwards
    down = query.descending != backwards
    owners: list[int | None] = [user_id for user_id in order if counts.get(user_id)]
    if query.descending:
        owners.reverse()
    if counts.get(None):
        owners.append(None)
    if backwards:
        owners.reverse()
    first: ColumnElement[bool] | None = None
    if place is not None and place.value in owners:
        owners = owners[owners.index(place.value) :]
        first = Lead.id < place.lead_id if down else Lead.id > place.lead_id  # type: ignore[assignment]
    condition = wanted.every(session)
    found: list[Any] = []
    for chunk in _chunks(owners, counts, need):
        missing = need - len(found)
        parts = []
        for owner in chunk:
            rank = owners.index(owner)
            part = (
                select(Lead.id, number(rank).label("rank"))
                .where(condition, Lead.owner_id.is_(None) if owner is None else Lead.owner_id == owner)  # type: ignore[union-attr]
                .order_by(Lead.id.desc() if down else Lead.id.asc())  # type: ignore[union-attr]
                .limit(missing)
            )
            if first is not None and rank == 0:
                part = part.where(first)
            part = part.with_hint(_TABLE, "INDEXED BY ix_lead_owner_id_id", "sqlite")
            parts.append(select(part.subquery()))
        every = union_all(*parts).subquery()
        rows = row_select(columns, Lead.owner_id.label("sorted_by")).join(every, every.c.id == Lead.id)  # type: ignore[union-attr]
        ordered = rows.order_by(every.c.rank, Lead.id.desc() if down else Lead.id.asc()).limit(missing)  # type: ignore[union-attr]
        found.extend(session.execute(ordered).mappings())
        if len(found) >= need:
            break
    return found


def number(value: int) -> Any:
    return literal_column(str(int(value)))


def _chunks(
    owners: Sequence[int | None], counts: dict[int | None, int], need: int
) -> Iterator[Sequence[int | None]]:
    """First as many owners as could fill the page, then ever more at once."""
    start, size, room = 0, 0, need
    for owner in owners[:20]:
        size += 1
        room -= counts[owner]
        if room <= 0 and size > 1:
            break
    while start < len(owners):
        yield owners[start : start + size]
        start, size = start + size, min(size * 4, 60)


def collect_page(
    session: Session,
    wanted: Matching,
    query: ListQuery,
    plan: Plan,
    columns: Sequence[str],
    *,
    place: Cursor | None,
    need: int,
    order: Sequence[int],
) -> tuple[list[Any], int | None]:
    """The rows and how many hits there are in all (None past the last row), in one statement."""
    sort = SORTS[LeadSort(query.sort)]
    key: Any = sort.column
    value = place.value if place is not None else None
    if sort.column is Lead.owner_id:
        ranks = {user_id: rank for rank, user_id in enumerate(order)}
        key = case(ranks, value=Lead.owner_id, else_=None) if ranks else Lead.owner_id
        value = ranks.get(value)
    empty = case((sort.is_empty, 1), else_=0) if sort.has_empty else number(0)
    hits_select = select(Lead.id, key.label("sorted_by"), empty.label("is_empty"))
    hits_select = matching_rows(hits_select, wanted, plan, session)
    hits = hits_select.cte("hits").prefix_with("MATERIALIZED")
    backwards = place is not None and place.backwards
    down = query.descending != backwards
    total = select(func.count()).select_from(hits).scalar_subquery()
    page: Select[Any] = select(hits.c.id, hits.c.sorted_by, hits.c.is_empty, total.label("total"))
    if place is not None:
        page = page.where(_beyond(hits, place, value, down))
    ordering = [
        hits.c.is_empty.desc() if backwards else hits.c.is_empty.asc(),
        *(column.desc() if down else column.asc() for column in (hits.c.sorted_by, hits.c.id)),
    ]
    if not sort.has_empty:
        ordering = ordering[1:]
    cut = page.order_by(*ordering).limit(need).subquery()
    rows = row_select(columns, sort.column.label("sorted_by"), cut.c.total).join(cut, cut.c.id == Lead.id)
    again = [
        cut.c.is_empty.desc() if backwards else cut.c.is_empty.asc(),
        *(column.desc() if down else column.asc() for column in (cut.c.sorted_by, cut.c.id)),
    ]
    found = list(session.execute(rows.order_by(*again)).mappings())
    if found:
        return found, int(found[0]["total"])
    return [], 0 if place is None else None


def matching_rows(statement: Select[Any], wanted: Matching, plan: Plan, session: Session) -> Select[Any]:
    """The statement over exactly the rows that match, reading the search's hits alone where they are few."""
    statement = statement.where(wanted.every(session))
    if plan.hits is None:
        return statement
    # with any other index SQLite would ask the search once for each row
    return statement.where(Lead.id.in_(plan.hits)).with_hint(_TABLE, "NOT INDEXED", "sqlite")  # type: ignore[union-attr]


def _beyond(hits: Any, place: Cursor, value: Any, down: bool) -> ColumnElement[bool]:
    """The hits on the far side of the cursor; the empty ones stand at the end."""
    by_id = hits.c.id < place.lead_id if down else hits.c.id > place.lead_id
    in_empty = and_(hits.c.is_empty == 1, by_id)
    if place.value is None or value is None:
        return or_(in_empty, hits.c.is_empty == 0) if place.backwards else in_empty
    here = tuple_(hits.c.sorted_by, hits.c.id)
    there = (value, place.lead_id)
    filled = and_(hits.c.is_empty == 0, here < there if down else here > there)
    return filled if place.backwards else or_(filled, hits.c.is_empty == 1)
