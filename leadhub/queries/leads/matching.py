"""What a lead must fulfil to stand in a list: access, filters, search."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal_column, true
from sqlalchemy.orm import Session

from leadhub.access import lead_scope
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import ListQuery, SearchTerm, parse_search
from leadhub.models import Lead
from leadhub.queries.filters import filters_condition
from leadhub.statements.lead_search import holds_term


@dataclass(frozen=True)
class Matching:
    """The parts apart, because a plan may walk an index for one and look the other up."""

    scope: ColumnElement[bool]
    filters: ColumnElement[bool]
    term: SearchTerm

    def every(self, session: Session) -> ColumnElement[bool]:
        """All of it as a test of one row."""
        parts = [self.scope, self.filters]
        if not self.term.is_empty:
            parts.append(holds_term(session, self.term))
        return and_(true(), *parts)


def matching(query: ListQuery, *, actor: Actor, now: datetime) -> Matching:
    return Matching(
        scope=lead_scope(actor),
        filters=filters_condition(query, Lead, actor=actor, now=now, still_open=still_open),
        term=parse_search(query.search),
    )


def still_open() -> ColumnElement[bool]:
    """Written out, so that partial indexes on open leads are seen to fit."""
    return literal_column("lead.state IN ('pending', 'in_progress')")
