import asyncio
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from leadhub import routes
from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.lead_actions import LeadAction
from leadhub.queries.leads.board import get_board, list_board_cards
from leadhub.queries.leads.breakdown import list_bars
from leadhub.queries.leads.new_lead import list_known_types
from leadhub.queries.rows.breakdown import Bar
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.queries.rows.leads import LeadRow
from leadhub.state.forms import id_of
from leadhub.state.lead_actions import LeadActions
from leadhub.texts import text

CARDS = 20
MOST_CARDS = 400
#: What a drop on a life-cycle state does.
_BY_STATE = {
    "in_progress": LeadAction.START_PROGRESS,
    "won": LeadAction.WIN,
    "lost": LeadAction.LOSE,
    "cancelled": LeadAction.CANCEL,
}


@dataclass(frozen=True)
class KanbanColumn:
    """A column as the kit's board takes it."""

    key: str
    label: str
    count: int | None
    sum_minor: int | None
    more: bool


@dataclass(frozen=True)
class KanbanCard:
    id: int
    column: str
    title: str
    href: str
    subtitle: str
    owner: str
    score: int
    score_label: str
    amount_minor: int | None
    due_on: str
    currency: str = "EUR"


class BoardPart(rx.State, mixin=True):
    """The same leads as a board, and as bars."""

    board_type: str = "customer"
    """"" when the columns are life-cycle states."""
    board_types: list[Choice] = []
    board_columns: list[KanbanColumn] = []
    board_cards: list[KanbanCard] = []
    bars: dict[str, list[Bar]] = {}
    _cursors: dict[str, str] = {}

    @rx.event
    async def pick_board_type(self, key: str) -> list[Any]:
        """The stages of one lead type, or the life-cycle states of all."""
        actor = await self._actor()
        self.board_type = key if any(one.value == key for one in self.board_types) else ""
        return await self._load(actor)

    @rx.event
    async def move_card(self, card: str, column: str) -> Any:
        """A drop does what the move asks, by its dialog where it has one."""
        await self._actor()
        lead_id = id_of(card)
        if self.board_type:
            return LeadActions.start(lead_id, LeadAction.MOVE.value, str(column)[:40])
        action = _BY_STATE.get(column) if isinstance(column, str) else None
        if action is None:
            raise InvalidInput("lead_list.no_way_back")
        return LeadActions.start(lead_id, action.value, "")

    @rx.event
    async def open_card(self, card: str) -> Any:
        """Open the lead's page."""
        await self._actor()
        return rx.redirect(routes.lead_url(id_of(card)) + self.list_suffix)

    @rx.event
    async def load_more_cards(self, column: str) -> None:
        """Further cards of one column."""
        actor = await self._actor()
        cursor = self._cursors.get(column) if isinstance(column, str) else None
        if not cursor or len(self.board_cards) >= MOST_CARDS:
            return
        page = await asyncio.to_thread(
            list_board_cards,
            self._query,
            column,
            actor=actor,
            lead_type=self.board_type,
            cursor=cursor,
            limit=CARDS,
        )
        known = {card.id for card in self.board_cards}
        self._cursors = {**self._cursors, column: page.next_cursor}
        self.board_cards = [
            *self.board_cards,
            *(self._card(row, column, actor) for row in page.rows if row.id not in known),
        ]
        self.board_columns = [
            replace(one, more=bool(page.next_cursor)) if one.key == column else one
            for one in self.board_columns
        ]

    async def _show_board(self, actor: Actor) -> None:
        if not self.board_types:
            types = await asyncio.to_thread(list_known_types, actor=actor)
            self.board_types = [*types, Choice("", text(actor.locale, "lead_list.all_types"))]
        if self.board_type not in [one.value for one in self.board_types]:
            self.board_type = ""
        board = await asyncio.to_thread(
            get_board, self._query, actor=actor, lead_type=self.board_type, cards=CARDS
        )
        self.board_columns = [
            KanbanColumn(
                key=one.key,
                label=one.label if self.board_type else text(actor.locale, f"choices.lead.state.{one.key}"),
                count=one.count,
                sum_minor=one.amount_minor or None,
                more=bool(one.next_cursor),
            )
            for one in board.columns
        ]
        self.board_cards = [self._card(row, one.key, actor) for one in board.columns for row in one.cards]
        self._cursors = {one.key: one.next_cursor for one in board.columns}
        self.total, self.amount_minor = board.total or 0, board.amount_minor or 0
        self.loading = False

    def _card(self, row: LeadRow, column: str, actor: Actor) -> KanbanCard:
        return KanbanCard(
            id=row.id,
            column=column,
            title=row.title,
            href=routes.lead_url(row.id) + self.list_suffix,
            subtitle=row.account_name or row.contact_name,
            owner=row.owner_name,
            score=row.score,
            score_label=text(actor.locale, "fields.lead.score"),
            amount_minor=row.amount_minor,
            due_on="" if row.is_final else row.follow_up_on,
        )

    async def _show_bars(self, actor: Actor) -> None:
        found = {}
        for by in ("stage", "source", "owner"):
            found[by] = await asyncio.to_thread(list_bars, self._query, by, actor=actor)
        self.bars = found
        self.loading = False
