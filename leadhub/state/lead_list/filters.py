import asyncio
from dataclasses import dataclass, replace
from dataclasses import field as default
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.fields import Entity, FieldKind, FieldSpec, field_of, fields_of
from leadhub.domain.list_query import ME, MINE, Filter, FilterGroup, Operator, arity_of, operators_of
from leadhub.domain.list_query.operators import DATE_KINDS, DAYS, NUMBER_KINDS
from leadhub.queries.leads.options import CHOSEN_KINDS, list_field_options
from leadhub.queries.rows.lead_dialogs import Choice
from leadhub.state.lead_list.rows import changed_query
from leadhub.state.lead_list.shown import Chip, chips_of
from leadhub.state.typed import typed_minor
from leadhub.texts import text

MOST_CONDITIONS = 12
FIRST_FIELD = "stage"
#: Kinds that are found by typing, not by choosing from a list.
_NOT_FILTERED = frozenset({FieldKind.CONTACT, FieldKind.ACCOUNT, FieldKind.LEAD, FieldKind.OPPORTUNITY})


@dataclass(frozen=True)
class DraftFilter:
    """One condition in the builder."""

    key: str
    operator: str
    operators: list[Choice] = default(default_factory=list)
    """Values with text keys as labels."""
    input: str = "text"
    """text, number, date, options or none."""
    given: list[str] = default(default_factory=list)
    options: list[Choice] = default(default_factory=list)
    many: bool = False
    two: bool = False


@dataclass(frozen=True)
class DraftGroup:
    any: bool = False
    filters: list[DraftFilter] = default(default_factory=list)


class FilterPart(rx.State, mixin=True):
    """The conditions as chips, and the builder."""

    chips: list[Chip] = []
    filters_open: bool = False
    draft: list[DraftGroup] = []
    draft_any: bool = False

    @rx.event
    async def open_filters(self) -> None:
        """Open the builder with the conditions as they are."""
        actor = await self._actor()
        self.draft_any = self._query.any
        self.draft = [
            DraftGroup(group.any, [await self._drafted(one, actor) for one in group.filters])
            for group in self._query.groups
        ]
        if not self.draft:
            self.draft = [DraftGroup(False, [await self._fresh(FIRST_FIELD, actor)])]
        self.filters_open = True

    @rx.event
    async def close_filters(self) -> None:
        """Leave the conditions as they were."""
        await self._actor()
        self.filters_open = False

    @rx.event
    async def add_condition(self, group: int) -> None:
        """One more condition in a group."""
        actor = await self._actor()
        if 0 <= _number(group) < len(self.draft) and self._condition_count() < MOST_CONDITIONS:
            one = self.draft[group]
            self._put_group(group, replace(one, filters=[*one.filters, await self._fresh("owner", actor)]))

    @rx.event
    async def add_group(self) -> None:
        """A group of conditions of its own."""
        actor = await self._actor()
        if self._condition_count() < MOST_CONDITIONS:
            self.draft = [*self.draft, DraftGroup(True, [await self._fresh(FIRST_FIELD, actor)])]

    @rx.event
    async def remove_condition(self, group: int, index: int) -> None:
        """Take a condition out of the builder; an empty group goes with it."""
        await self._actor()
        if self._draft_at(group, index) is None:
            return
        one = self.draft[group]
        kept = [each for number, each in enumerate(one.filters) if number != index]
        groups = [g if n != group else replace(g, filters=kept) for n, g in enumerate(self.draft)]
        self.draft = [each for each in groups if each.filters]

    @rx.event
    async def set_condition_field(self, group: int, index: int, key: str) -> None:
        """Ask another field."""
        actor = await self._actor()
        spec = fields_of(Entity.LEAD).get(str(key))
        if self._draft_at(group, index) is not None and spec is not None and is_filtered(spec):
            self._put(group, index, await self._fresh(spec.key, actor))

    @rx.event
    async def set_condition_operator(self, group: int, index: int, operator: str) -> None:
        """Ask it differently."""
        actor = await self._actor()
        one = self._draft_at(group, index)
        if one is None or operator not in [choice.value for choice in one.operators]:
            return
        made = await self._drafted(Filter(one.key, Operator(operator), ()), actor)
        keeps = made.input == one.input and made.many == one.many
        self._put(group, index, replace(made, given=one.given if keeps else made.given))

    @rx.event
    async def set_condition_value(self, group: int, index: int, place: int, value: str) -> None:
        """Type or choose a value."""
        await self._actor()
        one = self._draft_at(group, index)
        if one is None or _number(place) not in (0, 1) or not isinstance(value, str):
            return
        values = [*one.given, "", ""][:2]
        values[place] = value[:200]
        self._put(group, index, replace(one, given=values if one.two else values[:1]))

    @rx.event
    async def set_condition_values(self, group: int, index: int, values: list[str]) -> None:
        """Choose several values."""
        await self._actor()
        one = self._draft_at(group, index)
        if one is not None and isinstance(values, list):
            self._put(group, index, replace(one, given=[str(value)[:60] for value in values[:100]]))

    @rx.event
    async def match_any(self, group: int, any: bool) -> None:
        """Whether all conditions of a group must hold, or one; group -1: of the groups."""
        await self._actor()
        if _number(group) == -1:
            self.draft_any = any is True
        elif 0 <= _number(group) < len(self.draft):
            self._put_group(group, replace(self.draft[group], any=any is True))

    @rx.event
    async def apply_filters(self) -> list[Any]:
        """Show what the builder says; conditions without a value are left out."""
        actor = await self._actor()
        groups = [
            FilterGroup(
                tuple(Filter(one.key, Operator(one.operator), _values(one)) for one in group.filters),
                any=group.any,
            )
            for group in self.draft
        ]
        self.filters_open = False
        return await self._apply(
            changed_query(self._query, groups=groups, any=self.draft_any), actor, push=True
        )

    @rx.event
    async def remove_filter(self, group: int, index: int) -> list[Any]:
        """Take one condition away."""
        actor = await self._actor()
        groups = [list(one.filters) for one in self._query.groups]
        if not 0 <= _number(group) < len(groups) or not 0 <= _number(index) < len(groups[group]):
            return []
        del groups[group][index]
        kept = [
            FilterGroup(tuple(filters), any=before.any)
            for filters, before in zip(groups, self._query.groups, strict=True)
        ]
        return await self._apply(changed_query(self._query, groups=kept), actor)

    @rx.event
    async def clear_filters(self) -> list[Any]:
        """Show everything that one may see."""
        actor = await self._actor()
        self.search_key += 1
        return await self._apply(changed_query(self._query, groups=(), search="", view=""), actor, push=True)

    async def _show_chips(self, actor: Actor) -> None:
        used = {one.field for group in self._query.groups for one in group.filters}
        labels: dict[str, dict[str, str]] = {}
        for key in used:
            if field_of(Entity.LEAD, key).kind in CHOSEN_KINDS:
                options = await asyncio.to_thread(list_field_options, key, actor=actor)
                labels[key] = {one.value: one.label for one in options}
        self.chips = chips_of(self._query, labels)

    async def _fresh(self, key: str, actor: Actor) -> DraftFilter:
        spec = field_of(Entity.LEAD, key)
        operators = operators_of(spec.kind)
        first = Operator.ONE_OF if Operator.ONE_OF in operators else operators[0]
        return await self._drafted(Filter(key, first, ()), actor)

    async def _drafted(self, one: Filter, actor: Actor) -> DraftFilter:
        spec = field_of(Entity.LEAD, one.field)
        least, most = arity_of(one.operator)
        return DraftFilter(
            key=one.field,
            operator=one.operator.value,
            operators=[Choice(op.value, f"filters.operator.{op.value}") for op in operators_of(spec.kind)],
            input=_input_of(spec, one.operator),
            given=[_shown_value(spec, one.operator, value) for value in one.values],
            options=await choices_of(spec, actor, to_filter=True),
            many=most > 2,
            two=least == 2,
        )

    def _condition_count(self) -> int:
        return sum(len(group.filters) for group in self.draft)

    def _draft_at(self, group: Any, index: Any) -> DraftFilter | None:
        if not 0 <= _number(group) < len(self.draft):
            return None
        filters = self.draft[group].filters
        return filters[index] if 0 <= _number(index) < len(filters) else None

    def _put(self, group: int, index: int, one: DraftFilter) -> None:
        before = self.draft[group]
        filters = [one if number == index else each for number, each in enumerate(before.filters)]
        self._put_group(group, replace(before, filters=filters))

    def _put_group(self, number: int, group: DraftGroup) -> None:
        self.draft = [group if place == number else each for place, each in enumerate(self.draft)]


def is_filtered(spec: FieldSpec) -> bool:
    """Whether the builder offers the field."""
    return spec.filterable and spec.kind not in _NOT_FILTERED


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else -2


def _input_of(spec: FieldSpec, operator: Operator) -> str:
    if arity_of(operator)[1] == 0:
        return "none"
    if operator in DAYS or spec.kind in NUMBER_KINDS:
        return "number"
    if spec.kind in DATE_KINDS:
        return "date"
    if spec.kind in CHOSEN_KINDS or spec.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
        return "options"
    return "text"


async def choices_of(spec: FieldSpec, actor: Actor, *, to_filter: bool = False) -> list[Choice]:
    """What a field may be chosen from, with "Me" and "My units" where it is to be filtered by."""
    if spec.kind is FieldKind.CHOICE:
        keys = [(one, f"choices.lead.{spec.key}.{one}") for one in spec.choices]
        return [Choice(one, text(actor.locale, key)) for one, key in keys]
    if spec.kind is FieldKind.BOOLEAN:
        yes, no = text(actor.locale, "lead_list.yes"), text(actor.locale, "lead_list.no")
        return [Choice("true", yes), Choice("false", no)]
    if spec.kind not in CHOSEN_KINDS:
        return []
    found = await asyncio.to_thread(list_field_options, spec.key, actor=actor)
    if to_filter and spec.kind is FieldKind.USER:
        return [Choice(ME, text(actor.locale, "filters.me")), *found]
    if to_filter and spec.kind is FieldKind.UNIT:
        return [Choice(MINE, text(actor.locale, "filters.mine")), *found]
    return found


def _shown_value(spec: FieldSpec, operator: Operator, value: str) -> str:
    """Amounts in major units."""
    if spec.kind is FieldKind.MONEY and operator not in DAYS:
        return f"{int(value) / 100:.2f}".removesuffix(".00")
    return value


def _values(one: DraftFilter) -> tuple[str, ...]:
    if field_of(Entity.LEAD, one.key).kind is FieldKind.MONEY:
        return tuple(str(typed_minor(value)) for value in one.given)
    return tuple(value for value in one.given if value)
