from dataclasses import dataclass


@dataclass(frozen=True)
class UnitDone:
    """The unit or group; `action_id` is for the toast's Undo."""

    id: int
    action_id: int | None
