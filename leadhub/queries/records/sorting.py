"""Each sort of the record lists with its column. Empty values come last in both directions."""

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Date, String, tuple_

from leadhub.domain.fields import Entity
from leadhub.models import Account, Activity, Campaign, Contact, Opportunity, Record
from leadhub.models.base import UtcDateTime

MODELS: dict[Entity, type[Record]] = {
    Entity.CONTACT: Contact,
    Entity.ACCOUNT: Account,
    Entity.OPPORTUNITY: Opportunity,
    Entity.ACTIVITY: Activity,
    Entity.CAMPAIGN: Campaign,
}


@dataclass(frozen=True)
class RecordSort:
    """`empty` is the value that counts as empty beside NULL; `has_empty` is false where none can be."""

    column: Any
    empty: str | None = None
    has_empty: bool = True

    @property
    def is_empty(self) -> ColumnElement[bool]:
        return self.column.is_(None) if self.empty is None else self.column == self.empty

    @property
    def is_filled(self) -> ColumnElement[bool]:
        return self.column.is_not(None) if self.empty is None else self.column > self.empty


_SORTS: dict[tuple[Entity, str], RecordSort] = {
    (Entity.CONTACT, "name"): RecordSort(Contact.name_sort, has_empty=False),
    (Entity.CONTACT, "created_at"): RecordSort(Contact.created_at, has_empty=False),
    (Entity.ACCOUNT, "name"): RecordSort(Account.name_sort, has_empty=False),
    (Entity.ACCOUNT, "created_at"): RecordSort(Account.created_at, has_empty=False),
    (Entity.OPPORTUNITY, "number"): RecordSort(Opportunity.id, has_empty=False),
    (Entity.OPPORTUNITY, "title"): RecordSort(Opportunity.title_sort, has_empty=False),
    (Entity.OPPORTUNITY, "stage"): RecordSort(Opportunity.stage_position, has_empty=False),
    (Entity.OPPORTUNITY, "amount"): RecordSort(Opportunity.amount_minor),
    (Entity.OPPORTUNITY, "expected_close_on"): RecordSort(Opportunity.expected_close_on),
    (Entity.OPPORTUNITY, "created_at"): RecordSort(Opportunity.created_at, has_empty=False),
    (Entity.ACTIVITY, "title"): RecordSort(Activity.title_sort, has_empty=False),
    (Entity.ACTIVITY, "due_at"): RecordSort(Activity.due_at),
    (Entity.ACTIVITY, "created_at"): RecordSort(Activity.created_at, has_empty=False),
    (Entity.CAMPAIGN, "name"): RecordSort(Campaign.name_sort, has_empty=False),
    (Entity.CAMPAIGN, "starts_on"): RecordSort(Campaign.starts_on),
    (Entity.CAMPAIGN, "created_at"): RecordSort(Campaign.created_at, has_empty=False),
}


def sort_of(entity: Entity, key: str) -> RecordSort:
    """Raises KeyError for a field that is no sort; a query from `list_query` never holds one."""
    return _SORTS[entity, key]


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: the row beside it, and the direction in which to go on."""

    sort: str
    value: Any
    """None in the empty part."""
    record_id: int
    backwards: bool = False


@dataclass(frozen=True)
class Phase:
    """One range that is walked: the filled part or the empty one."""

    condition: ColumnElement[bool] | None
    order: tuple[Any, ...]


def phases(entity: Entity, sort: RecordSort, *, descending: bool, cursor: Cursor | None) -> list[Phase]:
    """The ranges to walk one after the other until the page is full, from the cursor on."""
    record_id: Any = MODELS[entity].id
    backwards = cursor is not None and cursor.backwards
    down = descending != backwards
    by_id = sort.column is record_id
    order = _ordered((record_id,) if by_id else (sort.column, record_id), down)
    in_empty = cursor is not None and cursor.value is None and sort.has_empty

    def after() -> ColumnElement[bool] | None:
        if cursor is None:
            return None
        if by_id or in_empty:
            return record_id < cursor.record_id if down else record_id > cursor.record_id
        pair, here = tuple_(sort.column, record_id), (cursor.value, cursor.record_id)
        return pair < here if down else pair > here

    if not sort.has_empty:
        return [Phase(after(), order)]
    main = Phase(_joined(sort.is_filled, None if in_empty else after()), order)
    tail = Phase(_joined(sort.is_empty, after() if in_empty else None), _ordered((record_id,), down))
    if backwards:
        return [tail, main] if in_empty else [main]
    return [tail] if in_empty else [main, tail]


def _joined(*conditions: ColumnElement[bool] | None) -> ColumnElement[bool] | None:
    given = [condition for condition in conditions if condition is not None]
    if not given:
        return None
    return given[0] if len(given) == 1 else given[0] & given[1]


def _ordered(columns: tuple[Any, ...], down: bool) -> tuple[Any, ...]:
    return tuple(column.desc() if down else column.asc() for column in columns)


def cursor_text(cursor: Cursor) -> str:
    """Short text for a URL."""
    value = cursor.value
    if isinstance(value, datetime | date):
        value = value.isoformat()
    raw = orjson.dumps([cursor.sort, value, cursor.record_id, int(cursor.backwards)])
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parse_cursor(text: str, entity: Entity, key: str) -> Cursor | None:
    """The place that a text names; None for junk, or for one of another sort."""
    if not isinstance(text, str) or not text or len(text) > 600:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        given, value, record_id, backwards = orjson.loads(raw)
    except (ValueError, TypeError, binascii.Error):
        return None
    if given != key or type(record_id) is not int or backwards not in (0, 1):
        return None
    if not 0 <= record_id < 2**62:
        return None
    sort = sort_of(entity, key)
    if value is None:
        return Cursor(key, None, record_id, bool(backwards)) if sort.has_empty else None
    checked = _checked(sort, value)
    return None if checked is None else Cursor(key, checked, record_id, bool(backwards))


def _checked(sort: RecordSort, value: Any) -> Any:
    kind = sort.column.type
    if isinstance(kind, UtcDateTime | Date):
        try:
            read = datetime.fromisoformat if isinstance(kind, UtcDateTime) else date.fromisoformat
            found = read(value) if isinstance(value, str) else None
        except ValueError:
            return None
        return None if isinstance(found, datetime) and found.tzinfo is None else found
    if isinstance(kind, String):
        return value if isinstance(value, str) and "\x00" not in value else None
    return value if type(value) is int and abs(value) < 2**62 else None
