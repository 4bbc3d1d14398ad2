from dataclasses import dataclass


@dataclass(frozen=True)
class DayRow:
    """One thing to do: a task that is due, or a lead that waits. `activity_id` 0 is a lead by itself."""

    key: str
    title: str
    lead_id: int = 0
    activity_id: int = 0
    opportunity_id: int = 0
    kind: str = ""
    about: str = ""
    """The task's lead, with its customer; or the lead's customer."""
    stage_label: str = ""
    state: str = ""
    score: int = 0
    at: str = ""
    """When it is due, or since when it waits; ISO."""
    is_overdue: bool = False
    by_process: bool = False


@dataclass(frozen=True)
class DaySection:
    """`count` is of all that belong here, not of the rows shown."""

    key: str
    count: int
    rows: list[DayRow]


@dataclass(frozen=True)
class MyDay:
    """The sections that have anything, in the order in which a rep should work."""

    sections: tuple[DaySection, ...] = ()
    task_count: int = 0
    overdue_count: int = 0
