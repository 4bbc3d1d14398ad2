from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class NotificationRow:
    """One line of the bell: `tr_key("notifications." + kind, params)`."""

    id: int
    kind: str
    params: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    lead_id: int | None = None
    created_at: str = ""
    unread: bool = False
