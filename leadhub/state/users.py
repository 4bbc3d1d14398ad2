import asyncio
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from leadhub.live import LiveEvent
from leadhub.queries.rows.people import PersonOption, UserDetail, UserRow
from leadhub.queries.units.list import list_groups
from leadhub.queries.users.people import (
    get_user_detail,
    list_account_options,
    list_unit_options,
    list_user_options,
    list_users,
)
from leadhub.services.users.deactivate import deactivate_user, reactivate_user
from leadhub.services.users.edit import UserChanges, edit_user
from leadhub.services.users.invite import invite_user, make_access_link
from leadhub.settings import get_settings
from leadhub.state.base import AppState
from leadhub.state.forms import FormErrors, id_of, ids_of, shows_field_errors, text_of
from leadhub.state.toasts import show_toast
from leadhub.state.watching import watch_changes

NOBODY = UserDetail(
    id=0, name="", email="", role="sales", active=True, group_id="", unit_ids=[], grants=[],
    partner_account_id="", partner_account="", open_leads=0, has_password=False,
)  # fmt: skip


class UsersState(FormErrors, AppState):
    """Settings → Users: who may come in, as what, and in which units."""

    users: list[UserRow] = []
    search: str = ""
    dialog: str = ""
    """"" none, "edit" (a new one if the id is 0), "deactivate" or "link"."""
    detail: UserDetail = NOBODY
    role: str = "sales"
    link: str = ""
    link_mailed: bool = False
    units: list[PersonOption] = []
    groups: list[PersonOption] = []
    people: list[PersonOption] = []
    accounts: list[PersonOption] = []

    @rx.event
    async def load(self) -> None:
        """Read the list; part of the page's on_load."""
        self.dialog, self.search = "", ""
        await self._load()

    @rx.event(background=True)
    async def watch(self) -> None:
        """Follow what other administrators change."""
        topics = ("app_user", "unit_member", "unit", "web_session")
        await watch_changes(self, *topics, refresh=UsersState._refresh, at_most_every=2.0)

    @rx.event
    async def find(self, text: str) -> None:
        """Search by name or e-mail."""
        self.search = text[:100] if isinstance(text, str) else ""
        await self._load()

    @rx.event
    async def add(self) -> None:
        """Open the dialog for a new person."""
        await self._open(NOBODY)

    @rx.event
    async def edit(self, user_id: int) -> None:
        """Open a person's dialog."""
        actor = await self._actor()
        await self._open(await asyncio.to_thread(get_user_detail, id_of(user_id), actor=actor))

    @rx.event
    async def close(self) -> None:
        """Close whatever dialog is open."""
        self.dialog, self.link, self.errors = "", "", {}

    @rx.event
    async def pick_role(self, role: str) -> None:
        """Show what this role needs."""
        await self._actor()
        self.role = role if isinstance(role, str) and len(role) < 30 else ""

    @rx.event
    async def find_account(self, text: str) -> None:
        """Offer companies for a partner."""
        actor = await self._actor()
        words = text[:100] if isinstance(text, str) else ""
        self.accounts = list(await asyncio.to_thread(list_account_options, actor=actor, search=words))

    @rx.event
    @shows_field_errors
    async def save(self, form: dict[str, Any]) -> EventSpec | None:
        """Invite the new person, or save the changes."""
        actor = await self._actor()
        user_id = id_of(text_of(form, "id"))
        common = {
            "name": text_of(form, "name"),
            "role": text_of(form, "role"),
            "group_id": id_of(text_of(form, "group_id")) or None,
            "unit_ids": ids_of(form, "unit_ids"),
            "partner_account_id": id_of(text_of(form, "partner_account_id")) or None,
        }
        email = text_of(form, "email")
        if user_id == 0:
            done = await asyncio.to_thread(invite_user, email, actor=actor, **common)
            await self._load()
            self._show_link(done.link, done.mailed)
            return None
        grants = [part for part in text_of(form, "grants").split(",") if part]
        changes = UserChanges(email=email, grants=grants, **common)
        done = await asyncio.to_thread(edit_user, user_id, changes, actor=actor)
        self.dialog = ""
        await self._load()
        return show_toast("people.user_saved", undo=done.action_id)

    @rx.event
    async def make_link(self, user_id: int) -> None:
        """Make a new one-time link and show it."""
        actor = await self._actor()
        done = await asyncio.to_thread(make_access_link, id_of(user_id), actor=actor)
        await self._load()
        self._show_link(done.link, done.mailed)

    @rx.event
    async def ask_deactivate(self, user_id: int) -> None:
        """Ask who gets what this person has open."""
        actor = await self._actor()
        self.detail = await asyncio.to_thread(get_user_detail, id_of(user_id), actor=actor)
        options = await asyncio.to_thread(list_user_options, actor=actor, limit=200)
        self.people = [option for option in options if option.value != str(self.detail.id)]
        self.errors = {}
        self.dialog = "deactivate"

    @rx.event
    @shows_field_errors
    async def deactivate(self, form: dict[str, Any]) -> EventSpec:
        """Let the person in no more."""
        actor = await self._actor()
        heir = id_of(text_of(form, "hand_over_to")) or None
        user_id = id_of(text_of(form, "id"))
        done = await asyncio.to_thread(deactivate_user, user_id, hand_over_to=heir, actor=actor)
        self.dialog = ""
        await self._load()
        return show_toast("people.user_deactivated", undo=done.action_id)

    @rx.event
    async def reactivate(self, user_id: int) -> EventSpec:
        """Let the person in again."""
        actor = await self._actor()
        done = await asyncio.to_thread(reactivate_user, id_of(user_id), actor=actor)
        await self._load()
        return show_toast("people.user_reactivated", undo=done.action_id)

    async def _open(self, detail: UserDetail) -> None:
        actor = await self._actor()
        groups = await asyncio.to_thread(list_groups, actor=actor)
        self.groups = [PersonOption(str(group.id), group.name) for group in groups]
        self.units = list(await asyncio.to_thread(list_unit_options, actor=actor))
        self.accounts = []
        self.detail, self.role, self.errors = detail, detail.role, {}
        self.dialog = "edit"

    def _show_link(self, path: str, mailed: bool) -> None:
        self.link = f"{get_settings().public_url.rstrip('/') or self.router.url.origin}{path}"
        self.link_mailed, self.dialog = mailed, "link"

    async def _refresh(self, change: LiveEvent) -> None:
        await self._load()

    async def _load(self) -> None:
        actor = await self._actor()
        self.users = list(await asyncio.to_thread(list_users, actor=actor, search=self.search))
