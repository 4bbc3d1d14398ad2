from dataclasses import dataclass

from leadhub.models import Activity, Lead
from leadhub.services.leads.plan_execution import Execution


@dataclass(frozen=True, kw_only=True)
class LeadDone:
    """What an action on a lead did; `action_id` is for the toast's Undo (None if nothing changed)."""

    lead_id: int
    action_id: int | None
    version: int
    stage_key: str
    state: str
    title: str
    activity_ids: tuple[int, ...] = ()
    """The activities that the process made."""
    shown_activity_id: int | None = None
    """An activity that already waits and is to be opened."""
    form: str | None = None
    """A form that opens at once and may be filled later."""
    opportunity_id: int | None = None
    score: int = 0


def lead_done(lead: Lead, action_id: int | None, execution: Execution | None = None) -> LeadDone:
    """To be called after the write session's block, when ids and versions are final."""
    ran = execution
    return LeadDone(
        lead_id=lead.id or 0,
        action_id=action_id,
        version=lead.version,
        stage_key=lead.stage_key,
        state=lead.state,
        title=lead.display_title,
        activity_ids=tuple(a.id or 0 for a in ran.created) if ran else (),
        shown_activity_id=ran.shown_activity_id if ran else None,
        form=ran.form.value if ran and ran.form else None,
        opportunity_id=ran.opportunity.id if ran and ran.opportunity else None,
        score=lead.score,
    )


@dataclass(frozen=True, kw_only=True)
class ActivityDone:
    """What an action on an activity did; `lead` is what became of its lead, if one is behind it."""

    activity_id: int
    action_id: int | None
    status: str
    lead: LeadDone | None = None


def activity_done(
    activity: Activity, action_id: int | None, lead: Lead | None = None, execution: Execution | None = None
) -> ActivityDone:
    return ActivityDone(
        activity_id=activity.id or 0,
        action_id=action_id,
        status=activity.status,
        lead=lead_done(lead, action_id, execution) if lead is not None else None,
    )


@dataclass(frozen=True, kw_only=True)
class PostDone:
    post_id: int
    lead_id: int
    action_id: int | None


@dataclass(frozen=True, kw_only=True)
class AttachmentDone:
    attachment_id: int
    lead_id: int
    action_id: int | None
    file_name: str
