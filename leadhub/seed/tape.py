"""A record's life as it is told: its values now, and every change on the way."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from leadhub.change_log.encoding import encode

Values = dict[str, Any]


@dataclass
class Event:
    """One action of one person: what it changed, by reference to the story's own records."""

    at: datetime
    user_id: int | None
    action: str
    rows: list[tuple["Tape", str, Values]] = field(default_factory=list)


@dataclass
class Tape:
    """One record of a story; `id` is known once it is stored."""

    table: str
    values: Values
    id: int | None = None


@dataclass
class Story:
    """A lead and all that came of it."""

    lead: Tape
    account: Tape | None = None
    contact: Tape | None = None
    visits: list[Tape] = field(default_factory=list)
    activities: list[Tape] = field(default_factory=list)
    posts: list[Tape] = field(default_factory=list)
    distributions: list[Tape] = field(default_factory=list)
    opportunity: Tape | None = None
    sale_visits: list[Tape] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    source_key: str = ""
    next_stage: tuple[str, str] | None = None

    def act(self, at: datetime, user_id: int | None, action: str) -> Event:
        event = Event(at, user_id, action)
        self.events.append(event)
        return event


def insert(event: Event, tape: Tape) -> Tape:
    """The record comes into being; its values are logged when it is stored."""
    tape.values.setdefault("created_at", event.at)
    tape.values["updated_at"] = event.at
    event.rows.append((tape, "insert", {}))
    tape.values["_first"] = dict(tape.values)
    return tape


def change(event: Event, tape: Tape, **values: Any) -> None:
    """Set values; what really changes is logged as [old, new]."""
    changed = {n: [tape.values.get(n), v] for n, v in values.items() if tape.values.get(n) != v}
    if not changed:
        return
    tape.values.update(values, updated_at=event.at)
    if tape.values.get("_first") is not None and event.rows and event.rows[0][0] is tape:
        known = event.rows[0]
        if known[1] == "insert":
            tape.values["_first"].update(values)
            return
    event.rows.append((tape, "update", {n: [encode(old), encode(new)] for n, (old, new) in changed.items()}))
