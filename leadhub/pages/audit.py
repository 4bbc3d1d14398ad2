import reflex as rx

from leadhub.components import ui
from leadhub.components.settings import if_allowed
from leadhub.components.shell import page_shell
from leadhub.state.audit import AuditState

TABLES = ("lead", "contact", "account", "opportunity", "activity", "app_user", "unit", "lookup_value")


def audit_page() -> rx.Component:
    return page_shell(if_allowed(_filters(), _log(), _pages()), title=ui.tr("shell.audit"), flush=True)


def _filters() -> rx.Component:
    filters = AuditState.filters
    return ui.toolbar(
        ui.combobox(
            label=ui.tr("people.audit_who"),
            hide_label=True,
            placeholder=ui.tr("people.audit_who"),
            options=AuditState.people,
            value=filters["user"],
            clearable=True,
            on_change=lambda value: AuditState.filter_by("user", value),
        ),
        ui.combobox(
            label=ui.tr("people.audit_action"),
            hide_label=True,
            placeholder=ui.tr("people.audit_action"),
            options=AuditState.actions,
            value=filters["action"],
            clearable=True,
            on_change=lambda value: AuditState.filter_by("action", value),
        ),
        rx.el.select(
            rx.el.option(ui.tr("people.audit_any_record"), value=""),
            *[rx.el.option(ui.tr_key(f"people.table_{name}"), value=name) for name in TABLES],
            value=rx.cond(filters.contains("table"), filters["table"], ""),
            on_change=lambda value: AuditState.filter_by("table", value),
            aria_label=ui.tr("people.audit_record"),
            class_name="input",
        ),
        rx.cond(
            filters.contains("record"),
            ui.filter_chip(
                "#" + filters["record"],
                label=ui.tr("people.audit_record"),
                on_edit=AuditState.filter_by("record", ""),
                on_remove=AuditState.filter_by("record", ""),
            ),
        ),
        rx.cond(
            filters.contains("action_id"),
            ui.filter_chip(
                ui.tr("people.audit_one_action"),
                label=ui.tr("people.audit_one_action"),
                on_edit=AuditState.filter_by("action_id", ""),
                on_remove=AuditState.filter_by("action_id", ""),
            ),
        ),
        _day("from", ui.tr("ui.from")),
        _day("to", ui.tr("ui.to")),
        rx.cond(
            filters.length() > 0,
            ui.button(ui.tr("ui.clear_all"), variant="ghost", size="sm", on_click=AuditState.clear),
        ),
    )


def _day(name: str, label: rx.Var) -> rx.Component:
    filters = AuditState.filters
    return rx.el.input(
        type="date",
        value=rx.cond(filters.contains(name), filters[name], ""),
        on_change=lambda value: AuditState.filter_by(name, value),
        aria_label=label,
        class_name="input day",
    )


def _log() -> rx.Component:
    return rx.cond(
        AuditState.entries.length() > 0,
        ui.table(
            label=ui.tr("shell.audit"),
            header=[
                ui.header_cell(ui.tr("people.audit_when")),
                ui.header_cell(ui.tr("people.audit_who")),
                ui.header_cell(ui.tr("people.audit_action")),
                ui.header_cell(ui.tr("people.audit_record")),
                ui.header_cell(ui.tr("people.audit_changes")),
            ],
            body=rx.foreach(AuditState.entries, _entry),
        ),
        ui.empty_state(ui.tr("people.audit_nothing"), icon_name="scroll-text"),
    )


def _entry(row: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(rx.cond(row.first, ui.fmt_datetime(row.at), "")),
        ui.cell(rx.cond(row.first, row.who, "")),
        ui.cell(
            rx.cond(
                row.first,
                rx.el.div(
                    row.action,
                    rx.cond(row.undone, ui.pill(ui.tr("ui.undone"), tone="warning")),
                    rx.cond(
                        row.more > 0,
                        rx.el.button(
                            ui.tr("people.audit_all_records"),
                            type="button",
                            class_name="link small",
                            on_click=AuditState.filter_by("action_id", row.action_id.to(str)),
                        ),
                    ),
                    class_name="row wrap",
                ),
                "",
            )
        ),
        ui.cell(
            rx.cond(
                row.url != "",
                ui.link(rx.cond(row.record != "", row.record, "#" + row.record_id.to(str)), href=row.url),
                rx.el.span(rx.cond(row.record != "", row.record, "#" + row.record_id.to(str))),
            ),
            rx.el.span(ui.tr_key(f"people.operation_{row.operation}"), class_name="small muted block"),
        ),
        ui.cell(
            rx.el.dl(
                rx.foreach(
                    row.changes,
                    lambda change: rx.el.div(
                        rx.el.dt(rx.cond(change.label_key != "", ui.tr_key(change.label_key), change.name)),
                        rx.el.dd(
                            rx.cond(
                                change.old != "", rx.el.del_(_value(change, change.old), class_name="muted")
                            ),
                            rx.cond((change.old != "") & (change.new != ""), " → ", ""),
                            rx.cond(change.new != "", rx.el.ins(_value(change, change.new))),
                        ),
                    ),
                ),
                class_name="changes",
            )
        ),
        custom_attrs={"data-first": row.first},
    )


def _value(change: rx.Var, value: rx.Var) -> rx.Var:
    return rx.cond(change.is_moment, ui.fmt_datetime(value), value)


def _pages() -> rx.Component:
    return ui.toolbar(
        ui.button(
            ui.tr("people.newest"),
            size="sm",
            disabled=AuditState.is_newest,
            on_click=AuditState.newest,
        ),
        ui.button(
            ui.tr("people.older"), size="sm", disabled=~AuditState.has_older, on_click=AuditState.older
        ),
    )
