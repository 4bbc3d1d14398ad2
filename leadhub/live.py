from dataclasses import dataclass, field


@dataclass(frozen=True)
class LiveEvent:
    """What one commit changed: table → ids (empty = many), field names, who and by which action."""

    tables: dict[str, tuple[int, ...]] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    actor_id: int | None = None
    action: str = ""


def publish(event: LiveEvent) -> None:
    """Tell every process; never blocks, never raises."""
