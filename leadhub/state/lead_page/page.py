"""One lead: its head, its fields, its tabs, all of it live."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import LeadNotFound
from leadhub.domain.fields import Entity
from leadhub.domain.lookups import Lookup
from leadhub.live import LiveEvent
from leadhub.queries.leads.field_options import list_lookup_choices
from leadhub.queries.leads.neighbours import find_neighbours
from leadhub.queries.leads.page import get_lead
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.queries.rows.lead_page import LeadDetail
from leadhub.services.leads.edit import edit_lead
from leadhub.services.leads.scoring import score_lead
from leadhub.settings import get_settings
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of
from leadhub.state.lead_page.feed import FeedPart
from leadhub.state.lead_page.history import FIRST_TIMELINE, HistoryPart
from leadhub.state.lead_page.similar import SimilarPart
from leadhub.state.lead_page.views import (
    TAB_GROUPS,
    ActivityView,
    CommunicationView,
    GroupView,
    LeadView,
    ProfileView,
    ScoreView,
    StageView,
    account_view,
    activity_view,
    contact_view,
    field_groups,
    lead_view,
    score_view,
    stage_views,
    tabs_of,
)
from leadhub.state.record_editing import EditingPart
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes


class LeadPage(EditingPart, HistoryPart, FeedPart, SimilarPart, FormErrors, AppState):
    """The page of one lead. Any client may call any handler: the services ask for the rights."""

    record_id: int = 0
    status: str = "loading"
    """loading, ready or missing."""
    tab: str = "lead_info"
    lead: LeadView = LeadView()
    stages: list[StageView] = []
    activities: list[ActivityView] = []
    contact: ProfileView = ProfileView()
    account: ProfileView = ProfileView()
    score: ScoreView = ScoreView()
    groups: list[GroupView] = []
    may: dict[str, bool] = {}
    reasons: list[Choice] = []
    registration: list[CommunicationView] = []
    extended: list[CommunicationView] = []
    previous_href: str = ""
    next_href: str = ""
    list_href: str = routes.LEADS

    @rx.event
    async def load(self) -> None:
        """Show the lead of the address, at the tab of the address."""
        actor = await self._actor()
        lead_id = self._asked_id()
        if lead_id != self.record_id:
            self._forget()
        self.record_id = lead_id
        self.largest_mb = get_settings().max_attachment_mb
        asked = self.router.url.query_parameters
        self.tab = str(asked.get("tab", ""))[:20]
        await self._load(actor)
        await self._load_neighbours(actor, str(asked.get("list", ""))[:4_000])

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what others change on this lead."""
        async with self:
            lead_id = self._asked_id()
        await watch_changes(self, f"lead:{lead_id}", refresh=LeadPage._refresh, at_most_every=0.3)

    @rx.event
    async def pick_tab(self, tab: str) -> EventSpec:
        """Show another tab, and keep it in the address."""
        actor = await self._actor()
        self.tab = str(tab)[:20]
        await self._load(actor)
        return rx.call_script(
            "(() => { const url = new URL(location.href); "
            f"url.searchParams.set('tab', '{self.tab}'); "
            "history.replaceState(history.state, '', url.pathname + url.search); })()"
        )

    @rx.event
    async def evaluate_score(self) -> EventSpec:
        """Work out the predictive score now; an unqualified lead is told when it will be."""
        actor = await self._actor()
        done = await asyncio.to_thread(score_lead, self.record_id, actor=actor)
        await self._load(actor)
        if not done.is_qualified:
            return show_toast("leads.score.not_qualified", tone="neutral")
        return show_toast("lead_page.score_done", score=done.score)

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load(await self._actor())

    def _entity(self) -> Entity:
        return Entity.LEAD

    def _shown_version(self) -> int:
        return self.lead.version

    def _store(self, values: Mapping[str, Any], actor: Actor, version: int) -> int | None:
        return edit_lead(self.record_id, values, actor=actor, expected_version=version).action_id

    def _asked_id(self) -> int:
        return id_of(str(self.router.url.path).rstrip("/").rpartition("/")[2])

    def _forget(self) -> None:
        """Nothing of one lead may show on the page of the next."""
        self.status, self.lead, self.groups = "loading", LeadView(), []
        self.posts, self.notes, self.files, self.history, self.timeline = [], [], [], [], []
        self.similar_leads, self.similar_of, self.upload_percent = [], "", -1
        self.errors, self._begun, self._timeline_limit = {}, {}, FIRST_TIMELINE
        self._forget_stale()

    async def _load(self, actor: Actor) -> None:
        try:
            lead = await asyncio.to_thread(get_lead, self.record_id, actor=actor)
        except LeadNotFound:
            self._forget()
            self.status = "missing"
            return
        self._show(lead, actor)
        if self.may.get("disqualify") and not self.reasons:
            self.reasons = await asyncio.to_thread(
                list_lookup_choices, Lookup.DISQUALIFICATION_REASONS, actor=actor
            )
        match self.tab:
            case "lead_info":
                await self._load_similar(actor)
            case "timeline":
                await self._load_timeline(actor)
            case "history":
                await self._load_history(actor)
            case "files":
                await self._load_files(actor)
            case "feed":
                await self._load_feed(actor)
        self.status = "ready"

    def _show(self, lead: LeadDetail, actor: Actor) -> None:
        offered = tabs_of(lead.lead_type)
        if self.tab not in offered:
            self.tab = offered[0]
        self.lead = lead_view(lead)
        self.stages = stage_views(lead.stages, actor.locale)
        self.activities = [activity_view(row) for row in lead.activities]
        self.contact = contact_view(lead.contact, lead.fields)
        self.account = account_view(lead.account, lead.fields)
        self.score = score_view(lead.score)
        self.may = lead.can
        self.groups = field_groups(
            Entity.LEAD,
            lead.fields,
            TAB_GROUPS.get(self.tab, ()),
            can_edit=lead.can["edit"],
            can_change_owner=lead.can["change_owner"],
        )
        self.registration = [CommunicationView(_title(name), value) for name, value in lead.registration]
        self.extended = [CommunicationView(_title(name), value) for name, value in lead.extended]

    async def _load_neighbours(self, actor: Actor, listed: str) -> None:
        found = await asyncio.to_thread(find_neighbours, self.record_id, listed, actor=actor)
        suffix = f"?{urlencode({'list': listed})}" if listed else ""
        self.list_href = f"{routes.LEADS}?{listed}" if listed else routes.LEADS
        self.previous_href = routes.lead_url(found.previous_id) + suffix if found.previous_id else ""
        self.next_href = routes.lead_url(found.next_id) + suffix if found.next_id else ""


def _title(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()
