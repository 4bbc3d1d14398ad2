from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.permissions import Right, can, require
from leadhub.models import ChangeAction, ImportRun, User
from leadhub.queries.actors import actor_of


@dataclass(frozen=True)
class ImportRunRow:
    """One import and how far it is."""

    id: int
    entity: str
    file_name: str
    status: str
    rows_total: int
    rows_done: int
    rows_created: int
    rows_updated: int
    rows_skipped: int
    rows_failed: int
    message: str
    by: str
    created_at: datetime
    finished_at: datetime | None
    action_id: int | None
    is_undone: bool
    may_undo: bool

    @property
    def percent(self) -> int:
        return min(100, self.rows_done * 100 // self.rows_total) if self.rows_total else 0


def list_imports(*, actor: Actor, before: int | None = None, limit: int = 50) -> tuple[ImportRunRow, ...]:
    """Newest first: one's own, and everybody's for who may undo others' work."""
    require(actor, Right.IMPORT)
    return _rows(actor, before=before, limit=max(1, min(limit, 100)))


def get_import(import_id: int, *, actor: Actor) -> ImportRunRow:
    """Raises NotFound."""
    require(actor, Right.IMPORT)
    found = _rows(actor, only=import_id, limit=1) if isinstance(import_id, int) else ()
    if not found:
        raise NotFound("import.not_found")
    return found[0]


def _rows(
    actor: Actor, *, only: int | None = None, before: int | None = None, limit: int
) -> tuple[ImportRunRow, ...]:
    action, user = aliased(ChangeAction), aliased(User)
    statement = (
        select(ImportRun, user.name, action.undone_by_action_id)
        .outerjoin(user, user.id == ImportRun.created_by_id)
        .outerjoin(action, action.id == ImportRun.action_id)
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )
    if not can(actor, Right.UNDO_OTHERS):
        statement = statement.where(ImportRun.created_by_id == actor.user_id)
    if only is not None:
        statement = statement.where(ImportRun.id == only)
    if before is not None:
        statement = statement.where(ImportRun.id < before)
    with read_session() as session:
        return tuple(
            ImportRunRow(
                id=run.id or 0,
                entity=run.entity,
                file_name=run.file_name,
                status=run.status,
                rows_total=run.rows_total,
                rows_done=run.rows_done,
                rows_created=run.rows_created,
                rows_updated=run.rows_updated,
                rows_skipped=run.rows_skipped,
                rows_failed=run.rows_failed,
                message=run.message,
                by=name or "",
                created_at=run.created_at,
                finished_at=run.finished_at,
                action_id=run.action_id,
                is_undone=undone is not None,
                may_undo=run.action_id is not None
                and undone is None
                and run.status in ("done", "cancelled", "failed"),
            )
            for run, name, undone in session.execute(statement)
        )


def find_import_actor(import_id: int) -> Actor | None:
    """Whom an import runs for, so that its job can act for them; None if either is gone."""
    with read_session() as session:
        user = session.scalar(
            select(User).join(ImportRun, ImportRun.created_by_id == User.id).where(ImportRun.id == import_id)
        )
        return actor_of(session, user) if user is not None else None
