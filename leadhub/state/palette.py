import asyncio
from dataclasses import dataclass

import reflex as rx

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.permissions import Right, can
from leadhub.queries.rows.search import SearchHit
from leadhub.queries.search import search_records
from leadhub.routes import record_url
from leadhub.state.base import SECTION_RIGHTS, AppState
from leadhub.state.new_lead import NewLead
from leadhub.texts import text

#: Where the palette goes, in the order of the navigation.
_PLACES: tuple[tuple[str, str, str], ...] = (
    ("my_day", routes.HOME, "g d"),
    ("leads", routes.LEADS, "g l"),
    ("contacts", routes.CONTACTS, "g c"),
    ("accounts", routes.ACCOUNTS, "g a"),
    ("opportunities", routes.OPPORTUNITIES, "g o"),
    ("activities", routes.ACTIVITIES, "g t"),
    ("imports", routes.IMPORTS, ""),
    ("campaigns", routes.CAMPAIGNS, ""),
    ("audit", routes.AUDIT, ""),
    ("settings", routes.SETTINGS, ""),
)
#: The lists that a record can be added to from anywhere: entity, right, list.
_ADDED: tuple[tuple[str, Right, str], ...] = (
    ("contact", Right.EDIT_CONTACTS, routes.CONTACTS),
    ("account", Right.EDIT_CONTACTS, routes.ACCOUNTS),
    ("activity", Right.EDIT_ACTIVITY, routes.ACTIVITIES),
)
NEW_LEAD = "new_lead"


@dataclass(frozen=True)
class PaletteRow:
    """A record that was found, or a command; without `href` its value is done by `PaletteState.pick`."""

    value: str
    label: str
    hint: str = ""
    group: str = ""
    kind: str = "command"
    href: str = ""
    keys: str = ""


class PaletteState(AppState):
    """Search and commands, opened from anywhere by Ctrl+K."""

    opened: bool = False
    results: list[PaletteRow] = []
    commands: list[PaletteRow] = []

    @rx.event
    async def open(self) -> None:
        """Show the palette, with what this person may do."""
        actor = await self._actor()
        self.results = []
        self.commands = _commands(actor)
        self.opened = True

    @rx.event
    async def close(self) -> None:
        """Leave it."""
        await self._actor()
        self.opened = False

    @rx.event
    async def search(self, typed: str) -> None:
        """Find leads, contacts, accounts and opportunities."""
        actor = await self._actor()
        wanted = typed if isinstance(typed, str) else ""
        found = await asyncio.to_thread(search_records, wanted, actor=actor)
        hits = (*found.leads, *found.contacts, *found.accounts, *found.opportunities)
        self.results = [_result(hit, actor) for hit in hits]

    @rx.event
    async def pick(self, value: str) -> rx.event.EventCallback | None:
        """Do a command that is no place to go."""
        actor = await self._actor()
        self.opened = False
        if value == NEW_LEAD and can(actor, Right.CREATE_LEAD):
            return NewLead.open
        return None


_GROUPS = {
    "lead": "shell.leads",
    "contact": "shell.contacts",
    "account": "shell.accounts",
    "opportunity": "shell.opportunities",
}


def _result(hit: SearchHit, actor: Actor) -> PaletteRow:
    hint = " · ".join(
        part for part in (hit.detail if hit.detail != hit.title else "", hit.stage_label) if part
    )
    return PaletteRow(
        value=str(hit.id),
        label=hit.title,
        hint=hint,
        group=text(actor.locale, _GROUPS[hit.kind]),
        kind=hit.kind,
        href=record_url(hit.kind, hit.id),
    )


def _commands(actor: Actor) -> list[PaletteRow]:
    commands, places = (text(actor.locale, f"palette.{key}") for key in ("commands", "go_to"))
    found = []
    if can(actor, Right.CREATE_LEAD):
        found.append(PaletteRow(NEW_LEAD, text(actor.locale, "shell.new_lead"), group=commands, keys="c"))
    for entity, right, address in _ADDED:
        if can(actor, right):
            label = text(actor.locale, f"records.new_{entity}")
            found.append(PaletteRow(f"new_{entity}", label, group=commands, href=f"{address}?new=1"))
    for section, address, pressed in _PLACES:
        if can(actor, SECTION_RIGHTS[section]):
            label = text(actor.locale, f"shell.{section}")
            found.append(PaletteRow(section, label, group=places, href=address, keys=pressed))
    found.append(
        PaletteRow("profile", text(actor.locale, "shell.profile"), group=places, href=routes.PROFILE)
    )
    return found
