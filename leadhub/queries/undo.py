from sqlalchemy import func, select

from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import NotFound
from leadhub.domain.permissions import Right, can
from leadhub.models import ChangeAction, ChangeRow, ChangeSet
from leadhub.queries.rows.undo import UndoObstacle, UndoState
from leadhub.statements.leads import is_record_id

MOST_STAYED = 200


def get_undo_state(action_id: int, *, actor: Actor) -> UndoState:
    """How far the undo of an action is, and what it left because it had changed since.

    Raises NotFound for an action that the actor could not undo.
    """
    with read_session() as session:
        action = session.get(ChangeAction, action_id) if is_record_id(action_id) else None
        own = action is not None and actor.user_id is not None and action.actor_id == actor.user_id
        allowed = (own and actor.role is not Role.PARTNER) or can(actor, Right.UNDO_OTHERS)
        if action is None or not allowed:
            raise NotFound()
        rows = select(func.count()).select_from(ChangeRow)
        rows = rows.join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
        undo = session.get(ChangeAction, action.undone_by_action_id) if action.undone_by_action_id else None
        progress = undo.params if undo is not None else {}
        return UndoState(
            action_id=action.id or 0,
            name=action.name,
            by=action.actor_name,
            at=action.at.isoformat(),
            is_bulk=action.bulk,
            row_count=session.scalar(rows.where(ChangeSet.action_id == action_id)) or 0,
            can_undo=undo is None,
            undone_by_action_id=undo.id if undo is not None else None,
            is_running=bool(progress.get("sets_left")),
            restored=progress.get("restored", 0),
            stayed_count=progress.get("stayed_count", 0),
            stayed=tuple(
                UndoObstacle(
                    table=each["table"],
                    record_id=each["record_id"],
                    reason=each["reason"],
                    fields=tuple(each["fields"]),
                    by_table=each["by_table"],
                    by_id=each["by_id"],
                )
                for each in progress.get("stayed", [])[:MOST_STAYED]
            ),
        )
