"""Select from similar: which contact and account the lead is for, and leads like it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.fields import Entity
from leadhub.queries.leads.field_options import search_options
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.queries.rows.similar import EvidenceRow, SimilarLeadRow
from leadhub.queries.similar import similar_accounts_of_lead, similar_contacts_of_lead, similar_leads
from leadhub.routes import lead_url
from leadhub.services.leads.create_customer import create_customer
from leadhub.services.leads.edit import edit_lead
from leadhub.services.leads.results import LeadDone
from leadhub.state.forms import id_of, plain
from leadhub.state.toasts import show_toast
from leadhub.texts import keys

KINDS = ("contact", "account")
_SEARCHES = {"contact": similar_contacts_of_lead, "account": similar_accounts_of_lead}


@dataclass(frozen=True)
class EvidenceView:
    text_key: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SimilarView:
    """A contact or account that may be the one meant, with why."""

    id: int
    name: str
    detail: str
    is_exact: bool
    evidence: list[EvidenceView] = field(default_factory=list)


@dataclass(frozen=True)
class SimilarLeadView:
    id: int
    title: str
    href: str
    """"" for a lead that one may not see."""
    owner_name: str
    stage_label: str
    state: str
    rules: list[str] = field(default_factory=list)


class SimilarPart(rx.State, mixin=True):
    """Mixed into `LeadPage`."""

    similar_of: str = ""
    """contact or account while the dialog is open."""
    similar: list[SimilarView] = []
    near_names: str = ""
    similar_leads: list[SimilarLeadView] = []
    records: list[Choice] = []

    @rx.event
    async def open_similar(self, kind: str) -> None:
        """Open "Select from similar" for the contact or the account."""
        actor = await self._actor()
        search = _SEARCHES.get(str(kind))
        if search is None:
            raise InvalidInput()
        found = await asyncio.to_thread(search, self.record_id, actor=actor)
        self.similar = [
            SimilarView(one.id, one.name, one.detail, one.is_exact, _evidence(one.evidence)) for one in found
        ]
        self.near_names = ", ".join(one.name for one in found[:3])
        self.records = []
        self.similar_of = str(kind)

    @rx.event
    async def close_similar(self) -> None:
        """Leave the link as it is."""
        await self._actor()
        self.similar_of, self.similar = "", []

    @rx.event
    async def find_records(self, typed: str) -> None:
        """Offer any contact or account whose name contains what is typed."""
        actor = await self._actor()
        if self.similar_of in KINDS:
            self.records = await asyncio.to_thread(
                search_options, Entity.LEAD, self.similar_of, str(typed), actor=actor
            )

    @rx.event
    async def link_record(self, record_id: str) -> EventSpec | None:
        """Link the lead to the chosen contact or account."""
        actor = await self._actor()
        chosen = id_of(record_id)
        if self.similar_of not in KINDS or not chosen:
            return None
        kind = self.similar_of
        done = await asyncio.to_thread(edit_lead, self.record_id, {kind: chosen}, actor=actor)
        return await self._linked(actor, done, f"lead_page.{kind}_linked")

    @rx.event
    async def unlink_record(self, kind: str) -> EventSpec | None:
        """Take the link to the contact or account away; what the lead says of it stays."""
        actor = await self._actor()
        if str(kind) not in KINDS:
            raise InvalidInput()
        done = await asyncio.to_thread(edit_lead, self.record_id, {str(kind): None}, actor=actor)
        return await self._linked(actor, done, f"lead_page.{kind}_unlinked")

    @rx.event
    async def create_record(self) -> EventSpec | None:
        """Make a new contact or account of what the lead says."""
        actor = await self._actor()
        if self.similar_of not in KINDS:
            return None
        kind = self.similar_of
        done = await asyncio.to_thread(create_customer, self.record_id, kind, actor=actor)  # type: ignore[arg-type]
        return await self._linked(actor, done, f"lead_page.{kind}_created")

    async def _linked(self, actor: Actor, done: LeadDone, key: str) -> EventSpec | None:
        self.similar_of, self.similar = "", []
        await self._load(actor)
        return show_toast(key, undo=done.action_id) if done.action_id is not None else None

    async def _load_similar(self, actor: Actor) -> None:
        found = await asyncio.to_thread(similar_leads, self.record_id, actor=actor)
        self.similar_leads = [_lead(row) for row in found[:10]]


def _lead(row: SimilarLeadRow) -> SimilarLeadView:
    href = lead_url(row.id) if row.is_visible else ""
    rules = [key for key in row.rules if key in keys()]
    return SimilarLeadView(row.id, row.title, href, row.owner_name, row.stage_label, row.state, rules)


def _evidence(rows: tuple[EvidenceRow, ...]) -> list[EvidenceView]:
    known = [row for row in rows if row.text_key in keys()]
    return [EvidenceView(row.text_key, plain(row.params)) for row in known[:4]]
