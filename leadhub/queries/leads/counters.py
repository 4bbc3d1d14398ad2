"""Totals from the counters: instant and exact for whatever only asks for their columns."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select, true
from sqlalchemy.orm import Session

from leadhub.access import lead_scope
from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, fields_of
from leadhub.domain.list_query import ME, MINE, Filter, ListQuery, Operator
from leadhub.models import LeadCounter
from leadhub.queries.rows.leads import LeadTotals

_FIELDS = {
    "lead_type": LeadCounter.lead_type_id,
    "stage": LeadCounter.stage_key,
    "state": LeadCounter.state,
    "owner": LeadCounter.owner_id,
    "unit": LeadCounter.unit_id,
    "group": LeadCounter.group_id,
}
#: Lowest score of a band → that band and those above it.
_BANDS = {80: ("high",), 50: ("high", "medium"), 1: ("high", "medium", "low")}
_OWNERSHIP = frozenset({"owner", "unit", "group"})


def counted_condition(query: ListQuery, actor: Actor) -> ColumnElement[bool] | None:
    """The filters on the counters' columns; None if the query asks for anything else."""
    if query.search:
        return None
    groups = []
    for group in query.groups:
        parts = [_condition(one, actor) for one in group.filters]
        if any(part is None for part in parts):
            return None
        kept = [part for part in parts if part is not None]
        groups.append(or_(*kept) if group.any else and_(*kept))
    if not groups:
        return true()
    return or_(*groups) if query.any else and_(*groups)


@dataclass(frozen=True)
class Estimate:
    """`everything`: all leads; `within`: those that access and owner filters leave; `totals`: exactly those
    that match, if the counters can say."""

    everything: int
    within: int
    totals: LeadTotals | None


def estimate(session: Session, query: ListQuery, *, actor: Actor) -> Estimate:
    """One short statement over a few thousand rows at most."""
    scope = lead_scope(actor, LeadCounter)
    owned = and_(scope, _ownership(query, actor))
    counted = counted_condition(query, actor)
    matching = and_(scope, counted) if counted is not None else false()
    row = session.execute(
        select(
            func.coalesce(func.sum(LeadCounter.lead_count), 0),
            func.coalesce(func.sum(case((owned, LeadCounter.lead_count), else_=0)), 0),
            func.coalesce(func.sum(case((matching, LeadCounter.lead_count), else_=0)), 0),
            func.coalesce(func.sum(case((matching, LeadCounter.amount_minor), else_=0)), 0),
        )
    ).one()
    everything, within, count, amount = (int(value) for value in row)
    return Estimate(everything, within, None if counted is None else LeadTotals(count, amount))


def totals_by(session: Session, query: ListQuery, by: Any, *, actor: Actor) -> dict[Any, LeadTotals] | None:
    """Totals for each value of a counter column; None if the counters cannot say."""
    counted = counted_condition(query, actor)
    if counted is None:
        return None
    rows = session.execute(
        select(by, func.sum(LeadCounter.lead_count), func.sum(LeadCounter.amount_minor))
        .where(lead_scope(actor, LeadCounter), counted)
        .group_by(by)
    )
    return {value: LeadTotals(int(count), int(amount)) for value, count, amount in rows}


def owners_within(session: Session, query: ListQuery, *, actor: Actor) -> dict[int | None, int]:
    """Owner → how many leads access and owner filters leave, and the others where the counters have them."""
    counted = counted_condition(query, actor)
    rows = session.execute(
        select(LeadCounter.owner_id, func.sum(LeadCounter.lead_count))
        .where(lead_scope(actor, LeadCounter), counted if counted is not None else _ownership(query, actor))
        .group_by(LeadCounter.owner_id)
    )
    return {owner: int(count) for owner, count in rows if count}


def _ownership(query: ListQuery, actor: Actor) -> ColumnElement[bool]:
    if query.any:
        return true()
    parts = []
    for group in query.groups:
        if group.any:
            continue
        for one in group.filters:
            made = _condition(one, actor) if one.field in _OWNERSHIP else None
            if made is not None:
                parts.append(made)
    return and_(true(), *parts)


def _condition(one: Filter, actor: Actor) -> ColumnElement[bool] | None:
    if one.field == "score" and one.operator is Operator.AT_LEAST:
        bands = _BANDS.get(int(one.values[0]))
        return None if bands is None else LeadCounter.score_band.in_(bands)  # type: ignore[attr-defined]
    column: Any = _FIELDS.get(one.field)
    if column is None:
        return None
    match one.operator:
        case Operator.EMPTY:
            return column.is_(None)
        case Operator.NOT_EMPTY:
            return column.is_not(None)
        case Operator.IS | Operator.ONE_OF:
            return column.in_(_values(one, actor))
        case Operator.IS_NOT | Operator.NONE_OF:
            return or_(column.not_in(_values(one, actor)), column.is_(None))
    return None


def _values(one: Filter, actor: Actor) -> list[Any]:
    if fields_of(Entity.LEAD)[one.field].column in ("stage_key", "state"):
        return list(one.values)
    values: list[int] = []
    for value in one.values:
        if value == ME:
            values.extend([] if actor.user_id is None else [actor.user_id])
        elif value == MINE:
            values.extend(sorted(actor.unit_ids | actor.group_unit_ids))
        else:
            values.append(int(value))
    return values
