from dataclasses import dataclass, field


@dataclass(frozen=True)
class Choice:
    """One option of a lookup."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class ResultChoice:
    """One result of a task, or one entry of the Distribute menu, with what it asks for."""

    key: str
    label: str
    asks: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    reasons: list[Choice] = field(default_factory=list)
    refused_key: str = ""
    """Why it cannot be chosen, "" if it can."""
    refused_params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LeadDialog:
    """What the dialog of one action on one lead shows and asks for; kinds as in `AskKind`."""

    lead_id: int = 0
    number: int = 0
    version: int = 0
    title: str = ""
    stage_label: str = ""
    action: str = ""
    argument: str = ""
    """The stage of a move, the activity of a task."""
    heading: str = ""
    """The name of that stage or activity."""
    asks: list[str] = field(default_factory=list)
    required: list[str] = field(default_factory=list)
    results: list[ResultChoice] = field(default_factory=list)
    reasons: list[Choice] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)
    """Titles of the open activities that people planned."""
    handoff: dict[str, str] = field(default_factory=dict)
    """What the handoff form shows at first, by field key."""
    lookups: dict[str, list[Choice]] = field(default_factory=dict)
    users: list[Choice] = field(default_factory=list)
    units: list[Choice] = field(default_factory=list)
    owner_id: str = ""
    unit_id: str = ""
    strategy: str = ""
    follow_up_on: str = ""
    phone: str = ""


@dataclass(frozen=True)
class EditedValue:
    """One field of one lead for an inline editor; amounts in major units, moments as ISO text."""

    lead_id: int
    key: str
    kind: str
    value: str
    version: int
    options: list[Choice] = field(default_factory=list)


@dataclass(frozen=True)
class KnownRecord:
    """A lead, contact or account that may be the one that somebody is typing."""

    entity: str
    id: int
    name: str
    detail: str
    reasons: list[str] = field(default_factory=list)
    """Text keys."""
