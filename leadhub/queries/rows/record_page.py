from dataclasses import dataclass, field

from leadhub.queries.rows.lead_page import FieldValue


@dataclass(frozen=True)
class LinkedRow:
    """A record that points at this one. `kind` is contact, lead, opportunity or activity."""

    kind: str
    id: int
    title: str
    detail: str = ""
    """The activity's kind; the contact's job title; the lead's or opportunity's owner."""
    state: str = ""
    stage_label: str = ""
    at: str = ""
    """When an activity is due, ISO."""


@dataclass(frozen=True)
class LinkedGroup:
    """`count` is of all that point here and that one may see, not of the rows shown."""

    kind: str
    count: int
    rows: tuple[LinkedRow, ...]


@dataclass(frozen=True)
class OptionRow:
    """One further communication option."""

    id: int
    kind: str
    label: str
    value: str


@dataclass(frozen=True)
class RecordDetail:
    """A contact, account, activity or campaign with everything that stands on its page."""

    id: int
    version: int
    title: str
    state: str
    fields: dict[str, FieldValue]
    refs: dict[str, int] = field(default_factory=dict)
    options: tuple[OptionRow, ...] = ()
    linked: tuple[LinkedGroup, ...] = ()
    by_process: bool = False
    can_edit: bool = False
    can_delete: bool = False
