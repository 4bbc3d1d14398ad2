from dataclasses import dataclass, field


@dataclass(frozen=True)
class LeadRow:
    """One line of the lead list, ready to show: labels for ids, ISO text for dates, minor units for money.

    `cells` has the chosen columns that have no attribute of their own and those that have, by field key;
    everything in it is text, "" where the field is empty.
    """

    id: int
    number: int
    version: int
    title: str
    lead_type: str
    stage_key: str
    stage_label: str
    state: str
    is_final: bool
    button: str
    """The process button's action: qualify, distribute, handoff, assign, accept, start_progress or none."""
    maturity: str
    score: int
    score_band: str
    owner_id: int | None
    owner_name: str
    unit_id: int | None
    unit_name: str
    contact_id: int | None
    contact_name: str
    account_id: int | None
    account_name: str
    email: str
    phone: str
    amount_minor: int | None
    follow_up_on: str
    is_overdue: bool
    created_at: str
    last_activity_at: str
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeadPage:
    """One page of the list. `total` is exact, or None where it takes a query of its own (`count_leads`)."""

    rows: tuple[LeadRow, ...] = ()
    next_cursor: str = ""
    """"" on the last page."""
    previous_cursor: str = ""
    """"" on the first page."""
    total: int | None = None
    columns: tuple[str, ...] = ()
    """Field keys of the columns shown, in order."""


@dataclass(frozen=True)
class LeadTotals:
    """Of all leads that match, never of a page."""

    count: int = 0
    amount_minor: int = 0


@dataclass(frozen=True)
class BoardColumn:
    """One stage (or life-cycle state) with the totals of all its leads and its first cards."""

    key: str
    label: str
    state: str
    is_final: bool
    count: int | None
    """None, as the amount, while totals are still being asked for."""
    amount_minor: int | None
    cards: tuple[LeadRow, ...] = ()
    next_cursor: str = ""


@dataclass(frozen=True)
class Board:
    lead_type: str
    """"" when the columns are life-cycle states."""
    columns: tuple[BoardColumn, ...] = ()
    total: int | None = 0
    amount_minor: int | None = 0
