"""The lists of contacts, accounts, opportunities, activities and campaigns: one state, five entities."""

import asyncio
from typing import Any, ClassVar

import reflex as rx
from reflex.event import EventSpec

from leadhub import routes
from leadhub.domain.fields import Entity
from leadhub.services.leads.complete_activity import complete_activity
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of
from leadhub.state.records.filters import FilterPart
from leadhub.state.records.new_record import NewRecordPart
from leadhub.state.records.rows import RowsPart
from leadhub.state.toasts import show_toast


class RecordList(FilterPart, NewRecordPart, RowsPart, FormErrors, rx.State, mixin=True):
    """Everything that a list of records does."""


class ContactList(RecordList, AppState):
    entity: ClassVar[Entity] = Entity.CONTACT
    address: ClassVar[str] = routes.CONTACTS


class AccountList(RecordList, AppState):
    entity: ClassVar[Entity] = Entity.ACCOUNT
    address: ClassVar[str] = routes.ACCOUNTS


class OpportunityList(RecordList, AppState):
    entity: ClassVar[Entity] = Entity.OPPORTUNITY
    address: ClassVar[str] = routes.OPPORTUNITIES


class ActivityList(RecordList, AppState):
    entity: ClassVar[Entity] = Entity.ACTIVITY
    address: ClassVar[str] = routes.ACTIVITIES

    @rx.event
    async def complete(self, activity_id: int) -> EventSpec:
        """Complete a task that asks nothing."""
        actor = await self._actor()
        done = await asyncio.to_thread(complete_activity, id_of(activity_id), actor=actor)
        await self._reload(actor)
        return show_toast("my_day.completed", undo=done.action_id)


class CampaignList(RecordList, AppState):
    entity: ClassVar[Entity] = Entity.CAMPAIGN
    address: ClassVar[str] = routes.CAMPAIGNS


LISTS: tuple[Any, ...] = (ContactList, AccountList, OpportunityList, ActivityList, CampaignList)
