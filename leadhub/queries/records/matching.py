"""What a record must fulfil to stand in its list: access, filters, search."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, true
from sqlalchemy.orm import Session

from leadhub.access import account_scope, activity_scope, contact_scope, opportunity_scope
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import ListQuery, SearchTerm, parse_search
from leadhub.domain.permissions import Right, require
from leadhub.models import Activity, Campaign, Opportunity
from leadhub.queries.filters import filters_condition, like_text
from leadhub.queries.records.sorting import MODELS
from leadhub.statements.text_search import count_up_to, holds_term, term_hits

MOST_LEADS = 2_000
OPEN_STATES = ("pending", "in_progress")
#: Up to so many hits are looked up by their ids; of more, each row of the walk is tested.
FEW = 2_000
#: The lists without a search index of their own, and what is searched there.
_TITLES: dict[Entity, Any] = {
    Entity.ACTIVITY: Activity.title_sort,
    Entity.CAMPAIGN: Campaign.name_sort,
}


def require_view(entity: Entity, actor: Actor) -> None:
    """Raises NotPermitted."""
    seen = {Entity.OPPORTUNITY: Right.VIEW_LEADS, Entity.ACTIVITY: Right.VIEW_LEADS}
    require(actor, seen.get(entity, Right.VIEW_CONTACTS))


def scope_of(entity: Entity, actor: Actor) -> ColumnElement[bool]:
    match entity:
        case Entity.OPPORTUNITY:
            return opportunity_scope(actor)
        case Entity.ACTIVITY:
            return activity_scope(actor)
        case Entity.ACCOUNT:
            return account_scope(actor)
    return contact_scope(actor)


def matching(session: Session, query: ListQuery, *, actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Raises NotPermitted."""
    require_view(query.entity, actor)
    model = MODELS[query.entity]
    filters = filters_condition(query, model, actor=actor, now=now, still_open=_still_open(query.entity))
    if asks_planned(query):
        filters = and_(filters, planned())
    return and_(scope_of(query.entity, actor), filters, _search(session, query))


def _still_open(entity: Entity) -> Callable[[], ColumnElement[bool]]:
    if entity is Entity.ACTIVITY:
        return planned
    if entity is Entity.OPPORTUNITY:
        return lambda: Opportunity.state.in_(OPEN_STATES)  # type: ignore[attr-defined]
    return true


def planned() -> ColumnElement[bool]:
    """Written out, so that the partial index on planned activities is seen to fit."""
    return literal_column("(activity.status = 'planned')")


def asks_planned(query: ListQuery) -> bool:
    """Whether every row is a planned activity, whoever's it is."""
    if query.entity is not Entity.ACTIVITY or query.any:
        return False
    needed = [one for group in query.groups for one in group.filters if len(group.filters) == 1]
    owned = any(one.field == "owner" for one in needed)
    return not owned and any(
        one.field == "status" and one.values == ("planned",) and one.operator == "is" for one in needed
    )


def _search(session: Session, query: ListQuery) -> ColumnElement[bool]:
    term = parse_search(query.search)
    if term.is_empty:
        return true()
    column = _TITLES.get(query.entity)
    if column is None:
        model = MODELS[query.entity]
        hits = term_hits(session, term, model)
        if hits is not None and count_up_to(session, hits, FEW) <= FEW:
            return and_(MODELS[query.entity].id.in_(hits), holds_term(session, term, model))  # type: ignore[union-attr]
        return holds_term(session, term, model)
    if term.prefix:
        end = term.prefix[:-1] + chr(ord(term.prefix[-1]) + 1)
        return and_(column >= term.prefix, column < end)
    found = and_(*(_holds(session, column, word) for word in term.words))
    if query.entity is Entity.ACTIVITY:
        return or_(found, *_of_leads(session, term))
    return found


def _holds(session: Session, column: Any, word: str) -> ColumnElement[bool]:
    if session.get_bind().dialect.name == "sqlite":
        return func.instr(column, word) > 0
    return column.like(f"%{like_text(word)}%", escape="\\")


def _of_leads(session: Session, term: SearchTerm) -> list[ColumnElement[bool]]:
    """Activities of a lead that holds the term, where an index finds such leads."""
    hits = term_hits(session, term)
    if hits is None:
        return []
    return [Activity.lead_id.in_(hits.limit(MOST_LEADS))]  # type: ignore[union-attr]
