from typing import Any

import reflex as rx

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.domain.fields import Entity

_WAY_KINDS = ("phone", "email", "address", "link")
_ACTIVITY_KINDS = ("task", "call", "email", "meeting", "appointment")


def page_dialogs(state: Any) -> rx.Component:
    """The dialogs that a record's page opens."""
    entity: Entity = state.entity
    parts = [_delete_dialog(state, entity)]
    if entity in (Entity.CONTACT, Entity.ACCOUNT):
        parts += [_way_dialog(state), _plan_dialog(state)]
    if entity is Entity.ACTIVITY:
        parts.append(_complete_dialog(state))
    return rx.fragment(*parts)


def _delete_dialog(state: Any, entity: Entity) -> rx.Component:
    return ui.alert_dialog(
        rx.el.p(ui.tr("records.delete_hint", title=state.head.title)),
        ui.dialog_actions(
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=state.close_dialogs),
            ui.button(ui.tr("records.delete"), variant="danger", on_click=state.delete),
        ),
        title=ui.tr(f"records.delete_{entity}"),
        open=state.deleting,
        on_close=state.close_dialogs,
    )


def _way_dialog(state: Any) -> rx.Component:
    return ui.dialog(
        ui.form(
            ui.form_grid(
                ui.select_field(
                    name="kind",
                    label=ui.tr("records.option_kind"),
                    options=[{"value": kind, "label": ui.tr(f"records.way_{kind}")} for kind in _WAY_KINDS],
                ),
                ui.text_field(name="label", label=ui.tr("records.option_label")),
            ),
            ui.text_field(
                name="value",
                label=ui.tr("records.option_value"),
                required=True,
                auto_focus=True,
                error=form_error(state.errors, "value"),
            ),
            _buttons(state),
            on_submit=state.add_way,
        ),
        title=ui.tr("records.add_way"),
        open=state.adding_way,
        on_close=state.close_dialogs,
    )


def _plan_dialog(state: Any) -> rx.Component:
    return ui.dialog(
        ui.form(
            ui.text_field(
                name="title",
                label=ui.tr("fields.activity.title"),
                required=True,
                auto_focus=True,
                error=form_error(state.errors, "title"),
            ),
            ui.form_grid(
                ui.select_field(
                    name="kind",
                    label=ui.tr("fields.activity.kind"),
                    options=[
                        {"value": kind, "label": ui.tr(f"choices.activity.kind.{kind}")}
                        for kind in _ACTIVITY_KINDS
                    ],
                ),
                ui.datetime_field(
                    name="due_at",
                    label=ui.tr("fields.activity.due_at"),
                    error=form_error(state.errors, "due_at"),
                ),
            ),
            ui.textarea_field(name="body", label=ui.tr("fields.activity.body")),
            _buttons(state),
            on_submit=state.plan,
        ),
        title=ui.tr("records.plan"),
        open=state.planning,
        on_close=state.close_dialogs,
    )


def _complete_dialog(state: Any) -> rx.Component:
    return ui.dialog(
        ui.form(
            ui.textarea_field(name="note", label=ui.tr("actions.result_details"), auto_focus=True),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=state.close_dialogs),
                ui.button(ui.tr("my_day.complete"), type="submit", variant="primary"),
            ),
            on_submit=state.complete,
        ),
        title=ui.tr("my_day.complete"),
        description=state.head.title,
        open=state.planning,
        on_close=state.close_dialogs,
    )


def _buttons(state: Any) -> rx.Component:
    return ui.dialog_actions(
        ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=state.close_dialogs),
        ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
    )
