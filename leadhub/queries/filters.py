"""A list's filters as SQL. Keys come through the registry, never straight from a client."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, false, func, or_, true
from sqlmodel import SQLModel

from leadhub.domain.actor import Actor
from leadhub.domain.fields import FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query import ME, MINE, Filter, ListQuery, Operator, fold_search
from leadhub.domain.list_query.dates import day_range, start_of, today_in
from leadhub.domain.list_query.operators import DATE_KINDS, REFERENCE_KINDS, TEXT_KINDS

O = Operator  # noqa: E741
#: Column → the folded column kept for sorting, which also compares without case.
FOLDED = {
    "title": "title_sort",
    "account_name": "account_sort",
    "contact_name": "contact_sort",
    "name": "name_sort",
}
#: How much of the text a folded column holds.
FOLDED_LENGTH = 80


def filters_condition(
    query: ListQuery,
    model: type[SQLModel],
    *,
    actor: Actor,
    now: datetime,
    still_open: Callable[[], ColumnElement[bool]],
) -> ColumnElement[bool]:
    """What every row of the list must fulfil, search and access apart."""
    groups = []
    for group in query.groups:
        parts = [
            filter_condition(one, query, model, actor=actor, now=now, still_open=still_open)
            for one in group.filters
        ]
        groups.append(or_(*parts) if group.any else and_(*parts))
    if not groups:
        return true()
    return or_(*groups) if query.any else and_(*groups)


def filter_condition(
    one: Filter,
    query: ListQuery,
    model: type[SQLModel],
    *,
    actor: Actor,
    now: datetime,
    still_open: Callable[[], ColumnElement[bool]],
) -> ColumnElement[bool]:
    spec = fields_of(query.entity)[one.field]
    columns = model.__table__.columns  # type: ignore[attr-defined]
    column: Column[Any] = columns[spec.column]
    if one.operator in (O.EMPTY, O.NOT_EMPTY):
        empty = column == "" if spec.kind in TEXT_KINDS and not column.nullable else column.is_(None)
        if spec.kind in TEXT_KINDS and column.nullable:
            empty = or_(column.is_(None), column == "")
        return empty if one.operator is O.EMPTY else ~empty
    if spec.kind in TEXT_KINDS:
        return _text_condition(one, spec, column, columns)
    if spec.kind in DATE_KINDS:
        return _date_condition(one, spec, column, actor=actor, now=now, still_open=still_open)
    if spec.kind in REFERENCE_KINDS:
        return _reference_condition(one, column, actor)
    if spec.kind in (FieldKind.CHOICE, FieldKind.STAGE):
        return _in_condition(one, column, list(one.values))
    if spec.kind is FieldKind.BOOLEAN:
        return column.is_(one.values[0] == "true")
    return _number_condition(one, column)


def like_text(text: str) -> str:
    """Text that LIKE takes as it is, with backslash as the escape."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _text_condition(one: Filter, spec: FieldSpec, column: Any, columns: Any) -> ColumnElement[bool]:
    value = one.values[0]
    folded = columns.get(FOLDED.get(spec.column, ""))
    lowered = func.lower(column)
    pattern = {O.CONTAINS: "%{}%", O.NOT_CONTAINS: "%{}%", O.STARTS_WITH: "{}%"}.get(one.operator)
    if pattern is None:
        if folded is not None and len(value) < FOLDED_LENGTH:
            same = folded == fold_search(value)
        else:
            same = lowered == value.lower()
        return same if one.operator is O.IS else or_(~same, column.is_(None))
    found = lowered.like(pattern.format(like_text(value.lower())), escape="\\")
    if folded is not None:
        text = pattern.format(like_text(fold_search(value)))
        found = or_(folded.like(text, escape="\\"), found)
    if one.operator is O.NOT_CONTAINS:
        return or_(~found, column.is_(None))
    return found


def _date_condition(
    one: Filter,
    spec: FieldSpec,
    column: Any,
    *,
    actor: Actor,
    now: datetime,
    still_open: Callable[[], ColumnElement[bool]],
) -> ColumnElement[bool]:
    moment = spec.kind is FieldKind.DATETIME
    if one.operator is O.OVERDUE and moment:
        return and_(column < now, still_open())
    start, end = day_range(one.operator, one.values, today_in(now, actor.time_zone))

    def bound(day: date) -> Any:
        return start_of(day, actor.time_zone) if moment else day

    parts = []
    if start is not None:
        parts.append(column >= bound(start))
    if end is not None:
        parts.append(column < bound(end))
    if one.operator is O.OVERDUE:
        parts.append(still_open())
    return and_(*parts)


def _reference_condition(one: Filter, column: Any, actor: Actor) -> ColumnElement[bool]:
    ids: list[int] = []
    for value in one.values:
        if value == ME:
            ids.extend([actor.user_id] if actor.user_id is not None else [])
        elif value == MINE:
            ids.extend(sorted(actor.unit_ids | actor.group_unit_ids))
        else:
            ids.append(int(value))
    return _in_condition(one, column, ids)


def _in_condition(one: Filter, column: Any, values: list[Any]) -> ColumnElement[bool]:
    negative = one.operator in (O.IS_NOT, O.NONE_OF)
    if not values:
        return true() if negative else false()
    same = column == values[0] if len(values) == 1 else column.in_(values)
    return or_(~same, column.is_(None)) if negative else same


def _number_condition(one: Filter, column: Any) -> ColumnElement[bool]:
    values = [int(value) for value in one.values]
    match one.operator:
        case O.IS:
            return column == values[0]
        case O.IS_NOT:
            return or_(column != values[0], column.is_(None))
        case O.LESS:
            return column < values[0]
        case O.AT_MOST:
            return column <= values[0]
        case O.MORE:
            return column > values[0]
        case O.AT_LEAST:
            return column >= values[0]
    return and_(column >= min(values), column <= max(values))
