import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import reflex as rx

from leadhub.domain.actor import Actor
from leadhub.domain.errors import InvalidFields, InvalidInput
from leadhub.domain.fields import Entity, FieldKind, field_of
from leadhub.domain.list_query.dates import zone_of
from leadhub.queries.leads.options import get_field_value
from leadhub.services.leads.edit import edit_field
from leadhub.state.forms import id_of, plain
from leadhub.state.lead_list.shown import CellEdit, column_head
from leadhub.state.toasts import show_toast
from leadhub.state.typed import typed_minor, typed_moment
from leadhub.texts import text


class CellPart(rx.State, mixin=True):
    """Editing one cell in place."""

    cell: CellEdit = CellEdit()
    _cell_version: int = 0

    @rx.event
    async def edit_cell(self, lead_id: int, key: str) -> None:
        """Open the editor of a cell with what the field holds now."""
        actor = await self._actor()
        spec = field_of(Entity.LEAD, str(key)[:60])
        if not column_head(spec.key).editable:
            raise InvalidInput("errors.value_not_editable", field=spec.key, field_label=spec.label_key)
        found = await asyncio.to_thread(get_field_value, id_of(lead_id), spec.key, actor=actor)
        options: list[dict[str, str]] | None = None
        if found.options:
            options = [{"value": one.value, "label": one.label, "hint": one.hint} for one in found.options]
        elif spec.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
            options = _fixed_options(spec.kind, spec.key, spec.choices, actor.locale)
        elif spec.kind in (FieldKind.LOOKUP, FieldKind.USER, FieldKind.UNIT, FieldKind.CAMPAIGN):
            options = []
        self._cell_version = found.version
        self.cell = CellEdit(
            row_id=found.lead_id,
            key=spec.key,
            kind=found.kind,
            label_key=spec.label_key,
            value=_editor_text(found.value, spec.kind, actor),
            options=options,
        )

    @rx.event
    async def save_cell(self, lead_id: int, key: str, value: str) -> Any:
        """Save the cell; a rule that it breaks is shown beside it, and nothing typed is lost."""
        actor = await self._actor()
        spec = field_of(Entity.LEAD, str(key)[:60])
        typed: Any = value if isinstance(value, str) else ""
        same = self.cell.row_id == id_of(lead_id) and self.cell.key == spec.key
        version = self._cell_version if same else None
        try:
            if spec.kind is FieldKind.MONEY:
                typed = typed_minor(typed)
            elif spec.kind is FieldKind.DATETIME:
                typed = typed_moment(typed, field=spec.key, label=spec.label_key, actor=actor)
            done = await asyncio.to_thread(
                edit_field, id_of(lead_id), spec.key, typed, actor=actor, expected_version=version
            )
        except InvalidFields as fault:
            return self._show_fault(fault.problems[0], value)
        except InvalidInput as fault:
            return self._show_fault(fault, value)
        self.cell = CellEdit()
        await self._reload(actor)
        if done.action_id is None:
            return None
        return show_toast("lead_list.saved", undo=done.action_id, title=done.title)

    @rx.event
    async def cancel_cell(self) -> None:
        """Leave the cell as it was."""
        await self._actor()
        self.cell = CellEdit()

    def _show_fault(self, fault: InvalidInput, value: Any) -> None:
        self.cell = replace(
            self.cell, value=str(value)[:1000], error_key=fault.key, error_params=plain(fault.params)
        )


def _fixed_options(kind: FieldKind, key: str, choices: tuple[str, ...], locale: str) -> list[dict[str, str]]:
    if kind is FieldKind.BOOLEAN:
        return [
            {"value": "true", "label": text(locale, "lead_list.yes")},
            {"value": "false", "label": text(locale, "lead_list.no")},
        ]
    return [{"value": one, "label": text(locale, f"choices.lead.{key}.{one}")} for one in choices]


def _editor_text(value: str, kind: FieldKind, actor: Actor) -> str:
    """Moments as the browser's own field takes them: local, without a zone."""
    if kind is not FieldKind.DATETIME or not value:
        return value
    moment = datetime.fromisoformat(value).astimezone(zone_of(actor.time_zone))
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")
