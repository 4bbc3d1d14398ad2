"""Each sort of the lead list with its column and index. Empty values come last in both directions."""

import base64
import binascii
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Date, String, tuple_

from leadhub.domain.list_query import LeadSort
from leadhub.models import Lead
from leadhub.models.base import UtcDateTime


@dataclass(frozen=True)
class SortColumn:
    """`empty` is the value that counts as empty beside NULL; `has_empty` is false where none can be."""

    column: Any
    index: str
    empty: str | int | None = None
    has_empty: bool = True

    @property
    def is_empty(self) -> ColumnElement[bool]:
        return self.column.is_(None) if self.empty is None else self.column == self.empty

    @property
    def is_filled(self) -> ColumnElement[bool]:
        if self.empty is None:
            return self.column.is_not(None)
        return self.column > self.empty


SORTS: dict[LeadSort, SortColumn] = {
    LeadSort.NUMBER: SortColumn(Lead.id, "", has_empty=False),
    LeadSort.TITLE: SortColumn(Lead.title_sort, "ix_lead_title_sort_id", empty=""),
    LeadSort.STAGE: SortColumn(Lead.stage_position, "ix_lead_stage_position_id", has_empty=False),
    LeadSort.SCORE: SortColumn(Lead.score, "ix_lead_score_id", empty=0),
    LeadSort.CONTACT_NAME: SortColumn(Lead.contact_sort, "ix_lead_contact_sort_id", empty=""),
    LeadSort.ACCOUNT_NAME: SortColumn(Lead.account_sort, "ix_lead_account_sort_id", empty=""),
    LeadSort.OWNER: SortColumn(Lead.owner_id, "ix_lead_owner_id_id"),
    LeadSort.PRIORITY: SortColumn(Lead.priority, "ix_lead_priority_id"),
    LeadSort.TARGET_AMOUNT: SortColumn(Lead.target_amount_minor, "ix_lead_target_amount_minor_id"),
    LeadSort.CREATED_AT: SortColumn(Lead.created_at, "ix_lead_created_at_id", has_empty=False),
    LeadSort.EXPECTED_COMPLETION_AT: SortColumn(
        Lead.expected_completion_at, "ix_lead_expected_completion_at_id"
    ),
    LeadSort.NEXT_FOLLOW_UP_ON: SortColumn(Lead.next_follow_up_on, "ix_lead_next_follow_up_on_id"),
    LeadSort.LAST_ACTIVITY_AT: SortColumn(Lead.last_activity_at, "ix_lead_last_activity_at_id"),
    LeadSort.UPDATED_AT: SortColumn(Lead.updated_at, "ix_lead_updated_at_id", has_empty=False),
    LeadSort.ACTUAL_COMPLETION_AT: SortColumn(Lead.actual_completion_at, "ix_lead_actual_completion_at_id"),
}


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: the row beside it, and the direction in which to go on."""

    sort: str
    value: Any
    """None in the empty part."""
    lead_id: int
    backwards: bool = False


@dataclass(frozen=True)
class Phase:
    """One index range that is walked: the filled part or the empty one."""

    condition: ColumnElement[bool] | None
    order: tuple[Any, ...]


def phases(sort: SortColumn, *, descending: bool, cursor: Cursor | None) -> list[Phase]:
    """The ranges to walk one after the other until the page is full, from the cursor on."""
    backwards = cursor is not None and cursor.backwards
    down = descending != backwards
    filled = sort.column is not Lead.id
    after = _after(sort, cursor, down) if cursor is not None else None
    in_empty = cursor is not None and cursor.value is None and sort.has_empty
    main = Phase(
        _joined(sort.is_filled if sort.has_empty else None, None if in_empty else after),
        _ordered((sort.column, Lead.id) if filled else (Lead.id,), down),
    )
    if not sort.has_empty:
        return [main]
    tail = Phase(_joined(sort.is_empty, after if in_empty else None), _ordered((sort.column, Lead.id), down))
    if backwards:
        return [tail, main] if in_empty else [main]
    return [tail] if in_empty else [main, tail]


def _after(sort: SortColumn, cursor: Cursor, down: bool) -> ColumnElement[bool]:
    if sort.column is Lead.id or (cursor.value is None and sort.has_empty):
        return Lead.id < cursor.lead_id if down else Lead.id > cursor.lead_id  # type: ignore[return-value]
    here = (cursor.value, cursor.lead_id)
    pair = tuple_(sort.column, Lead.id)
    return pair < here if down else pair > here


def _joined(*conditions: ColumnElement[bool] | None) -> ColumnElement[bool] | None:
    given = [condition for condition in conditions if condition is not None]
    if not given:
        return None
    return given[0] if len(given) == 1 else given[0] & given[1]


def _ordered(columns: tuple[Any, ...], down: bool) -> tuple[Any, ...]:
    return tuple(column.desc() if down else column.asc() for column in columns)


def place_of(row: Any, sort: LeadSort) -> Cursor:
    """The place of a row that was read with its sort value."""
    spec = SORTS[sort]
    value = row["sorted_by"]
    if spec.has_empty and value == spec.empty:
        value = None
    return Cursor(sort.value, value, row["id"])


def cursor_text(cursor: Cursor) -> str:
    """Short text for a URL."""
    value = cursor.value
    if isinstance(value, datetime | date):
        value = value.isoformat()
    raw = orjson.dumps([cursor.sort, value, cursor.lead_id, int(cursor.backwards)])
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def parse_cursor(text: str, sort: LeadSort) -> Cursor | None:
    """The place that a text names; None for junk, or for one of another sort."""
    if not isinstance(text, str) or not text or len(text) > 600:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        key, value, lead_id, backwards = orjson.loads(raw)
    except (ValueError, TypeError, binascii.Error):
        return None
    if key != sort.value or type(lead_id) is not int or backwards not in (0, 1):
        return None
    if not 0 <= lead_id < 2**62:
        return None
    column = SORTS[sort]
    if value is None:
        return Cursor(key, None, lead_id, bool(backwards)) if column.has_empty else None
    checked = _checked(column, value)
    return None if checked is None else Cursor(key, checked, lead_id, bool(backwards))


def _checked(sort: SortColumn, value: Any) -> Any:
    kind = sort.column.type
    try:
        if isinstance(kind, UtcDateTime):
            moment = datetime.fromisoformat(value) if isinstance(value, str) else None
            return moment if moment is not None and moment.tzinfo is not None else None
        if isinstance(kind, Date):
            if not isinstance(value, str):
                return None
            return date.fromisoformat(value)
    except ValueError:
        return None
    if isinstance(kind, String):
        return value if isinstance(value, str) and "\x00" not in value else None
    return value if type(value) is int and abs(value) < 2**62 else None
