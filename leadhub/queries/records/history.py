"""Who changed what on a contact, an account, an activity or a campaign, newest first."""

from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from leadhub.db import read_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import NotFound
from leadhub.domain.fields import Entity
from leadhub.domain.permissions import Right, can
from leadhub.models import ChangeAction, ChangeRow, ChangeSet, CommunicationOption
from leadhub.queries.labels import labels_of
from leadhub.queries.leads.change_words import ChangeWords
from leadhub.queries.leads.history import action_key
from leadhub.queries.records.matching import require_view, scope_of
from leadhub.queries.records.sorting import MODELS
from leadhub.queries.rows.lead_page import HistoryEntry
from leadhub.statements.leads import is_record_id

MOST_ENTRIES = 40
_MOST_ROWS = 200


def list_record_history(entity: Entity, record_id: int, *, actor: Actor) -> tuple[HistoryEntry, ...]:
    """The newest actions on the record and its communication options. Raises NotFound, NotPermitted."""
    require_view(entity, actor)
    model: Any = MODELS.get(entity)
    if model is None or not is_record_id(record_id):
        raise NotFound()
    with read_session() as session:
        if session.scalar(select(model.id).where(model.id == record_id, scope_of(entity, actor))) is None:
            raise NotFound()
        labels = labels_of(session)
        found = _rows(session, entity, record_id)
        definition = next(iter(labels.processes.values()))
        words = ChangeWords(session, labels, definition)
        words.learn(row.values for _, row in found)
    entries: dict[int, tuple[ChangeAction, list[Any]]] = {}
    for action, row in found:
        kept = entries.setdefault(action.id or 0, (action, []))[1]
        kept.extend(words.changes(row.table_name, row.record_id, row.operation, row.values))
    return tuple(_entry(action, changes, actor) for action, changes in entries.values())[:MOST_ENTRIES]


def _rows(session: Session, entity: Entity, record_id: int) -> list[tuple[ChangeAction, ChangeRow]]:
    wanted: Any = and_(ChangeRow.table_name == entity.value, ChangeRow.record_id == record_id)  # type: ignore[arg-type]
    owner: Any = {
        Entity.CONTACT: CommunicationOption.contact_id,
        Entity.ACCOUNT: CommunicationOption.account_id,
    }.get(entity)
    if owner is not None:
        options = select(CommunicationOption.id).where(owner == record_id)  # type: ignore[call-overload]
        part = (ChangeRow.table_name == "communication_option") & ChangeRow.record_id.in_(options)  # type: ignore[attr-defined]
        wanted = or_(wanted, part)
    statement = (
        select(ChangeAction, ChangeRow)
        .join(ChangeSet, ChangeSet.action_id == ChangeAction.id)  # type: ignore[arg-type]
        .join(ChangeRow, ChangeRow.change_set_id == ChangeSet.id)  # type: ignore[arg-type]
        .where(wanted)
        .order_by(ChangeRow.id.desc())  # type: ignore[union-attr]
        .limit(_MOST_ROWS)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def _entry(action: ChangeAction, changes: list[Any], actor: Actor) -> HistoryEntry:
    mine = action.actor_id is not None and action.actor_id == actor.user_id
    return HistoryEntry(
        action_id=action.id or 0,
        name=action.name,
        text_key=action_key(action.name),
        by=action.actor_name,
        at=action.at.isoformat(),
        changes=tuple(changes[:_MOST_ROWS]),
        can_undo=action.undone_by_action_id is None and (mine or can(actor, Right.UNDO_OTHERS)),
        undone_at=action.at.isoformat() if action.undone_by_action_id is not None else "",
        undoes_action_id=action.undoes_action_id,
    )
