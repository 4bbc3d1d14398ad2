"""How a page is found. Walking a sort's index costs 50 rows for everybody who sees much; collecting the hits
and sorting them costs what there is, for what is rare."""

from dataclasses import dataclass
from math import isqrt
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from leadhub.domain.list_query import LeadSort
from leadhub.queries.leads.counters import Estimate
from leadhub.queries.leads.matching import Matching
from leadhub.queries.leads.sorting import SORTS
from leadhub.statements.text_search import count_up_to, term_hits

_OPEN_SORTS = frozenset(
    {
        LeadSort.CREATED_AT,
        LeadSort.EXPECTED_COMPLETION_AT,
        LeadSort.NEXT_FOLLOW_UP_ON,
        LeadSort.LAST_ACTIVITY_AT,
    }
)


@dataclass(frozen=True)
class Plan:
    """`collect`: find all hits, sort them, cut. Else walk `index`. `hits` gives the ids of a rare search."""

    collect: bool
    index: str = ""
    hits: Select[Any] | None = None


def plan_page(session: Session, wanted: Matching, sort: LeadSort, known: Estimate) -> Plan:
    index = SORTS[sort].index
    if wanted.open_only and sort in _OPEN_SORTS:
        index = index.replace("ix_lead_", "ix_lead_open_")
    if not wanted.term.is_empty:
        hits = term_hits(session, wanted.term)
        # walking meets a hit every everything / hits rows, collecting reads each: equal at the square root
        most = max(500, isqrt(50 * known.everything * max(1, known.everything // max(known.within, 1)) // 4))
        most = min(most, 10_000)
        if hits is not None and count_up_to(session, hits, most) <= most:
            return Plan(True, hits=hits)
    if wanted.selective:
        return Plan(True)
    if known.within * known.within < 3 * known.everything:
        return Plan(True)
    return Plan(False, index=index)
