import asyncio
from dataclasses import dataclass, replace

import reflex as rx
from reflex.event import EventSpec

from leadhub.routes import HOME
from leadhub.settings import get_settings
from leadhub.state.shell import ShellState
from leadhub.state.toasts import show_toast


@dataclass(frozen=True)
class KitRow:
    """A made-up lead for the gallery."""

    id: int
    title: str
    href: str
    subtitle: str
    owner: str
    stage: str
    life_cycle: str
    column: str
    score: int
    amount_minor: int
    due_on: str


_STAGES = (
    ("qualification", "Qualification", "pending"),
    ("nurturing", "Nurturing", "in_progress"),
    ("handoff", "Handoff to sales", "in_progress"),
    ("awaiting", "Awaiting sale", "in_progress"),
    ("satisfied", "Need satisfied", "won"),
    ("not_interested", "Not interested", "lost"),
)
_NEEDS = (
    "Fleet leasing",
    "Payroll software",
    "Office supplies",
    "Network audit",
    "Cold storage",
    "Trade credit",
)
_COMPANIES = (
    "Alpine Foods AG",
    "Björk & Söhne GmbH",
    "Cedar Health Inc.",
    "Delta Textiles",
    "Ebro Logistics S.L.",
)
_PEOPLE = ("Anna Berg", "Mehmet Öz", "Claire Dubois", "Tom Hansen")


def _rows(count: int) -> list[KitRow]:
    return [
        KitRow(
            id=number,
            title=f"{_NEEDS[number % 6]} · {_COMPANIES[number % 5]}",
            href=f"/leads/{number}",
            subtitle=_COMPANIES[number % 5],
            owner=_PEOPLE[number % 4],
            stage=_STAGES[number % 6][1],
            life_cycle=_STAGES[number % 6][2],
            column=_STAGES[number % 6][0],
            score=(0, 92, 67, 31, 84, 12, 55)[number % 7],
            amount_minor=(number * 173_500) % 9_000_000,
            due_on=f"20{24 + number % 4}-0{1 + number % 9}-1{number % 9}",
        )
        for number in range(1, count + 1)
    ]


class KitState(rx.State):
    """Something for the gallery's components to show and change."""

    view: str = "list"
    open_dialog: str = ""
    chosen_tab: str = "lead_info"
    owner: str = "2"
    tags: list[str] = ["1"]
    found: list[dict[str, str]] = []
    title: str = "Fleet leasing"
    title_error: str = ""
    need: str = "1"
    stage: str = "handoff"
    start: str = ""
    end: str = ""
    sort: str = "descending"
    rows: list[KitRow] = []
    selected: list[int] = [2]
    done: int = 35
    last: str = ""
    submitted: str = ""

    @rx.event
    async def show(self) -> EventSpec | None:
        """Fill the frame, as signing in would; in demo mode only."""
        if not get_settings().demo:
            return rx.redirect(HOME)
        self.rows = _rows(24)
        shell = await self.get_state(ShellState)
        shell.ready = True
        shell.user_name, shell.role_label, shell.unread_count = "Anna Berg", "Sales", 3
        shell.may_create_lead = True
        shell.nav_allowed = [
            *("my_day", "leads", "contacts", "accounts", "opportunities", "activities"),
            *("dashboards", "reports", "imports", "campaigns", "audit", "settings"),
        ]
        return None

    @rx.event
    async def pick_view(self, value: str) -> None:
        self.view = value

    @rx.event
    async def open(self, name: str) -> None:
        self.open_dialog = name

    @rx.event
    async def close(self) -> None:
        self.open_dialog = ""

    @rx.event
    async def pick_tab(self, value: str) -> None:
        self.chosen_tab = value

    @rx.event
    async def pick_owner(self, value: str) -> None:
        self.owner = value
        self.last = f"owner {value}"

    @rx.event
    async def pick_tags(self, values: list[str]) -> None:
        self.tags = values
        self.last = "tags " + ",".join(values)

    @rx.event
    async def search(self, query: str) -> None:
        await asyncio.sleep(0.05)
        self.found = [{"value": name, "label": name} for name in _COMPANIES if query.lower() in name.lower()]

    @rx.event
    async def save_field(self, field: str, value: str) -> None:
        self.last = f"{field} {value}"
        if field == "need":
            self.need = value
        elif value.strip():
            self.title, self.title_error = value, ""
        else:
            self.title_error = "Title must not be empty"

    @rx.event
    async def pick_stage(self, key: str) -> None:
        self.stage = key
        self.last = f"stage {key}"

    @rx.event
    async def pick_period(self, start: str, end: str) -> None:
        self.start, self.end = start, end

    @rx.event
    async def toggle_sort(self) -> None:
        self.sort = "ascending" if self.sort == "descending" else "descending"

    @rx.event
    async def toggle_row(self, row_id: int) -> None:
        self.selected = (
            [i for i in self.selected if i != row_id] if row_id in self.selected else [*self.selected, row_id]
        )

    @rx.event
    async def move(self, card: str, column: str) -> None:
        self.rows = [replace(row, column=column) if str(row.id) == card else row for row in self.rows]
        self.last = f"moved {card} {column}"

    @rx.event
    async def note(self, what: str) -> None:
        self.last = what

    @rx.event
    async def toast(self, tone: str) -> EventSpec:
        kind = "danger" if tone == "danger" else "success"
        return show_toast("ui.selected_count", tone=kind, undo=None if tone == "danger" else 42, count=3)

    @rx.event
    async def submit(self, form: dict[str, str]) -> None:
        self.submitted = ", ".join(f"{name}={value}" for name, value in sorted(form.items()))

    @rx.var
    def hits(self) -> list[dict[str, str]]:
        """What the palette found."""
        return [{**one, "group": "Accounts", "kind": "account", "hint": "Account"} for one in self.found]

    @rx.var
    def stages(self) -> list[dict[str, str]]:
        """The workflow bar around the chosen stage."""
        return _stage_steps(self.stage)

    @rx.var
    def columns(self) -> list[dict[str, str | int]]:
        """The board's columns with their counts and sums."""
        return [
            {
                "key": key,
                "label": label,
                "count": sum(row.column == key for row in self.rows),
                "sum_minor": sum(row.amount_minor for row in self.rows if row.column == key),
            }
            for key, label, _ in _STAGES
        ]


def _stage_steps(current: str) -> list[dict[str, str]]:
    keys = [key for key, _, _ in _STAGES]
    at = keys.index(current) if current in keys else 0
    steps = []
    for number, (key, label, life_cycle) in enumerate(_STAGES):
        state = "done" if number < at else "current" if number == at else "open"
        if key == "nurturing" and at > 1:
            state = "skipped"
        step = {"key": key, "label": label, "state": state, "tip": "", "reason": "", "outcome": ""}
        if key == "qualification":
            step["tip"] = "Check that the need is real"
        if state == "current" and life_cycle in ("won", "lost"):
            step["outcome"] = life_cycle
        if key == "satisfied" and at < 3:
            step |= {"state": "disabled", "reason": "Only from Awaiting sale"}
        steps.append(step)
    return steps
