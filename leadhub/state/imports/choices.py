import dataclasses
from typing import Any

import reflex as rx

from leadhub.domain.importing.targets import targets_of
from leadhub.services.imports.options import ImportOptions
from leadhub.state.forms import id_of

_DEFAULTS = ("owner", "customer_need")


class DraftChoices(rx.State, mixin=True):
    """What a person chooses about a file before it is imported; each choice is kept at once."""

    _options: ImportOptions = ImportOptions()

    @rx.event
    async def choose_entity(self, entity: str) -> None:
        """What the file holds; the columns are guessed anew."""
        await self._choose({"entity": _text(entity)})

    @rx.event
    async def choose_sheet(self, sheet: str) -> None:
        """Another sheet of the workbook."""
        await self._choose({"sheet": _text(sheet)})

    @rx.event
    async def choose_policy(self, policy: str) -> None:
        """What becomes of rows that are known already."""
        await self._choose({"policy": _text(policy)})

    @rx.event
    async def choose_lead_type(self, key: str) -> None:
        """The type of new leads, and so their process."""
        await self._choose({"lead_type": _text(key)})

    @rx.event
    async def choose_default(self, key: str, value: str) -> None:
        """The value for rows that have none."""
        if key in _DEFAULTS:
            kept = {name: one for name, one in self._options.defaults.items() if name != key}
            found = id_of(value)
            await self._choose({"defaults": {**kept, key: found} if found else kept})

    @rx.event
    async def choose_date_order(self, order: str) -> None:
        """Day or month first, where the dates prove neither."""
        await self._choose({"date_order": _text(order) or None})

    @rx.event
    async def choose_missing_labels(self, add: bool) -> None:
        """Whether list entries that are not there are added."""
        await self._choose({"add_missing_labels": add is True})

    @rx.event
    async def choose_stage(self, label: str, stage_key: str) -> None:
        """Which stage a label of the file means."""
        kept = dict(self._options.stage_corrections)
        if any(label == one.label for one in self.found_stages):
            kept.pop(label, None)
            await self._choose(
                {"stage_corrections": {**kept, label: _text(stage_key)} if stage_key else kept}
            )

    @rx.event
    async def choose_target(self, index: int, target: str) -> None:
        """Give a column to a field; a field that takes one column is taken from the other."""
        targets = targets_of(self._options.entity)
        mapping = {
            place: key
            for place, key in self._options.mapping.items()
            if place != str(index) and (key != target or (key in targets and targets[key].takes_many))
        }
        if isinstance(index, int) and isinstance(target, str) and target:
            mapping[str(index)] = target
        await self._choose({"mapping": mapping})

    async def _choose(self, values: dict[str, Any]) -> None:
        actor = await self._actor()
        known = {field.name for field in dataclasses.fields(ImportOptions)}
        await self._change({name: value for name, value in values.items() if name in known}, actor)


def _text(value: object) -> str:
    return value[:200] if isinstance(value, str) else ""
