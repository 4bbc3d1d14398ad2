"""How a page is found. Walking a sort's index costs 50 rows for everybody who sees much; collecting the hits
and sorting them costs what there is, for what is rare."""

from dataclasses import dataclass
from math import isqrt
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from leadhub.domain.list_query import LeadSort
from leadhub.models import Lead
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
    hits = _narrowest(session, wanted)
    if hits is not None:
        # walking meets a hit every everything / hits rows, collecting reads each: equal at the square root
        most = max(500, isqrt(50 * known.everything * max(1, known.everything // max(known.within, 1)) // 4))
        most = min(most, 10_000)
        if count_up_to(session, hits, most) <= most:
            return Plan(True, hits=hits)
    if wanted.selective:
        return Plan(True)
    if known.within * known.within < 3 * known.everything:
        return Plan(True)
    return Plan(False, index=index)


def _narrowest(session: Session, wanted: Matching) -> Select[Any] | None:
    """The ids that one index gives for the part of the query that is likely the rarest."""
    if not wanted.term.is_empty:
        return term_hits(session, wanted.term)
    if wanted.narrow_term is not None and not wanted.narrow_term.is_empty:
        return term_hits(session, wanted.narrow_term)
    if wanted.narrow is not None:
        return select(Lead.id).where(wanted.narrow)
    return None
