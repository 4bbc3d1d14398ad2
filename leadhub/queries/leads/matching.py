"""What a lead must fulfil to stand in a list: access, filters, search."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnClause, ColumnElement, and_, literal_column, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.visitors import replacement_traverse

from leadhub.access import lead_scope
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import (
    Filter,
    FilterGroup,
    ListQuery,
    Operator,
    SearchTerm,
    fold_search,
    parse_search,
)
from leadhub.models import Lead
from leadhub.queries.filters import filter_condition, filters_condition
from leadhub.statements.text_search import holds_term

OPEN_STATES = frozenset({"pending", "in_progress"})
#: Fields of which a value is shared by few leads, and which have an index.
SELECTIVE = frozenset({"contact", "account", "campaign", "external_id"})


#: Dates with an index, which may be narrower than the sort's.
INDEXED_DATES = frozenset(
    {
        "created_at",
        "expected_completion_at",
        "next_follow_up_on",
        "last_activity_at",
        "updated_at",
        "actual_completion_at",
    }
)
#: Fields whose text is part of the search text.
SEARCHED = frozenset({"title", "contact_name", "account_name", "email"})


@dataclass(frozen=True)
class Matching:
    """The parts apart, because a plan may walk an index for one and look the other up."""

    scope: ColumnElement[bool]
    filters: ColumnElement[bool]
    term: SearchTerm
    open_only: bool = False
    selective: bool = False
    narrow: ColumnElement[bool] | None = None
    """A range of an indexed date that every row lies in."""
    narrow_term: SearchTerm | None = None
    """Words that every row's search text holds, because a filter on one of its fields says so."""

    @property
    def rows(self) -> ColumnElement[bool]:
        """Access and filters, without the search."""
        return and_(self.scope, self.filters)

    def every_walked(self, session: Session) -> ColumnElement[bool]:
        """The same, said so that PostgreSQL does not collect and sort all leads of an owner or a unit instead
        of walking the sort's index for fifty: an expression is in no index of its own."""
        condition = self.every(session)
        if session.get_bind().dialect.name == "sqlite":
            return condition
        return replacement_traverse(condition, {}, _as_expression)  # type: ignore[return-value]

    def every(self, session: Session) -> ColumnElement[bool]:
        """All of it as a test of one row."""
        if self.term.is_empty:
            return self.rows
        return and_(self.rows, holds_term(session, self.term))


def matching(query: ListQuery, *, actor: Actor, now: datetime) -> Matching:
    filters = filters_condition(query, Lead, actor=actor, now=now, still_open=still_open)
    required = _required(query)
    ranges = [one for one in required if one.field in INDEXED_DATES and one.field != query.sort]
    texts = [
        one
        for one in required
        if one.field in SEARCHED and one.operator in (Operator.IS, Operator.CONTAINS, Operator.STARTS_WITH)
    ]
    open_only = any(_means_open(one) for one in required)
    return Matching(
        scope=lead_scope(actor),
        filters=and_(filters, still_open()) if open_only else filters,
        term=parse_search(query.search),
        open_only=open_only,
        selective=any(
            one.field in SELECTIVE and one.operator in (Operator.IS, Operator.ONE_OF) for one in required
        ),
        narrow=next((_range(one, query, actor, now) for one in ranges if _is_range(one)), None),
        narrow_term=next((SearchTerm(tuple(fold_search(one.values[0]).split())) for one in texts), None),
    )


def _as_expression(part: Any, **_: Any) -> Any:
    if isinstance(part, ColumnClause) and part.name in ("owner_id", "unit_id"):
        return part + 0
    return None


def _is_range(one: Filter) -> bool:
    return one.operator not in (Operator.EMPTY, Operator.NOT_EMPTY)


def _range(one: Filter, query: ListQuery, actor: Actor, now: datetime) -> ColumnElement[bool]:
    return filter_condition(one, query, Lead, actor=actor, now=now, still_open=still_open)


def still_open() -> ColumnElement[bool]:
    """Written out, so that partial indexes on open leads are seen to fit."""
    return literal_column("(lead.state IN ('pending', 'in_progress'))")


def _required(query: ListQuery) -> list[Filter]:
    """The filters that every row fulfils."""
    if query.any:
        return []
    return [one for group in query.groups if _all_hold(group) for one in group.filters]


def _all_hold(group: FilterGroup) -> bool:
    return not group.any or len(group.filters) == 1


def _means_open(one: Filter) -> bool:
    if one.operator is Operator.OVERDUE:
        return True
    return (
        one.field == "state"
        and one.operator in (Operator.IS, Operator.ONE_OF)
        and set(one.values) <= OPEN_STATES
    )


__all__ = ["Matching", "matching", "still_open", "true"]
