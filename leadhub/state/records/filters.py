import asyncio
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidInput
from leadhub.domain.fields import Entity, FieldKind, field_of, fields_of
from leadhub.domain.list_query import ME, MINE, Filter, FilterGroup, clean_filter, list_query, operators_of
from leadhub.domain.list_query.operators import DATE_KINDS, DAYS, NUMBER_KINDS, REFERENCE_KINDS, arity_of
from leadhub.domain.list_query.record_views import record_view as view_of
from leadhub.queries.leads.field_options import search_options
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.state.forms import text_of
from leadhub.state.records.shown import FilterChip
from leadhub.state.typed import typed_minor
from leadhub.texts import keys, text

#: Kinds that the builder leaves out: their values cannot be offered as a short list.
_LEFT_OUT = frozenset({FieldKind.LEAD, FieldKind.OPPORTUNITY, FieldKind.STAGE})
_SPECIAL = {ME: "filters.me", MINE: "filters.mine"}


@dataclass(frozen=True)
class FilterDraft:
    """The condition that is being put together."""

    field: str = ""
    operator: str = ""
    takes: str = ""
    """What the value is: text, number, date, days, choice, two_dates, two_numbers or "" for none."""


class FilterPart(rx.State, mixin=True):
    """The conditions as chips, and the dialog that adds one."""

    chips: list[FilterChip] = []
    filter_open: bool = False
    draft: FilterDraft = FilterDraft()
    filter_fields: list[Choice] = []
    operators: list[Choice] = []
    filter_options: list[Choice] = []

    @rx.event
    async def open_filter(self) -> None:
        """Put a condition together."""
        actor = await self._actor()
        words = [
            Choice(spec.key, text(actor.locale, spec.label_key))
            for spec in fields_of(self.entity).values()
            if spec.filterable and spec.kind not in _LEFT_OUT
        ]
        self.filter_fields = sorted(words, key=lambda one: one.label.casefold())
        self.errors = {}
        self.draft, self.operators, self.filter_options = FilterDraft(), [], []
        self.filter_open = True

    @rx.event
    async def close_filter(self) -> None:
        """Leave the conditions as they are."""
        await self._actor()
        self.filter_open = False

    @rx.event
    async def pick_filter_field(self, key: str) -> None:
        """Offer what can be asked of this field."""
        actor = await self._actor()
        spec = fields_of(self.entity).get(str(key)[:60])
        if spec is None:
            self.draft, self.operators = FilterDraft(), []
            return
        offered = operators_of(spec.kind)
        self.operators = [Choice(o.value, text(actor.locale, f"filters.operator.{o}")) for o in offered]
        self.draft = FilterDraft(spec.key, offered[0].value, _takes(self.entity, spec.key, offered[0].value))
        await self.search_filter_options("")

    @rx.event
    async def pick_operator(self, operator: str) -> None:
        """Another question about the same field."""
        await self._actor()
        if any(one.value == operator for one in self.operators):
            takes = _takes(self.entity, self.draft.field, operator)
            self.draft = replace(self.draft, operator=operator, takes=takes)

    @rx.event
    async def search_filter_options(self, typed: str) -> None:
        """Values of the chosen field."""
        actor = await self._actor()
        if self.draft.takes != "choice":
            self.filter_options = []
            return
        key = self.draft.field
        found = await asyncio.to_thread(search_options, self.entity, key, str(typed), actor=actor)
        special: list[Choice] = []
        if field_of(self.entity, key).kind is FieldKind.USER:
            special = [Choice(ME, text(actor.locale, "filters.me"))]
        self.filter_options = special + in_words(found, actor)

    @rx.event
    async def add_filter(self, form: dict[str, Any]) -> list[Any]:
        """One more condition that must hold."""
        actor = await self._actor()
        values = [text_of(form, name, longest=500).strip() for name in ("value", "until")]
        spec = fields_of(self.entity).get(self.draft.field)
        if spec is None:
            raise InvalidInput("records.filter_incomplete")
        if spec.kind is FieldKind.MONEY:
            values = [str(typed_minor(value)) for value in values]
        given = values[: arity_of_draft(self.draft.operator)]
        if arity_of(self.draft.operator)[1] > 2:  # type: ignore[arg-type]
            given = [one for one in values[0].split(",") if one]
        made = clean_filter(self.entity, self.draft.field, self.draft.operator, given)
        if made is None:
            raise InvalidInput("records.filter_incomplete")
        self.filter_open = False
        groups = (*self._asked.groups, FilterGroup((made,)))
        return await self._apply(self._with_groups(groups), actor, push=True)

    @rx.event
    async def remove_filter(self, index: int) -> list[Any]:
        """Take one condition away."""
        actor = await self._actor()
        groups = list(self._asked.groups)
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(groups):
            return []
        del groups[index]
        return await self._apply(self._with_groups(groups), actor, push=True)

    def _with_groups(self, groups: Any) -> Any:
        asked = self._asked
        view = "" if groups else "all"
        return list_query(
            self.entity,
            search=asked.search,
            groups=groups,
            any=asked.any,
            sort=asked.sort,
            descending=asked.descending,
            columns=asked.columns,
            view=view,
        )

    async def _show_chips(self, actor: Actor) -> None:
        """The conditions in words, but for those that are the chosen view itself."""
        asked = self._asked
        if asked.view and asked.groups == view_of(self.entity, asked.view).query.groups:
            self.chips = []
            return
        self.chips = [
            await asyncio.to_thread(_chip, self.entity, index, group.filters[0], actor)
            for index, group in enumerate(asked.groups)
            if group.filters
        ]


def arity_of_draft(operator: str) -> int:
    return min(arity_of(operator)[1], 2)  # type: ignore[arg-type]


def in_words(found: list[Choice], actor: Actor) -> list[Choice]:
    """Options whose labels are text keys, in the reader's language."""
    known = keys()
    return [
        Choice(one.value, text(actor.locale, one.label), one.hint) if one.label in known else one
        for one in found
    ]


def _takes(entity: Entity, key: str, operator: str) -> str:
    kind = field_of(entity, key).kind
    most = arity_of(operator)[1]  # type: ignore[arg-type]
    if most == 0:
        return ""
    if operator in DAYS:
        return "days"
    if kind in DATE_KINDS:
        return "two_dates" if most == 2 else "date"
    if kind in NUMBER_KINDS:
        return "two_numbers" if most == 2 else "number"
    if kind in REFERENCE_KINDS or kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
        return "choice"
    return "text"


def _chip(entity: Entity, index: int, one: Filter, actor: Actor) -> FilterChip:
    spec = field_of(entity, one.field)
    value_keys: list[str] = []
    texts: list[str] = []
    labels: dict[str, str] = {}
    if spec.kind in REFERENCE_KINDS:
        labels = {c.value: c.label for c in search_options(entity, one.field, "", actor=actor)}
    for value in one.values:
        if value in _SPECIAL and spec.kind in (FieldKind.USER, FieldKind.UNIT):
            value_keys.append(_SPECIAL[value])
        elif spec.kind is FieldKind.CHOICE:
            value_keys.append(f"choices.{entity}.{spec.key}.{value}")
        elif spec.kind is FieldKind.BOOLEAN:
            value_keys.append("records.yes" if value == "true" else "records.no")
        elif spec.kind is FieldKind.MONEY and value.lstrip("-").isdigit():
            texts.append(f"{int(value) / 100:,.0f}")
        else:
            texts.append(labels.get(value, value))
    operator_key = f"filters.operator.{one.operator.value}"
    return FilterChip(index, spec.label_key, operator_key, ", ".join(texts), value_keys)
