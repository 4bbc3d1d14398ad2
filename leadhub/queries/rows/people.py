from dataclasses import dataclass


@dataclass(frozen=True)
class UserRow:
    """One line of Settings → Users."""

    id: int
    name: str
    email: str
    role: str
    active: bool
    units: str
    group: str
    last_seen_at: str
    """ISO; "" if they were never here."""
    invited: bool
    """Has an invitation, or a reset link, that is still open."""
    has_password: bool
    is_demo: bool


@dataclass(frozen=True)
class UserDetail:
    """What the dialog of a user edits; ids as text, as form controls have them."""

    id: int
    name: str
    email: str
    role: str
    active: bool
    group_id: str
    unit_ids: list[str]
    grants: list[str]
    partner_account_id: str
    partner_account: str
    open_leads: int
    has_password: bool


@dataclass(frozen=True)
class Profile:
    name: str
    email: str
    locale: str
    time_zone: str
    notify_by_mail: bool
    has_password: bool


@dataclass(frozen=True)
class PersonOption:
    """A choice of a picker: `value` is the id as text."""

    value: str
    label: str


@dataclass(frozen=True)
class SessionRow:
    """One open session of one's own."""

    id: int
    device: str
    address: str
    created_at: str
    last_seen_at: str
    current: bool = False


@dataclass(frozen=True)
class DemoUser:
    id: int
    name: str
    role: str


@dataclass(frozen=True)
class LinkInfo:
    """What an open one-time link is for."""

    purpose: str
    name: str
    email: str


@dataclass(frozen=True)
class UnitRow:
    id: int
    name: str
    group_id: str
    group: str
    active: bool
    member_ids: list[str]
    members: str


@dataclass(frozen=True)
class GroupRow:
    id: int
    name: str
    units: str
    in_use: bool
