from dataclasses import dataclass, field


@dataclass(frozen=True)
class RecordRow:
    """One line of a list of contacts, accounts, opportunities, activities or campaigns.

    `cells` has the chosen columns by field key, as text: labels for ids, ISO dates, minor units, keys of
    choices, "true" or "false"; "" when empty. `refs` has the ids of linked records by field key.
    """

    id: int
    version: int
    title: str
    cells: dict[str, str] = field(default_factory=dict)
    refs: dict[str, int] = field(default_factory=dict)
    state: str = ""
    is_done: bool = False
    """Closed, completed or cancelled: a date that has passed is not overdue."""
    by_process: bool = False


@dataclass(frozen=True)
class RecordPage:
    """One page of a list; the exact total is `count_records`."""

    rows: tuple[RecordRow, ...] = ()
    next_cursor: str = ""
    """"" on the last page."""
    previous_cursor: str = ""
    """"" on the first page."""
    columns: tuple[str, ...] = ()
