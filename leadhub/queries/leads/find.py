"""Rows of one page or chunk, by whichever way is the cheaper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from leadhub.domain.actor import Actor
from leadhub.domain.list_query import LeadSort, ListQuery
from leadhub.queries.labels import Labels
from leadhub.queries.leads.counters import estimate, owners_within
from leadhub.queries.leads.matching import matching
from leadhub.queries.leads.pages import collect_page, walk_owners, walk_page
from leadhub.queries.leads.plan import plan_page
from leadhub.queries.leads.sorting import Cursor


def find_rows(
    session: Session,
    query: ListQuery,
    columns: Sequence[str],
    labels: Labels,
    *,
    place: Cursor | None,
    need: int,
    actor: Actor,
    now: datetime,
) -> tuple[list[Any], int | None]:
    """Up to `need` rows on the far side of the cursor, nearest first; the total where it is free."""
    sort = LeadSort(query.sort)
    wanted = matching(query, actor=actor, now=now)
    known = estimate(session, query, actor=actor)
    if known.totals is not None and known.totals.count == 0:
        return [], 0
    plan = plan_page(session, wanted, sort, known)
    total = known.totals.count if known.totals is not None else None
    order = labels.users_by_name() if sort is LeadSort.OWNER else []
    if plan.collect:
        found, collected = collect_page(
            session, wanted, query, plan, columns, place=place, need=need, order=order
        )
        return found, total if total is not None else collected
    if sort is LeadSort.OWNER:
        counts = owners_within(session, query, actor=actor)
        found = walk_owners(
            session, wanted, query, columns, place=place, need=need, order=order, counts=counts
        )
        return found, total
    return walk_page(session, wanted, query, plan, columns, place=place, need=need), total
