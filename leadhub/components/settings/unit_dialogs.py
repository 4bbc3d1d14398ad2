import reflex as rx

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.sign_in import hidden_value
from leadhub.state.units import UnitsState


def unit_dialogs() -> rx.Component:
    return rx.fragment(_unit(), _group())


def _unit() -> rx.Component:
    unit = UnitsState.unit
    is_new = unit.id == 0
    return ui.dialog(
        ui.form(
            hidden_value("id", unit.id.to(str)),
            ui.text_field(
                name="name",
                label=ui.tr("people.name"),
                default_value=unit.name,
                error=form_error(UnitsState.errors, "name"),
                required=True,
            ),
            ui.combobox(
                name="group_id",
                label=ui.tr("people.group"),
                options=UnitsState.group_options,
                default_value=unit.group_id,
                clearable=True,
                error=form_error(UnitsState.errors, "group_id"),
            ),
            ui.multi_combobox(
                name="member_ids",
                label=ui.tr("people.members"),
                options=UnitsState.people,
                default_value=unit.member_ids,
                error=form_error(UnitsState.errors, "member_ids"),
            ),
            rx.cond(
                is_new,
                rx.fragment(),
                ui.switch_field(
                    name="active",
                    label=ui.tr("people.unit_active"),
                    hint=ui.tr("people.unit_active_hint"),
                    default_checked=unit.active,
                ),
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=UnitsState.close),
                ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
            ),
            on_submit=UnitsState.save_unit,
            key=unit.id.to(str),
        ),
        title=rx.cond(is_new, ui.tr("people.new_unit"), unit.name),
        open=UnitsState.dialog == "unit",
        on_close=UnitsState.close,
    )


def _group() -> rx.Component:
    group = UnitsState.group
    is_new = group.id == 0
    return ui.dialog(
        ui.form(
            hidden_value("id", group.id.to(str)),
            ui.text_field(
                name="name",
                label=ui.tr("people.name"),
                default_value=group.name,
                error=form_error(UnitsState.errors, "name"),
                required=True,
            ),
            ui.form_error(form_error(UnitsState.errors, "group_id")),
            ui.dialog_actions(
                rx.cond(
                    is_new,
                    rx.fragment(),
                    ui.button(
                        ui.tr("people.delete"),
                        variant="danger",
                        disabled=group.in_use,
                        on_click=UnitsState.delete_group(group.id),
                    ),
                ),
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=UnitsState.close),
                ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
            ),
            on_submit=UnitsState.save_group,
            key=group.id.to(str),
        ),
        title=rx.cond(is_new, ui.tr("people.new_group"), group.name),
        open=UnitsState.dialog == "group",
        on_close=UnitsState.close,
    )
