from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class AskRow:
    """One thing a dialog asks: reason, note, new_date, owner, form, open_activities, customer_account."""

    kind: str
    required: bool = True
    lookup: str = ""
    form: str = ""
    activity_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class StageStep:
    """A button of the workflow bar. `status` is done, current, skipped or ahead."""

    key: str
    label: str
    tip: str
    state: str
    status: str
    is_final: bool
    is_allowed: bool
    refusal_key: str = ""
    refusal_params: dict[str, Any] = field(default_factory=dict)
    asks: tuple[AskRow, ...] = ()


@dataclass(frozen=True)
class ButtonRow:
    action: str
    label_key: str
    hint_key: str


@dataclass(frozen=True)
class ResultOption:
    key: str
    label: str
    asks: tuple[AskRow, ...] = ()


@dataclass(frozen=True)
class OpenActivityRow:
    """An activity of the action panel. `form` is the page that Execute opens: qualification, distribution
    or handoff; "" for a plain task, which is completed with one of `results`."""

    id: int
    kind: str
    title: str
    owner_id: int | None
    owner_name: str
    due_at: str
    is_overdue: bool
    by_process: bool
    form: str = ""
    results: tuple[ResultOption, ...] = ()


@dataclass(frozen=True)
class ContactProfile:
    id: int
    name: str
    job_title: str
    email: str
    mobile_phone: str
    business_phone: str
    account_name: str


@dataclass(frozen=True)
class AccountProfile:
    id: int
    name: str
    website: str
    phone: str
    industry: str
    employees: int | None
    country: str
    city: str


@dataclass(frozen=True)
class OpportunityLine:
    id: int
    title: str
    kind: str
    stage_key: str
    stage_label: str
    state: str
    amount_minor: int | None
    owner_name: str
    is_open: bool


@dataclass(frozen=True)
class ScoreReason:
    text_key: str
    points: int
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ScoreRow:
    """`why_none_key` is the text that says why no score is shown."""

    score: int
    band: str
    provisional: bool = True
    model: str = ""
    at: str = ""
    reasons: tuple[ScoreReason, ...] = ()
    why_none_key: str = ""


@dataclass(frozen=True)
class FieldValue:
    """A field as stored (ISO text for dates, minor units for money, ids for references) and as shown."""

    value: Any
    text: str


@dataclass(frozen=True)
class LeadDetail:
    """Everything that stands on a lead's page when it opens; tabs ask their own queries."""

    id: int
    number: int
    version: int
    title: str
    lead_type: str
    lead_type_label: str
    stage_key: str
    stage_label: str
    state: str
    is_final: bool
    maturity: str
    owner_id: int | None
    owner_name: str
    unit_id: int | None
    unit_name: str
    fields: dict[str, FieldValue]
    stages: tuple[StageStep, ...]
    button: ButtonRow
    activities: tuple[OpenActivityRow, ...]
    distribute_menu: tuple[ResultOption, ...]
    """What the Distribute menu of the distribution page offers; empty where there is no distribution."""
    contact: ContactProfile | None
    account: AccountProfile | None
    opportunities: tuple[OpportunityLine, ...]
    score: ScoreRow
    can: dict[str, bool]
    """What this user may do now: edit, change_owner, qualify, disqualify, distribute, handoff, assign,
    accept, start_progress, win, lose, cancel, reopen, delete, comment."""
    registration: tuple[tuple[str, str], ...]
    extended: tuple[tuple[str, str], ...]
    created_at: str
    expected_completion_at: str
    actual_completion_at: str
    seconds_to_completion: int | None
    """Negative once overdue; None without an expected completion, or when final."""
    comment_count: int
    file_count: int


@dataclass(frozen=True)
class TimelineEntry:
    """`kind`: stage, activity, comment, note, handoff, change, file or score; words by `text_key`."""

    kind: str
    id: int
    at: str
    by: str
    text_key: str
    params: dict[str, Any] = field(default_factory=dict)
    body: str = ""


@dataclass(frozen=True)
class HistoryChange:
    """One field of one record: what it was and what it became, as shown."""

    record: str
    """lead, contact, account, activity …"""
    record_id: int
    operation: str
    field_label_key: str
    kind: str
    """How old and new are written: the field's kind; a whole record that came or went is "inserted" or
    "deleted"."""
    old: str
    new: str


@dataclass(frozen=True)
class HistoryPage:
    """`before` asks for older entries; 0 at the end."""

    entries: tuple["HistoryEntry", ...] = ()
    before: int = 0


@dataclass(frozen=True)
class UndoPreview:
    """What taking an action back would restore: old is what stands there now, new what comes back."""

    action_id: int = 0
    name: str = ""
    text_key: str = ""
    changes: tuple[HistoryChange, ...] = ()
    obstacles: tuple[HistoryChange, ...] = ()
    """`kind` is the reason: changed, referenced, gone, exists or parent_gone; `old` names the fields."""


@dataclass(frozen=True)
class LinkedRecord:
    """A record that the lead is connected with: contact, account, campaign or opportunity."""

    kind: str
    id: int
    title: str
    detail: str = ""


@dataclass(frozen=True)
class HistoryEntry:
    """One action: who, when, what; with whether it has been undone and whether this user may undo it."""

    action_id: int
    name: str
    text_key: str
    by: str
    at: str
    changes: tuple[HistoryChange, ...]
    can_undo: bool
    undone_by: str = ""
    undone_at: str = ""
    undoes_action_id: int | None = None


@dataclass(frozen=True)
class FeedPost:
    id: int
    kind: str
    body: str
    author_id: int | None
    author: str
    at: str
    is_edited: bool
    is_own: bool
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttachmentRow:
    id: int
    file_name: str
    size_bytes: int
    content_type: str
    by: str
    at: str


@dataclass(frozen=True)
class DistributionRow:
    id: int
    owner_id: int | None
    owner: str
    unit: str
    remind_owner: bool
    strategy: str
    next_on: str
    outcome: str
    outcome_label: str
    by: str
    at: str
