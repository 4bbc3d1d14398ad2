"""Undo of an action: whole for one record's action, group by group for imports, merges and bulk edits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from leadhub.access import can_see_lead, lead_scope
from leadhub.change_log import Obstacle, UndoStep, change_sets_of, plan_undo, recorder_of, steps_of, undo_rows
from leadhub.db import announce, enqueue, write_session
from leadhub.db.job_queue import JobQueue
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import NotFound, NotPermitted, UndoRefused
from leadhub.domain.permissions import Right, can, require
from leadhub.models import ChangeAction, ChangeRow, ChangeSet, Lead
from leadhub.services.leads.derived import restore_last_activity, restore_scores
from leadhub.statements.leads import is_record_id

MOST_ROWS_AT_ONCE = 400
MOST_STAYED_KEPT = 2000
_GUARDED = {
    "app_user": Right.MANAGE_USERS,
    "user_grant": Right.MANAGE_USERS,
    "unit": Right.MANAGE_USERS,
    "unit_member": Right.MANAGE_USERS,
    "business_group": Right.MANAGE_USERS,
    "lookup_value": Right.MANAGE_SETTINGS,
    "lead_type": Right.MANAGE_SETTINGS,
    "process_version": Right.MANAGE_SETTINGS,
    "setting": Right.MANAGE_SETTINGS,
}


@dataclass(frozen=True, kw_only=True)
class UndoDone:
    """`action_id` is the undo itself, which can be undone in turn. `running`: a job goes on with it."""

    action_id: int | None
    undone_action_id: int
    restored: int
    stayed: tuple[Obstacle, ...] = ()
    running: bool = False


def undo_action(action_id: int, *, actor: Actor) -> UndoDone:
    """Take an action back. Allowed to whoever did it, or to a manager with rights on each row.

    Raises NotFound, NotPermitted, UndoRefused with every obstacle (one record's action is all or nothing).
    """
    with write_session(actor, "undo", params={"undoes": action_id}, undoes=_id(action_id)) as session:
        action = _action(session, action_id)
        require_may_undo(actor, action)
        sets = change_sets_of(session, action_id)
        by_row = action.bulk or len(sets) > 1
        if by_row and _row_count(session, action_id) > MOST_ROWS_AT_ONCE:
            return _start_job(session, action, sets, actor)
        free, obstacles = plan_undo(session, permitted(session, steps_of(session, action_id), action, actor))
        if obstacles and (not by_row or not free):
            raise UndoRefused(obstacles)
        undo_id = _begin(session, action, actor, _outcome(action_id, free, obstacles))
        take_back(session, free)
    return UndoDone(
        action_id=undo_id,
        undone_action_id=action_id,
        restored=len(free),
        stayed=tuple(obstacles),
    )


def restore_lead(lead_id: int, *, actor: Actor) -> UndoDone:
    """Bring one deleted lead back, with all that was deleted with it.

    Raises NotFound, NotPermitted, UndoRefused.
    """
    with write_session(actor, "restore lead", params={"lead_id": _id(lead_id)}) as session:
        found = session.execute(
            select(ChangeRow.change_set_id, ChangeSet.action_id)
            .join(ChangeSet, ChangeSet.id == ChangeRow.change_set_id)
            .where(
                ChangeRow.table_name == "lead",
                ChangeRow.record_id == _id(lead_id),
                ChangeRow.operation == "delete",
            )
            .order_by(ChangeRow.id.desc())
            .limit(1)
        ).one_or_none()
        if found is None:
            raise NotFound()
        action = _action(session, found.action_id)
        if actor.user_id is None or action.actor_id != actor.user_id:
            require(actor, Right.UNDO_OTHERS)
        steps = [
            step
            for step in steps_of(session, found.action_id, change_set_id=found.change_set_id)
            if step.lead_id == lead_id
        ]
        free, obstacles = plan_undo(session, permitted(session, steps, action, actor))
        if obstacles:
            raise UndoRefused(obstacles)
        take_back(session, free)
        undo_id = _begin(session, None, actor)
    return UndoDone(action_id=undo_id, undone_action_id=found.action_id, restored=len(free))


def undo_next_part(undo_action_id: int) -> bool:
    """One more change set of a long undo, in a transaction of its own; tells whether more are left.

    Run by the job: it may be called again after a crash, and goes on where it was.
    """
    with write_session(system_actor(), "undo", continues=undo_action_id) as session:
        undo = session.get_one(ChangeAction, undo_action_id, with_for_update=True)
        progress = dict(undo.params)
        left: list[int] = progress.get("sets_left", [])
        if not left:
            return False
        action = session.get_one(ChangeAction, undo.undoes_action_id)
        steps = steps_of(session, action.id or 0, change_set_id=left[0])
        free, obstacles = plan_undo(session, permitted(session, steps, action, _actor_of(progress)))
        take_back(session, free)
        stayed = [*progress["stayed"], *(_as_json(obstacle) for obstacle in obstacles)]
        progress["stayed_count"] = progress["stayed_count"] + len(obstacles)
        progress["stayed"] = stayed[:MOST_STAYED_KEPT]
        progress["restored"] += len(free)
        progress["sets_left"] = left[1:]
        undo.params = progress
        announce(session, "change_action", undo_action_id)
        return bool(left[1:])


def require_may_undo(actor: Actor, action: ChangeAction) -> None:
    """Raises NotFound, NotPermitted; NotPermitted too for what has been undone already."""
    if actor.role is None or actor.role is Role.PARTNER:
        raise NotFound()
    own = actor.user_id is not None and action.actor_id == actor.user_id
    if not own and not can(actor, Right.UNDO_OTHERS):
        raise NotPermitted(right=Right.UNDO_OTHERS.value)
    if action.undone_by_action_id is not None:
        raise NotPermitted("errors.undone_already")


def permitted(session: Session, steps: list[UndoStep], action: ChangeAction, actor: Actor) -> list[UndoStep]:
    """The steps, if the actor has rights on every row. Raises NotPermitted."""
    for table in {step.table for step in steps} & set(_GUARDED):
        require(actor, _GUARDED[table])
    if actor.user_id is not None and action.actor_id == actor.user_id:
        return steps
    lead_ids = {step.lead_id for step in steps if step.lead_id is not None}
    deleted = {s.record_id: s.values for s in steps if s.table == "lead" and s.operation == "delete"}
    stored = sorted(lead_ids - set(deleted))
    seen: set[int] = set()
    for start in range(0, len(stored), 500):
        chunk = stored[start : start + 500]
        seen.update(session.scalars(select(Lead.id).where(Lead.id.in_(chunk), lead_scope(actor))))
        gone = set(chunk) - set(session.scalars(select(Lead.id).where(Lead.id.in_(chunk))))
        seen |= gone
    for lead_id, values in deleted.items():
        owners = ("owner_id", "unit_id", "group_id", "partner_account_id")
        if can_see_lead(actor, Lead(**{name: values.get(name) for name in owners})):
            seen.add(lead_id)
    if lead_ids - seen:
        raise NotPermitted(right=Right.UNDO_OTHERS.value)
    return steps


def take_back(session: Session, steps: Iterable[UndoStep]) -> None:
    steps = list(steps)
    undo_rows(session, steps)
    lead_ids = {step.lead_id for step in steps if step.lead_id is not None}
    restore_last_activity(session, lead_ids)
    restore_scores(session, lead_ids)


def _begin(
    session: Session, action: ChangeAction | None, actor: Actor, params: dict[str, Any] | None = None
) -> int:
    """Write the undo's own action at once, so that the undone one can name it."""
    info = recorder_of(session).action
    undo = ChangeAction(
        name=info.name,
        params=params or info.params,
        actor_id=actor.user_id,
        actor_name=actor.name,
        at=info.at,
        bulk=action.bulk if action is not None else False,
        undoes_action_id=action.id if action is not None else None,
    )
    session.add(undo)
    session.flush()
    info.action_id = undo.id
    if action is not None:
        action.undone_by_action_id = undo.id
        if action.undoes_action_id is not None:
            again = session.get(ChangeAction, action.undoes_action_id)
            if again is not None:
                again.undone_by_action_id = None
    return undo.id or 0


def _start_job(session: Session, action: ChangeAction, sets: list[int], actor: Actor) -> UndoDone:
    progress = {
        "undoes": action.id,
        "sets_left": sets,
        "restored": 0,
        "stayed": [],
        "stayed_count": 0,
        "actor": {
            "user_id": actor.user_id,
            "role": actor.role.value if actor.role else None,
            "name": actor.name,
            "unit_ids": sorted(actor.unit_ids),
            "group_ids": sorted(actor.group_ids),
            "group_unit_ids": sorted(actor.group_unit_ids),
            "rights": sorted(actor.rights),
        },
    }
    undo_id = _begin(session, action, actor, progress)
    enqueue(session, "undo_action", undo_id, key=str(undo_id), queue=JobQueue.LONG)
    return UndoDone(action_id=undo_id, undone_action_id=action.id or 0, restored=0, running=True)


def _actor_of(progress: dict[str, Any]) -> Actor:
    kept = progress["actor"]
    return Actor(
        user_id=kept["user_id"],
        role=Role(kept["role"]) if kept["role"] else None,
        name=kept["name"],
        unit_ids=frozenset(kept["unit_ids"]),
        group_ids=frozenset(kept["group_ids"]),
        group_unit_ids=frozenset(kept["group_unit_ids"]),
        rights=frozenset(kept["rights"]),
    )


def _outcome(action_id: int, restored: list[UndoStep], stayed: list[Obstacle]) -> dict[str, Any]:
    """What the undo's own action tells about it, as a long undo's progress does."""
    return {
        "undoes": action_id,
        "restored": len(restored),
        "stayed_count": len(stayed),
        "stayed": [_as_json(obstacle) for obstacle in stayed[:MOST_STAYED_KEPT]],
    }


def _as_json(obstacle: Obstacle) -> dict[str, Any]:
    return {
        "table": obstacle.table,
        "record_id": obstacle.record_id,
        "reason": obstacle.reason,
        "fields": list(obstacle.fields),
        "by_table": obstacle.by_table,
        "by_id": obstacle.by_id,
    }


def _id(value: Any) -> int:
    if not is_record_id(value):
        raise NotFound()
    return value


def _action(session: Session, action_id: int) -> ChangeAction:
    action = session.get(ChangeAction, action_id, with_for_update=True)
    if action is None:
        raise NotFound()
    return action


def _row_count(session: Session, action_id: int) -> int:
    statement = (
        select(func.count()).select_from(ChangeRow).join(ChangeSet).where(ChangeSet.action_id == action_id)
    )
    return session.scalar(statement) or 0
