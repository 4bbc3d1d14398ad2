"""The whole change log, newest first. Paged by action; a record's or an action's own rows by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from datetime import date as Date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, require
from leadhub.models import ChangeAction, ChangeRow, ChangeSet
from leadhub.queries.audit.words import words_for
from leadhub.queries.rows.audit import AuditEntry, AuditPage

PAGE_ACTIONS = 25
PAGE_ROWS = 50
ROWS_OF_AN_ACTION = 10


@dataclass(frozen=True, kw_only=True)
class AuditQuery:
    """What to show; every part may be left out. Days are the reader's, both included."""

    user_id: int | None = None
    action: str = ""
    table: str = ""
    record_id: int | None = None
    action_id: int | None = None
    from_day: Date | None = None
    to_day: Date | None = None


def list_changes(query: AuditQuery, *, actor: Actor, before: int | None = None) -> AuditPage:
    """One page, `before` being the last page's `next_cursor`. Raises NotPermitted."""
    require(actor, Right.VIEW_AUDIT)
    with read_session() as session:
        if query.record_id is not None or query.action_id is not None or query.table:
            return _by_row(session, query, actor, before)
        return _by_action(session, query, actor, before)


def list_action_names(*, actor: Actor) -> tuple[str, ...]:
    """What has ever been done here, for the filter. Raises NotPermitted."""
    require(actor, Right.VIEW_AUDIT)
    recent = select(ChangeAction.name).order_by(ChangeAction.id.desc()).limit(5000).subquery()
    with read_session() as session:
        return tuple(session.scalars(select(recent.c.name).distinct().order_by(recent.c.name).limit(200)))


def _by_action(session: Session, query: AuditQuery, actor: Actor, before: int | None) -> AuditPage:
    statement = _filtered(select(ChangeAction), query, actor)
    if before is not None:
        statement = statement.where(ChangeAction.id < before)
    actions = session.scalars(statement.order_by(ChangeAction.id.desc()).limit(PAGE_ACTIONS + 1)).all()
    shown = actions[:PAGE_ACTIONS]
    if not shown:
        return AuditPage((), None)
    parts = [
        select(
            select(ChangeRow.id)
            .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
            .where(ChangeSet.action_id == action.id)
            .order_by(ChangeSet.id, ChangeRow.id)
            .limit(ROWS_OF_AN_ACTION + 1)
            .subquery()
        )
        for action in shown
    ]
    rows = _rows(session, ChangeRow.id.in_(union_all(*parts)))
    per_action: dict[int, list[Any]] = {}
    for row in rows:
        per_action.setdefault(row[1].id, []).append(row)
    kept = [row for action in shown for row in per_action.get(action.id or 0, [])[:ROWS_OF_AN_ACTION]]
    full = {number for number, found in per_action.items() if len(found) > ROWS_OF_AN_ACTION}
    cursor = shown[-1].id if len(actions) > PAGE_ACTIONS else None
    return AuditPage(_entries(session, kept, full), cursor)


def _by_row(session: Session, query: AuditQuery, actor: Actor, before: int | None) -> AuditPage:
    wanted = (
        select(ChangeRow.id)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(ChangeAction, ChangeAction.id == ChangeSet.action_id)
    )
    wanted = _filtered(wanted, query, actor)
    if query.table:
        wanted = wanted.where(ChangeRow.table_name == query.table)
    if query.record_id is not None:
        wanted = wanted.where(ChangeRow.record_id == query.record_id)
    if before is not None:
        wanted = wanted.where(ChangeRow.id < before)
    wanted = wanted.order_by(ChangeRow.id.desc()).limit(PAGE_ROWS + 1)
    rows = sorted(_rows(session, ChangeRow.id.in_(wanted.subquery().select())), key=lambda r: -r[0].id)
    shown = rows[:PAGE_ROWS]
    cursor = shown[-1][0].id if len(rows) > PAGE_ROWS else None
    return AuditPage(_entries(session, shown, set()), cursor)


def _filtered(statement: Select[Any], query: AuditQuery, actor: Actor) -> Select[Any]:
    if query.user_id is not None:
        statement = statement.where(ChangeAction.actor_id == query.user_id)
    if query.action:
        statement = statement.where(ChangeAction.name == query.action)
    if query.action_id is not None:
        statement = statement.where(ChangeAction.id == query.action_id)
    if query.from_day is not None:
        statement = statement.where(ChangeAction.at >= _start_of(query.from_day, actor))
    if query.to_day is not None:
        end = Date.fromordinal(min(query.to_day.toordinal() + 1, Date.max.toordinal()))
        statement = statement.where(ChangeAction.at < _start_of(end, actor))
    return statement


def _start_of(day: Date, actor: Actor) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(actor.time_zone)).astimezone(UTC)


def _rows(session: Session, condition: ColumnElement[bool]) -> Sequence[Any]:
    return session.execute(
        select(ChangeRow, ChangeAction)
        .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        .join(ChangeAction, ChangeAction.id == ChangeSet.action_id)
        .where(condition)
        .order_by(ChangeRow.id)
    ).all()


def _entries(session: Session, rows: Sequence[Any], full: set[int]) -> tuple[AuditEntry, ...]:
    words = words_for(session, [row for row, _ in rows])
    entries: list[AuditEntry] = []
    last_action: int | None = None
    for row, action in rows:
        entries.append(
            AuditEntry(
                row_id=row.id,
                action_id=action.id,
                action=action.name[:1].upper() + action.name[1:],
                first=action.id != last_action,
                at=action.at.isoformat(),
                who=action.actor_name,
                table=row.table_name,
                record_id=row.record_id,
                record=words.record(row),
                url=words.url(row),
                operation=row.operation,
                changes=words.changes(row),
                more=int(action.id in full),
                undone=action.undone_by_action_id is not None,
            )
        )
        last_action = action.id
    return tuple(entries)
