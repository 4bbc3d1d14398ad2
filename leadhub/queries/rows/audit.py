from dataclasses import dataclass


@dataclass(frozen=True)
class FieldChange:
    """`label_key` is a text key, or "" where `name` must do; a moment is ISO text."""

    name: str
    label_key: str
    old: str
    new: str
    is_moment: bool = False


@dataclass(frozen=True)
class AuditEntry:
    """One record that an action changed. `first` opens a new action in the table."""

    row_id: int
    action_id: int
    action: str
    first: bool
    at: str
    who: str
    table: str
    record_id: int
    record: str
    url: str
    operation: str
    """insert, update or delete"""
    changes: list[FieldChange]
    more: int
    """1 if the action changed more records than are shown here."""
    undone: bool


@dataclass(frozen=True)
class AuditPage:
    entries: tuple[AuditEntry, ...]
    next_cursor: int | None
