from dataclasses import dataclass, field


@dataclass(frozen=True)
class UndoObstacle:
    """Why one record stayed: changed (fields), referenced (by), gone, exists or parent_gone."""

    table: str
    record_id: int
    reason: str
    fields: tuple[str, ...] = ()
    by_table: str = ""
    by_id: int | None = None

    @property
    def text_key(self) -> str:
        return f"history.obstacle.{self.reason}"


@dataclass(frozen=True)
class UndoState:
    """An action and its undo: what a toast, the import page and the audit log ask about."""

    action_id: int
    name: str
    by: str
    at: str
    is_bulk: bool
    row_count: int
    can_undo: bool
    undone_by_action_id: int | None = None
    is_running: bool = False
    restored: int = 0
    stayed_count: int = 0
    stayed: tuple[UndoObstacle, ...] = field(default_factory=tuple)
