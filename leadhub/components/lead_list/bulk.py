"""The bar of the ticked leads and the dialogs of its actions."""

import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.domain.fields import Entity, fields_of
from leadhub.state.lead_list import LeadList
from leadhub.state.lead_list.shown import column_head


def selection_bar() -> rx.Component:
    count = rx.cond(LeadList.all_matching, LeadList.total, LeadList.selected.length())
    rights = LeadList.rights
    return rx.cond(
        LeadList.selected.length() > 0,
        ui.bulk_bar(
            count,
            rx.cond(
                ~LeadList.all_matching & (LeadList.total > LeadList.selected.length()),
                ui.button(
                    ui.tr("lead_list.select_all_matching", count=LeadList.total),
                    variant="ghost",
                    size="sm",
                    on_click=LeadList.select_all_matching,
                ),
            ),
            rx.cond(
                rights.contains("bulk_edit"),
                rx.fragment(
                    rx.cond(
                        rights.contains("assign_lead"),
                        _action("assign", "user-plus", ui.tr("actions.assign")),
                    ),
                    _action("edit", "pencil", ui.tr("lead_list.edit_field")),
                    rx.cond(
                        rights.contains("move_stage"),
                        _action("move", "arrow-right", ui.tr("lead_list.move_stage")),
                    ),
                    rx.cond(
                        rights.contains("delete_lead"), _action("delete", "trash-2", ui.tr("actions.delete"))
                    ),
                ),
            ),
            rx.cond(
                rights.contains("export"),
                ui.button(
                    ui.tr("lead_list.export"), size="sm", icon_name="download", on_click=LeadList.open_export
                ),
            ),
            on_clear=LeadList.clear_selection,
        ),
    )


def _action(kind: str, icon: str, label: Var) -> rx.Component:
    return ui.button(label, size="sm", icon_name=icon, on_click=LeadList.open_bulk(kind))


def bulk_dialogs() -> rx.Component:
    return rx.fragment(_assign(), _edit(), _move(), _delete(), _result(), export_dialog())


def _dialog(kind: str, title: Var, *fields: rx.Component, save: Var) -> rx.Component:
    return ui.dialog(
        ui.form(
            *fields,
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadList.close_bulk),
                ui.button(save, type="submit", variant="primary", loading=LeadList.bulk_busy),
            ),
            on_submit=LeadList.run_bulk,
        ),
        title=title,
        description=_how_many(),
        open=LeadList.bulk_open == kind,
        on_close=LeadList.close_bulk,
    )


def _how_many() -> Var:
    count = rx.cond(LeadList.all_matching, LeadList.total, LeadList.selected.length())
    return ui.tr("lead_list.count", count=count)


def _assign() -> rx.Component:
    return _dialog(
        "assign",
        ui.tr("actions.assign"),
        ui.combobox(
            name="owner",
            label=ui.tr("fields.lead.owner"),
            options=LeadList.bulk_users,
            error=form_error(LeadList.errors, "owner"),
        ),
        ui.combobox(name="unit", label=ui.tr("fields.lead.unit"), options=LeadList.bulk_units),
        rx.el.p(ui.tr("actions.assign_hint"), class_name="field-hint"),
        save=ui.tr("actions.assign"),
    )


def _edit() -> rx.Component:
    fields = [
        {"value": spec.key, "label": ui.tr(spec.label_key)}
        for spec in fields_of(Entity.LEAD).values()
        if column_head(spec.key).editable
    ]
    label, error = ui.tr("lead_list.value"), form_error(LeadList.errors, "value")
    kind = LeadList.bulk_kind
    return _dialog(
        "edit",
        ui.tr("lead_list.edit_field"),
        ui.combobox(
            label=ui.tr("lead_list.field"),
            options=fields,
            value=LeadList.bulk_field,
            clearable=False,
            on_change=LeadList.pick_bulk_field,
        ),
        rx.cond(
            LeadList.bulk_options.length() > 0,
            ui.combobox(
                name="value", label=label, options=LeadList.bulk_options, key=LeadList.bulk_field, error=error
            ),
            rx.match(
                kind,
                ("date", ui.date_field(name="value", label=label, error=error)),
                ("datetime", ui.datetime_field(name="value", label=label, error=error)),
                ("long_text", ui.textarea_field(name="value", label=label, error=error)),
                ui.text_field(name="value", label=label, error=error),
            ),
        ),
        save=ui.tr("ui.save"),
    )


def _move() -> rx.Component:
    return _dialog(
        "move",
        ui.tr("lead_list.move_stage"),
        ui.combobox(
            label=ui.tr("fields.lead.stage"),
            options=LeadList.bulk_stages,
            value=LeadList.bulk_stage,
            on_change=LeadList.pick_bulk_stage,
            error=form_error(LeadList.errors, "stage"),
        ),
        rx.cond(
            LeadList.bulk_reasons.length() > 0,
            ui.combobox(
                name="reason",
                label=ui.tr("actions.reason"),
                options=LeadList.bulk_reasons,
                required=True,
                error=form_error(LeadList.errors, "reason"),
            ),
        ),
        ui.textarea_field(name="note", label=ui.tr("actions.result_details"), rows=2),
        save=ui.tr("lead_list.move_stage"),
    )


def _delete() -> rx.Component:
    return ui.alert_dialog(
        rx.el.p(ui.tr("lead_list.delete_text", count=LeadList.selected.length())),
        ui.dialog_actions(
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadList.close_bulk),
            ui.button(
                ui.tr("actions.delete"),
                variant="danger",
                loading=LeadList.bulk_busy,
                on_click=LeadList.run_bulk({}),
            ),
        ),
        title=ui.tr("lead_list.delete_title"),
        open=LeadList.bulk_open == "delete",
        on_close=LeadList.close_bulk,
    )


def _result() -> rx.Component:
    """Every lead that stayed as it was, with the reason."""
    return ui.dialog(
        rx.el.p(ui.tr("lead_list.bulk_counts", done=LeadList.bulk_done, failed=LeadList.bulk_failed)),
        rx.el.ul(
            rx.foreach(
                LeadList.bulk_failures,
                lambda one: rx.el.li(
                    ui.link(
                        "#" + one.lead_id.to(str),
                        href=routes.LEADS + "/" + one.lead_id.to(str),
                    ),
                    rx.el.span(ui.tr_key(one.key, one.params)),
                ),
            ),
            class_name="known-list",
        ),
        ui.dialog_actions(
            ui.button(ui.tr("ui.close"), variant="primary", on_click=LeadList.close_bulk),
        ),
        title=ui.tr("lead_list.bulk_result"),
        open=LeadList.bulk_open == "result",
        on_close=LeadList.close_bulk,
    )


def export_dialog() -> rx.Component:
    formats = [
        rx.el.label(
            rx.el.input(type="radio", name="format", value=value, default_checked=value == "xlsx"),
            rx.el.span(ui.tr(f"lead_list.format_{value}")),
            class_name="check",
        )
        for value in ("xlsx", "csv")
    ]
    return ui.dialog(
        ui.form(
            rx.el.fieldset(
                rx.el.legend(ui.tr("lead_list.format"), class_name="field-label"),
                ui.row(*formats, class_name="wrap"),
            ),
            rx.el.fieldset(
                rx.el.legend(ui.tr("lead_list.columns"), class_name="field-label"),
                rx.el.div(
                    rx.foreach(LeadList.shown_columns, lambda column: _column(column, True)),
                    rx.foreach(LeadList.hidden_columns, lambda column: _column(column, False)),
                    class_name="column-picks",
                ),
            ),
            ui.dialog_actions(
                ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadList.close_export),
                ui.button(ui.tr("lead_list.export"), type="submit", variant="primary", icon_name="download"),
            ),
            on_submit=LeadList.export,
        ),
        title=ui.tr("lead_list.export"),
        description=rx.cond(
            LeadList.export_selected,
            ui.tr("lead_list.export_selected", count=LeadList.selected.length()),
            ui.tr("lead_list.export_matching", count=LeadList.total),
        ),
        open=LeadList.export_open,
        on_close=LeadList.close_export,
    )


def _column(column: Var, shown: bool) -> rx.Component:
    return rx.el.label(
        rx.el.input(type="checkbox", checked=shown, on_change=LeadList.toggle_column(column.key)),
        rx.el.span(ui.tr_key(column.label_key)),
        class_name="check",
    )
