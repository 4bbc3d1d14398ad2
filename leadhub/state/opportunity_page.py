"""One opportunity: its stages, its fields, what is left to do, and how it ends."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput, NotFound
from leadhub.domain.fields import Entity
from leadhub.domain.lookups import Lookup
from leadhub.domain.process.engine import AnswersMissing, LostChoice
from leadhub.live import LiveEvent
from leadhub.queries.leads.field_options import list_lookup_choices
from leadhub.queries.opportunities.page import get_opportunity, list_opportunity_posts
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.queries.rows.lead_page import FeedPost
from leadhub.queries.rows.opportunity_page import OpportunityDetail
from leadhub.services.activities.schedule import schedule_activity
from leadhub.services.leads.answers import Answers
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.services.leads.posts import delete_post
from leadhub.services.opportunities.close import close_opportunity, move_opportunity
from leadhub.services.opportunities.comment import comment_on_opportunity
from leadhub.services.opportunities.edit import edit_opportunity
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, shows_field_errors, text_of
from leadhub.state.lead_page.views import (
    ActivityView,
    GroupView,
    StageView,
    activity_view,
    field_groups,
    stage_views,
)
from leadhub.state.record_editing import EditingPart
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_moment
from leadhub.state.watching import watch_changes

Outcome = Literal["won", "lost"]
GROUPS = ("general", "dates", "origin")
_LABELS = {"reason": "fields.opportunity.lost_reason", "open_activities": "actions.open_activities"}


@dataclass(frozen=True)
class OpportunityView:
    """The head of the page and its links."""

    id: int = 0
    version: int = 0
    title: str = ""
    kind: str = ""
    stage_label: str = ""
    state: str = ""
    is_final: bool = False
    owner_name: str = ""
    amount_minor: int = 0
    has_amount: bool = False
    lead_id: int = 0
    lead_title: str = ""
    lead_stage: str = ""
    contact_id: int = 0
    contact_name: str = ""
    account_id: int = 0
    account_name: str = ""


class OpportunityPage(EditingPart, FormErrors, AppState):
    """The page of one opportunity."""

    record_id: int = 0
    status: str = "loading"
    opportunity: OpportunityView = OpportunityView()
    stages: list[StageView] = []
    groups: list[GroupView] = []
    activities: list[ActivityView] = []
    planned: list[str] = []
    posts: list[FeedPost] = []
    posts_written: int = 0
    may: dict[str, bool] = {}
    closing: str = ""
    """won or lost while its dialog is open."""
    completing: ActivityView = ActivityView(0, "", "", "", "", False)
    scheduling: bool = False
    lost_reasons: list[Choice] = []

    @rx.event
    async def load(self) -> None:
        """Show the opportunity of the address."""
        actor = await self._actor()
        asked = self._asked_id()
        if asked != self.record_id:
            self._forget()
        self.record_id = asked
        await self._load(actor)

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what others change on it, on its activities and in its feed."""
        async with self:
            topics = (f"opportunity:{self._asked_id()}", f"lead:{self.opportunity.lead_id}")
        await watch_changes(self, *topics, refresh=OpportunityPage._refresh, at_most_every=0.3)

    @rx.event
    async def pick_stage(self, key: str) -> EventSpec | None:
        """Go to a stage of the workflow bar; a final one asks what it needs first."""
        actor = await self._actor()
        detail = await asyncio.to_thread(get_opportunity, self.record_id, actor=actor)
        stage = next((stage for stage in detail.stages if stage.key == str(key)), None)
        if stage is not None and stage.is_final:
            await self._open_closing(actor, "won" if stage.state == "won" else "lost")
            return None
        done = await asyncio.to_thread(move_opportunity, self.record_id, str(key), actor=actor)
        await self._load(actor)
        return show_toast("opportunity_page.moved", undo=done.action_id) if done.action_id else None

    @rx.event
    async def open_closing(self, outcome: str) -> None:
        """Ask what closing as won or lost needs."""
        actor = await self._actor()
        await self._open_closing(actor, _outcome(outcome))

    @rx.event
    async def close_dialogs(self) -> None:
        """Leave the open dialog; nothing was done."""
        await self._actor()
        self._shut()

    @rx.event
    @shows_field_errors
    async def close(self, form: dict[str, Any]) -> EventSpec:
        """Close the opportunity; its lead follows as chosen (C-64)."""
        actor = await self._actor()
        outcome = _outcome(self.closing)
        settled = text_of(form, "open_activities")
        answers = Answers(
            reason_id=id_of(text_of(form, "reason")) or None,
            note=text_of(form, "note"),
            open_activities=settled if settled in ("complete", "cancel") else None,  # type: ignore[arg-type]
        )
        nurture = text_of(form, "lead_goes_to") == LostChoice.NURTURING
        choice = LostChoice.NURTURING if nurture else LostChoice.NOT_INTERESTED
        try:
            done = await asyncio.to_thread(
                close_opportunity, self.record_id, outcome, actor=actor, answers=answers, lead_goes_to=choice
            )
        except AnswersMissing as missing:
            raise InvalidFields([_missing(ask.kind.value) for ask in missing.asks]) from missing
        self._shut()
        await self._load(actor)
        key = "opportunity_page.closed_won" if outcome == "won" else "opportunity_page.closed_lost"
        return show_toast(key, undo=done.action_id)

    @rx.event
    async def open_completing(self, activity_id: int) -> None:
        """Ask how an activity went."""
        await self._actor()
        wanted = id_of(activity_id)
        shown = next((one for one in self.activities if one.id == wanted), None)
        if shown is not None:
            self._shut()
            self.completing = shown

    @rx.event
    @shows_field_errors
    async def complete(self, form: dict[str, Any]) -> EventSpec | None:
        """Complete the shown activity."""
        actor = await self._actor()
        if not self.completing.id:
            return None
        done = await asyncio.to_thread(
            complete_activity, self.completing.id, actor=actor, details=text_of(form, "note")
        )
        self._shut()
        await self._load(actor)
        return show_toast("opportunity_page.completed", undo=done.action_id) if done.action_id else None

    @rx.event
    async def open_scheduling(self) -> None:
        """Ask what is to be planned."""
        await self._actor()
        self._shut()
        self.scheduling = True

    @rx.event
    @shows_field_errors
    async def schedule(self, form: dict[str, Any]) -> EventSpec:
        """Plan an activity."""
        actor = await self._actor()
        due_at = typed_moment(
            text_of(form, "due_at"), field="due_at", label="fields.activity.due_at", actor=actor
        )
        values = {
            "kind": text_of(form, "kind") or "task",
            "title": text_of(form, "title"),
            "due_at": due_at,
            "body": text_of(form, "body"),
        }
        done = await asyncio.to_thread(schedule_activity, values, actor=actor, opportunity_id=self.record_id)
        self._shut()
        await self._load(actor)
        return show_toast("opportunity_page.scheduled", undo=done.action_id)

    @rx.event
    @shows_field_errors
    async def comment(self, form: dict[str, Any]) -> None:
        """Write into the feed."""
        actor = await self._actor()
        body = text_of(form, "body", longest=30_000)
        await asyncio.to_thread(comment_on_opportunity, self.record_id, body, actor=actor)
        self.posts_written += 1
        await self._load(actor)

    @rx.event
    async def remove_post(self, post_id: int) -> EventSpec:
        """Take one's own comment back."""
        actor = await self._actor()
        done = await asyncio.to_thread(delete_post, id_of(post_id), actor=actor)
        await self._load(actor)
        return show_toast("lead_page.post_deleted", undo=done.action_id)

    async def _open_closing(self, actor: Actor, outcome: Outcome) -> None:
        self._shut()
        if outcome == "lost" and not self.lost_reasons:
            self.lost_reasons = await asyncio.to_thread(list_lookup_choices, Lookup.LOST_REASONS, actor=actor)
        self.closing = outcome

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load(await self._actor())

    async def _load(self, actor: Actor) -> None:
        try:
            found = await asyncio.to_thread(get_opportunity, self.record_id, actor=actor)
        except NotFound:
            self._forget()
            self.status = "missing"
            return
        self._show(found, actor)
        self.posts = list(await asyncio.to_thread(list_opportunity_posts, self.record_id, actor=actor))
        self.status = "ready"

    def _show(self, found: OpportunityDetail, actor: Actor) -> None:
        names = OpportunityView.__dataclass_fields__
        shared = {name: getattr(found, name) for name in names if hasattr(found, name)}
        shared["amount_minor"] = found.amount_minor or 0
        self.opportunity = OpportunityView(**{**shared, "has_amount": found.amount_minor is not None})
        self.stages = stage_views(found.stages, actor.locale)
        self.groups = field_groups(Entity.OPPORTUNITY, found.fields, GROUPS, can_edit=found.can["edit"])
        self.activities = [activity_view(row) for row in found.activities]
        self.planned = list(found.planned)
        self.may = found.can

    def _asked_id(self) -> int:
        return id_of(str(self.router.url.path).rstrip("/").rpartition("/")[2])

    def _shut(self) -> None:
        self.closing, self.scheduling, self.errors = "", False, {}
        self.completing = ActivityView(0, "", "", "", "", False)

    def _forget(self) -> None:
        self._shut()
        self._forget_stale()
        self.status, self.opportunity, self.groups, self.posts = "loading", OpportunityView(), [], []
        self._begun = {}

    def _entity(self) -> Entity:
        return Entity.OPPORTUNITY

    def _shown_version(self) -> int:
        return self.opportunity.version

    def _store(self, values: Mapping[str, Any], actor: Actor, version: int) -> int | None:
        return edit_opportunity(self.record_id, values, actor=actor, expected_version=version).action_id


def _outcome(given: object) -> Outcome:
    if given == "won":
        return "won"
    if given == "lost":
        return "lost"
    raise InvalidInput()


def _missing(kind: str) -> InvalidInput:
    return InvalidInput("errors.value_required", field=kind, field_label=_LABELS.get(kind, "actions.answer"))
