import reflex as rx

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.settings import if_allowed, settings_crumbs
from leadhub.components.settings.lookup_names import LOOKUP_KEYS
from leadhub.components.shell import page_shell
from leadhub.components.sign_in import hidden_value
from leadhub.state.lookups import LookupsState


def lookups_page() -> rx.Component:
    return page_shell(
        if_allowed(
            rx.el.div(
                ui.field_frame(
                    rx.el.select(
                        *[rx.el.option(ui.tr_key(text), value=key) for key, text in LOOKUP_KEYS],
                        id="lookup",
                        value=LookupsState.lookup,
                        on_change=LookupsState.pick,
                        class_name="input",
                    ),
                    id="lookup",
                    label=ui.tr("settings.lookup"),
                ),
                ui.table(
                    label=ui.tr("settings.entries"),
                    header=[
                        ui.header_cell(ui.tr("settings.entry")),
                        ui.header_cell(rx.el.span(ui.tr("settings.actions"), class_name="sr-only")),
                    ],
                    body=rx.foreach(LookupsState.entries, _entry),
                ),
                ui.form(
                    ui.row(
                        ui.text_field(
                            name="label",
                            label=ui.tr("settings.new_entry"),
                            error=form_error(LookupsState.errors, "label"),
                        ),
                        ui.button(ui.tr("settings.add"), type="submit", icon_name="plus"),
                        class_name="add-line",
                    ),
                    on_submit=LookupsState.add,
                    key=LookupsState.form_number.to(str),
                ),
                class_name="stack loose narrow",
            ),
            _rename(),
        ),
        title=ui.tr("settings.lookups"),
        heading=settings_crumbs("settings.lookups"),
    )


def _entry(row: rx.Var) -> rx.Component:
    def does(
        icon: str, key: str, on_click: rx.event.EventSpec, disabled: rx.Var | bool = False
    ) -> rx.Component:
        return ui.icon_button(
            icon, label=ui.tr_key(key, {"label": row.label}), size="sm", disabled=disabled, on_click=on_click
        )

    return ui.table_row(
        ui.cell(
            rx.el.span(row.label, class_name=rx.cond(row.retired, "muted", "")),
            rx.cond(row.retired, ui.pill(ui.tr("settings.retired"))),
        ),
        ui.cell(
            does("arrow-up", "settings.move_up", LookupsState.move(row.id, -1), row.first),
            does("arrow-down", "settings.move_down", LookupsState.move(row.id, 1), row.last),
            does("pencil", "settings.rename_entry", LookupsState.ask_rename(row.id)),
            rx.cond(
                row.retired,
                does("rotate-ccw", "settings.restore_entry", LookupsState.retire(row.id, False)),
                does("archive", "settings.retire_entry", LookupsState.retire(row.id, True)),
            ),
            does("trash-2", "settings.delete_entry", LookupsState.delete(row.id)),
            numeric=True,
        ),
    )


def _rename() -> rx.Component:
    return ui.dialog(
        ui.form(
            hidden_value("id", LookupsState.renaming_id.to(str)),
            ui.text_field(
                name="new_label",
                label=ui.tr("settings.entry"),
                default_value=LookupsState.renaming_label,
                error=form_error(LookupsState.errors, "new_label"),
                required=True,
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LookupsState.close),
                ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
            ),
            on_submit=LookupsState.rename,
            key=LookupsState.renaming_id.to(str),
        ),
        title=ui.tr("settings.rename"),
        open=LookupsState.renaming_id != 0,
        on_close=LookupsState.close,
    )
