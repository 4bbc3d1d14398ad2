"""One action on many leads: in short transactions, each lead by its own rules, with every failure named."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.access import lead_scope
from leadhub.db import action_id as action_of
from leadhub.db import now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput, LeadhubError, LeadNotFound
from leadhub.domain.fields import Entity, check_fields
from leadhub.domain.permissions import Right, require
from leadhub.domain.process.engine import AnswersMissing, plan_move
from leadhub.models import Lead
from leadhub.services.leads.answers import NO_ANSWERS, Answers
from leadhub.services.leads.assign import give_to_unit, refuse_new_owner
from leadhub.services.leads.carrying_out import act_on_lead
from leadhub.services.leads.customer_links import CustomerQuestion
from leadhub.services.leads.delete import remove_lead
from leadhub.services.leads.edit import apply_edit
from leadhub.services.leads.scoring import request_scores
from leadhub.services.leads.telling import tell_owner
from leadhub.statements.leads import is_record_id
from leadhub.statements.references import active_unit, active_user, check_references

MOST_LEADS = 10_000
#: Leads per transaction: SQLite's write lock is held for some tens of milliseconds.
CHUNK = 25

ForOne = Callable[[Session, Lead], None]


@dataclass(frozen=True)
class BulkFailure:
    """Why one lead stayed as it was: the text `key` with `params`."""

    lead_id: int
    number: int
    key: str
    params: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class BulkDone:
    """`action_id` undoes the whole, row by row."""

    action_id: int | None
    done: int
    failures: tuple[BulkFailure, ...] = ()


def bulk_assign(
    lead_ids: Sequence[int], *, actor: Actor, to_user_id: int | None = None, unit_id: int | None = None
) -> BulkDone:
    """Give many leads to a user, or to a unit. Raises NotPermitted, AssigneeInactive, NotFound."""
    require(actor, Right.BULK_EDIT)
    require(actor, Right.ASSIGN_LEAD)

    def assign(session: Session, lead: Lead) -> None:
        refuse_new_owner(session, lead)
        if to_user_id is None:
            give_to_unit(session, lead, unit_id or 0, actor)
        elif lead.owner_id != to_user_id:
            lead.owner_id, lead.assigned_at = active_user(session, to_user_id).id, now()
            tell_owner(session, lead, actor)

    def check(session: Session) -> None:
        if to_user_id is None:
            active_unit(session, unit_id)
        else:
            active_user(session, to_user_id)

    return _for_each(lead_ids, "assign leads", assign, check, actor)


def bulk_edit(lead_ids: Sequence[int], values: Mapping[str, Any], *, actor: Actor) -> BulkDone:
    """Set the same fields on many leads. Raises NotPermitted, InvalidFields."""
    require(actor, Right.BULK_EDIT)
    require(actor, Right.EDIT_LEAD)

    def check(session: Session) -> None:
        check_references(session, Entity.LEAD, check_fields(Entity.LEAD, values))

    return _for_each(
        lead_ids,
        "edit leads",
        lambda session, lead: apply_edit(session, lead, values, actor=actor, rescore=False),
        check,
        actor,
        rescores=True,
    )


def bulk_move(
    lead_ids: Sequence[int], to_stage: str, *, actor: Actor, answers: Answers = NO_ANSWERS
) -> BulkDone:
    """Move many leads to a stage, with one answer for all. Raises NotPermitted."""
    require(actor, Right.BULK_EDIT)
    require(actor, Right.MOVE_STAGE)

    def move(session: Session, lead: Lead) -> None:
        if lead.stage_key == to_stage:
            return
        found = act_on_lead(
            session,
            lead,
            lambda definition, facts: plan_move(definition, facts, str(to_stage), given=answers.given),
            actor=actor,
            answers=answers,
        )
        if isinstance(found, CustomerQuestion):
            raise InvalidInput("leads.bulk.customer_unclear")

    # A transaction each: a contact that one lead makes has to be found for the next of the same person.
    return _for_each(lead_ids, "move leads", move, lambda session: None, actor, chunk_size=1)


def bulk_delete(lead_ids: Sequence[int], *, actor: Actor) -> BulkDone:
    """Delete many leads that are still pending. Raises NotPermitted."""
    require(actor, Right.BULK_EDIT)
    require(actor, Right.DELETE_LEAD)
    return _for_each(
        lead_ids,
        "delete leads",
        lambda session, lead: remove_lead(session, lead),
        lambda session: None,
        actor,
    )


def _for_each(
    lead_ids: Sequence[int],
    action: str,
    for_one: ForOne,
    check: Callable[[Session], None],
    actor: Actor,
    *,
    rescores: bool = False,
    chunk_size: int = CHUNK,
) -> BulkDone:
    wanted = [lead_id for lead_id in dict.fromkeys(lead_ids) if is_record_id(lead_id)]
    if len(wanted) > MOST_LEADS:
        raise InvalidInput("leads.bulk.too_many", maximum=MOST_LEADS, count=len(wanted))
    action_id: int | None = None
    failures: list[BulkFailure] = []
    done = 0
    for chunk in _chunks(wanted, chunk_size):
        with write_session(
            actor, action, params={"count": len(wanted)}, continues=action_id, bulk=True
        ) as session:
            check(session)
            statement = select(Lead).where(Lead.id.in_(chunk), lead_scope(actor)).order_by(Lead.id)
            leads = {lead.id: lead for lead in session.scalars(statement.with_for_update(of=Lead))}
            failed = []
            for lead_id in chunk:
                failure = _one(session, leads.get(lead_id), lead_id, for_one)
                if failure is not None:
                    failed.append(failure)
            done += len(chunk) - len(failed)
            failures += failed
            if rescores:
                request_scores(session, [lead for lead in leads.values() if lead.qualified_at is not None])
        action_id = action_of(session)
    return BulkDone(action_id=action_id, done=done, failures=tuple(failures))


def _one(session: Session, lead: Lead | None, lead_id: int, for_one: ForOne) -> BulkFailure | None:
    """Every service refuses before it changes anything, so a refused lead needs no rollback of its own."""
    try:
        if lead is None:
            raise LeadNotFound()
        # One write for all of a chunk instead of one for each lead, where the action itself needs none.
        with session.no_autoflush:
            for_one(session, lead)
    except AnswersMissing as missing:
        kinds = ", ".join(ask.kind.value for ask in missing.asks)
        return BulkFailure(lead_id, lead_id, missing.key, {"questions": kinds})
    except LeadhubError as error:
        return BulkFailure(lead_id, lead_id, error.key, dict(error.params))
    return None


def _chunks(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
