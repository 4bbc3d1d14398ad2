"""Who changed what on a lead, newest first; and what taking an action back would restore."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.change_log import plan_undo, steps_of
from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.permissions import Right, can
from leadhub.models import ChangeAction, ChangeRow, ChangeSet
from leadhub.queries.labels import labels_of
from leadhub.queries.leads.change_words import ChangeWords
from leadhub.queries.rows.lead_page import HistoryChange, HistoryEntry, HistoryPage, UndoPreview
from leadhub.statements.leads import is_record_id, lead_of

PAGE = 30
MOST_CHANGES = 400
MOST_SHOWN = 60


def list_history(lead_id: int, *, actor: Actor, before: int = 0, limit: int = PAGE) -> HistoryPage:
    """The actions that changed a lead or what belongs to it, before the given action.

    Raises LeadNotFound.
    """
    limit = max(1, min(limit, 100))
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        labels = labels_of(session)
        found = _actions(session, lead_id, before, limit)
        actions = found[:limit]
        rows = _changes(session, lead_id, [action.id or 0 for action in actions])
        words = ChangeWords(session, labels, labels.processes[lead.process_version_id])
        words.learn(row.values for changed in rows.values() for row in changed)
        entries = [_entry(action, rows.get(action.id or 0, []), words, actor) for action in actions]
        return HistoryPage(tuple(entries), actions[-1].id or 0 if len(found) > limit else 0)


def _actions(session: Session, lead_id: int, before: int, limit: int) -> list[ChangeAction]:
    own = (
        select(ChangeSet.action_id)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .where(ChangeRow.lead_id == lead_id)
    )
    statement = select(ChangeAction).where(ChangeAction.id.in_(own))
    if is_record_id(before):
        statement = statement.where(ChangeAction.id < before)
    return list(session.scalars(statement.order_by(ChangeAction.id.desc()).limit(limit + 1)))


def _changes(session: Session, lead_id: int, action_ids: list[int]) -> dict[int, list[ChangeRow]]:
    found: dict[int, list[ChangeRow]] = {}
    rows = session.execute(
        select(ChangeSet.action_id, ChangeRow)
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)
        .where(ChangeSet.action_id.in_(action_ids), ChangeRow.lead_id == lead_id)
        .order_by(ChangeRow.id)
        .limit(MOST_CHANGES)
    )
    for action_id, row in rows:
        found.setdefault(action_id, []).append(row)
    return found


def _entry(action: ChangeAction, rows: list[ChangeRow], words: ChangeWords, actor: Actor) -> HistoryEntry:
    mine = action.actor_id is not None and action.actor_id == actor.user_id
    return HistoryEntry(
        action_id=action.id or 0,
        name=action.name,
        text_key=action_key(action.name),
        by=action.actor_name,
        at=action.at.isoformat(),
        changes=tuple(_of_rows(rows, words))[:MOST_SHOWN],
        can_undo=action.undone_by_action_id is None and (mine or can(actor, Right.UNDO_OTHERS)),
        undone_at=action.at.isoformat() if action.undone_by_action_id is not None else "",
        undoes_action_id=action.undoes_action_id,
    )


def _of_rows(rows: list[ChangeRow], words: ChangeWords) -> Iterator[HistoryChange]:
    """The lead's own fields first."""
    for row in sorted(rows, key=lambda row: row.table_name != "lead"):
        yield from words.changes(row.table_name, row.record_id, row.operation, row.values)


def action_key(name: str) -> str:
    """The text key of an action's name."""
    slug = "".join(c if c.isalnum() else "_" for c in name.lower())
    return f"history.action.{slug[:60]}"


def preview_undo(lead_id: int, action_id: int, *, actor: Actor) -> UndoPreview:
    """What would come back, and what stands in the way. Raises LeadNotFound, NotFound."""
    with read_session() as session:
        lead = lead_of(session, lead_id, actor)
        action = session.get(ChangeAction, action_id) if is_record_id(action_id) else None
        own = (
            select(ChangeRow.id)
            .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
            .where(ChangeSet.action_id == action_id, ChangeRow.lead_id == lead_id)
        )
        if action is None or session.scalar(own.limit(1)) is None:
            raise NotFound()
        steps = steps_of(session, action_id)[:MOST_CHANGES]
        labels = labels_of(session)
        words = ChangeWords(session, labels, labels.processes[lead.process_version_id])
        words.learn(step.values for step in steps)
        _, obstacles = plan_undo(session, steps)
        ordered = sorted(steps, key=lambda step: step.table != "lead")
        changes = [
            change
            for step in ordered
            for change in words.reverse(step.table, step.record_id, step.operation, step.values)
        ]
        return UndoPreview(
            action_id=action_id,
            name=action.name,
            text_key=action_key(action.name),
            changes=tuple(changes[:MOST_SHOWN]),
            obstacles=tuple(words.obstacle(obstacle) for obstacle in obstacles[:20]),
        )
