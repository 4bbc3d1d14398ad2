"""What a list shows: search, filters, sort and columns. The same value is a screen's URL and a saved view."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from leadhub.domain.fields import Entity, FieldKind, FieldSpec, fields_of
from leadhub.domain.list_query.operators import (
    DATE_KINDS,
    DAYS,
    NUMBER_KINDS,
    REFERENCE_KINDS,
    TEXT_KINDS,
    Operator,
    arity_of,
    operators_of,
)

ME = "me"
MINE = "mine"
MOST_GROUPS = 10
MOST_FILTERS = 30
MOST_SEARCH = 100
MOST_COLUMNS = 40
_MOST_TEXT = 200
_LIMIT = 9_000_000_000_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_KEY = re.compile(r"[a-z0-9_]{1,60}")
_VIEW = re.compile(r"[a-z0-9_]{1,30}")


class LeadSort(StrEnum):
    """The sorts of the lead list, each with an index that ends in the id."""

    NUMBER = "number"
    TITLE = "title"
    STAGE = "stage"
    SCORE = "score"
    CONTACT_NAME = "contact_name"
    ACCOUNT_NAME = "account_name"
    OWNER = "owner"
    PRIORITY = "priority"
    TARGET_AMOUNT = "target_amount"
    CREATED_AT = "created_at"
    EXPECTED_COMPLETION_AT = "expected_completion_at"
    NEXT_FOLLOW_UP_ON = "next_follow_up_on"
    LAST_ACTIVITY_AT = "last_activity_at"
    UPDATED_AT = "updated_at"
    ACTUAL_COMPLETION_AT = "actual_completion_at"


@dataclass(frozen=True)
class Filter:
    """One condition: field key, operator, values as canonical text (ids, ISO dates, minor units)."""

    field: str
    operator: Operator
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class FilterGroup:
    """Conditions of which all hold, or any."""

    filters: tuple[Filter, ...]
    any: bool = False


@dataclass(frozen=True, kw_only=True)
class ListQuery:
    """Which rows of an entity in which order; `view` names the saved or shipped view it came from.

    Build one with `list_query`, which leaves out what does not exist.
    """

    entity: Entity
    search: str = ""
    groups: tuple[FilterGroup, ...] = ()
    any: bool = False
    sort: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()
    view: str = ""

    def with_search(self, text: str) -> Self:
        return replace(self, search=clean_search(text))

    def with_sort(self, key: str, *, descending: bool = False) -> Self:
        """Raises nothing: an unknown key leaves the order as it is."""
        if key not in sort_keys(self.entity):
            return self
        return replace(self, sort=key, descending=descending)

    def with_filter(self, field: str, operator: Operator | str, values: Iterable[object] = ()) -> Self:
        """One more condition that must hold as well; an impossible one is left out."""
        made = clean_filter(self.entity, field, operator, values)
        if made is None:
            return self
        if self.any and self.groups:
            return self
        return replace(self, any=False, groups=(*self.groups, FilterGroup((made,)))[:MOST_GROUPS])

    @property
    def is_plain(self) -> bool:
        """Nothing asked for: every row that one may see."""
        return not self.search and not self.groups

    @property
    def filter_count(self) -> int:
        return sum(len(group.filters) for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class LeadListQuery(ListQuery):
    entity: Entity = Entity.LEAD
    sort: str = LeadSort.CREATED_AT.value
    descending: bool = True


_DEFAULT_SORT = {
    Entity.LEAD: ("created_at", True),
    Entity.CONTACT: ("name", False),
    Entity.ACCOUNT: ("name", False),
    Entity.OPPORTUNITY: ("number", True),
    Entity.ACTIVITY: ("due_at", False),
    Entity.CAMPAIGN: ("name", False),
}


def empty_query(entity: Entity) -> ListQuery:
    sort, descending = _DEFAULT_SORT[entity]
    if entity is Entity.LEAD:
        return LeadListQuery()
    return ListQuery(entity=entity, sort=sort, descending=descending)


def sort_keys(entity: Entity) -> tuple[str, ...]:
    return tuple(key for key, spec in fields_of(entity).items() if spec.sortable)


def list_query(
    entity: Entity,
    *,
    search: str = "",
    groups: Iterable[FilterGroup] = (),
    any: bool = False,
    sort: str = "",
    descending: bool | None = None,
    columns: Iterable[str] = (),
    view: str = "",
) -> ListQuery:
    """A query of what exists: unknown fields, operators and values are left out, lengths are bounded."""
    made = empty_query(entity)
    kept: list[FilterGroup] = []
    room = MOST_FILTERS
    for group in groups:
        cleaned = (clean_filter(entity, f.field, f.operator, f.values) for f in group.filters)
        filters = tuple(f for f in cleaned if f is not None)[:room]
        room -= len(filters)
        if filters:
            kept.append(FilterGroup(filters, any=group.any and len(filters) > 1))
    fields = fields_of(entity)
    if sort not in sort_keys(entity):
        sort, descending = made.sort, made.descending
    return replace(
        made,
        search=clean_search(search),
        groups=tuple(kept[:MOST_GROUPS]),
        any=any and len(kept[:MOST_GROUPS]) > 1,
        sort=sort,
        descending=bool(descending),
        columns=tuple(dict.fromkeys(key for key in columns if key in fields))[:MOST_COLUMNS],
        view=view if _VIEW.fullmatch(view) else "",
    )


def clean_search(text: object) -> str:
    if not isinstance(text, str):
        return ""
    readable = text.encode("utf-8", "ignore").decode()
    return " ".join(_CONTROL.sub(" ", readable).split())[:MOST_SEARCH].strip()


def clean_filter(
    entity: Entity, field: object, operator: object, values: Iterable[object] = ()
) -> Filter | None:
    """The condition in canonical form, or None where the field, the operator or a value does not exist."""
    spec = fields_of(entity).get(field) if isinstance(field, str) else None
    if spec is None or not spec.filterable:
        return None
    try:
        chosen = Operator(str(operator))
    except ValueError:
        return None
    if chosen not in operators_of(spec.kind):
        return None
    least, most = arity_of(chosen)
    cleaned: list[str] = []
    if most:
        for value in values:
            text = _clean_value(spec, chosen, value)
            if text is None:
                return None
            if text not in cleaned or chosen is Operator.BETWEEN:
                cleaned.append(text)
    if not least <= len(cleaned) <= most:
        return None
    return Filter(spec.key, chosen, tuple(cleaned))


def _clean_value(spec: FieldSpec, operator: Operator, value: object) -> str | None:
    if not isinstance(value, str | int | date) or isinstance(value, float):
        return None
    text = clean_search(value if isinstance(value, str) else str(value))[:_MOST_TEXT]
    if not text:
        return None
    if operator in DAYS:
        number = _whole(text)
        return number if number is not None and 0 <= int(number) <= 9999 else None
    kind = spec.kind
    if kind in TEXT_KINDS:
        return text
    if kind in NUMBER_KINDS:
        return _whole(text)
    if kind in DATE_KINDS:
        try:
            return date.fromisoformat(text[:10]).isoformat()
        except ValueError:
            return None
    if kind in REFERENCE_KINDS:
        if (text == ME and kind is FieldKind.USER) or (text == MINE and kind is FieldKind.UNIT):
            return text
        number = _whole(text)
        return number if number is not None and int(number) > 0 else None
    if kind is FieldKind.CHOICE:
        return text if text in spec.choices else None
    if kind is FieldKind.STAGE:
        return text if _KEY.fullmatch(text) else None
    if kind is FieldKind.BOOLEAN:
        text = text.lower()
        return text if text in ("true", "false") else None
    return None


def _whole(text: str) -> str | None:
    try:
        number = int(text) if text.isascii() and len(text) <= 20 else None
    except ValueError:
        return None
    return None if number is None or abs(number) > _LIMIT else str(number)
