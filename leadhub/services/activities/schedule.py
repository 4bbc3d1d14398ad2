"""What people plan: schedule, edit, cancel, delete, and the call that was just made (M-81, M-82)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from leadhub.db import action_id, now, write_session
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput, NotFound, NotPermitted
from leadhub.domain.fields import Entity, check_fields
from leadhub.domain.permissions import Right, require
from leadhub.models import Activity, Lead, Opportunity
from leadhub.services.leads.complete_activity import activity_for_update
from leadhub.services.leads.results import ActivityDone, activity_done
from leadhub.statements.leads import is_record_id, lead_for_update
from leadhub.statements.references import check_references

_NOT_BY_FORM = frozenset({"status", "lead", "opportunity", "author", "completed_at", "created_at"})
_KINDS_OF_CALL = ("inbound", "outbound")


def schedule_activity(
    values: Mapping[str, Any],
    *,
    actor: Actor,
    lead_id: int | None = None,
    opportunity_id: int | None = None,
) -> ActivityDone:
    """Plan a task, call, email, meeting or appointment; the lead's contact goes over to it (M-82).

    Raises LeadNotFound, NotFound, NotPermitted, InvalidFields.
    """
    require(actor, Right.EDIT_ACTIVITY)
    with write_session(actor, "schedule activity") as session:
        checked = _checked(session, {"kind": "task", "owner": actor.user_id, **values}, whole=True)
        lead = lead_for_update(session, lead_id, actor) if lead_id is not None else None
        if opportunity_id is not None:
            lead = _lead_of_opportunity(session, opportunity_id, actor) or lead
        activity = _activity(lead, opportunity_id, checked, actor)
        session.add(activity)
    return activity_done(activity, action_id(session), lead)


def edit_activity(activity_id: int, values: Mapping[str, Any], *, actor: Actor) -> ActivityDone:
    """Change a planned activity. Raises NotFound, NotPermitted, InvalidFields."""
    require(actor, Right.EDIT_ACTIVITY)
    with write_session(actor, "edit activity") as session:
        activity = activity_for_update(session, activity_id, actor)
        checked = _checked(session, values, activity=activity)
        for column, value in checked.items():
            setattr(activity, column, value)
    return activity_done(activity, action_id(session))


def cancel_activity(activity_id: int, *, actor: Actor, details: str = "") -> ActivityDone:
    """Cancel what a person planned; what the process made is closed by completing it or by moving on.

    Raises NotFound, NotPermitted.
    """
    require(actor, Right.EDIT_ACTIVITY)
    with write_session(actor, "cancel activity") as session:
        activity = activity_for_update(session, activity_id, actor)
        _refuse_process_activity(activity)
        if activity.status == "planned":
            activity.status, activity.completed_at = "cancelled", now()
            activity.result_details = str(details)[:20_000].strip()
    return activity_done(activity, action_id(session))


def delete_activity(activity_id: int, *, actor: Actor) -> ActivityDone:
    """Delete what a person planned. Raises NotFound, NotPermitted."""
    require(actor, Right.EDIT_ACTIVITY)
    with write_session(actor, "delete activity") as session:
        activity = activity_for_update(session, activity_id, actor)
        _refuse_process_activity(activity)
        session.delete(activity)
    return activity_done(activity, action_id(session))


def log_call(
    lead_id: int,
    *,
    actor: Actor,
    direction: str = "outbound",
    note: str = "",
    duration_minutes: int | None = None,
) -> ActivityDone:
    """Log a call that has been made, from list or page in two clicks.

    Raises LeadNotFound, NotPermitted, InvalidFields.
    """
    require(actor, Right.EDIT_ACTIVITY)
    typed = {"kind": "call", "title": "Call", "direction": direction, "owner": actor.user_id,
             "result_details": note, "duration_minutes": duration_minutes}  # fmt: skip
    with write_session(actor, "log call") as session:
        checked = _checked(session, typed, whole=True)
        lead = lead_for_update(session, lead_id, actor)
        who = lead.contact_name or lead.account_name
        checked["title"] = f"Call: {who}" if who else "Call"
        activity = _activity(lead, None, checked, actor)
        activity.status, activity.completed_at = "done", now()
        activity.starts_at = activity.due_at = activity.completed_at
        lead.last_activity_at = activity.completed_at
        session.add(activity)
    return activity_done(activity, action_id(session), lead)


def _activity(
    lead: Lead | None, opportunity_id: int | None, values: dict[str, Any], actor: Actor
) -> Activity:
    links = {
        "lead_id": lead.id if lead else None,
        "opportunity_id": opportunity_id,
        "contact_id": lead.contact_id if lead else None,
        "account_id": lead.account_id if lead else None,
    }
    given = {column: value for column, value in values.items() if value is not None}
    return Activity(**{**links, **given, "author_id": actor.user_id})


def _checked(
    session: Session, typed: Mapping[str, Any], *, activity: Activity | None = None, whole: bool = False
) -> dict[str, Any]:
    locked = [str(key)[:60] for key in typed if key in _NOT_BY_FORM]
    if locked:
        raise InvalidFields([_problem("errors.value_not_editable", key) for key in locked])
    values = check_fields(Entity.ACTIVITY, typed)
    if activity is not None:
        values = {column: value for column, value in values.items() if getattr(activity, column) != value}
    missing = [key for key in ("title", "kind") if whole and not values.get(key)]
    if missing:
        raise InvalidFields([_problem("errors.value_required", key) for key in missing])
    check_references(session, Entity.ACTIVITY, values)
    return values


def _problem(key: str, field: str) -> InvalidInput:
    return InvalidInput(key, field=field, field_label=f"fields.activity.{field}")


def _refuse_process_activity(activity: Activity) -> None:
    if activity.by_process and activity.status == "planned":
        raise NotPermitted("errors.activity_of_process")


def _lead_of_opportunity(session: Session, opportunity_id: int, actor: Actor) -> Lead | None:
    found = session.get(Opportunity, opportunity_id) if is_record_id(opportunity_id) else None
    if found is None:
        raise NotFound()
    return lead_for_update(session, found.lead_id, actor) if found.lead_id is not None else None
