from dataclasses import dataclass


@dataclass(frozen=True)
class UserDone:
    """`action_id` is for the toast's Undo, None if nothing changed; `link` is the path of a one-time link."""

    user_id: int
    action_id: int | None
    link: str = ""
    mailed: bool = False
    handed_over: int = 0
