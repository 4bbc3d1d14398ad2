import reflex as rx

from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.imports.upload import step_heading
from leadhub.state.imports import ImportWizard
from leadhub.state.imports.views import CellView


def preview_step() -> rx.Component:
    preview = ImportWizard.preview
    bad = preview.checked - preview.good
    return rx.el.section(
        step_heading(ui.tr("import.step_preview")),
        rx.cond(
            preview.missing != "",
            ui.callout(
                ui.tr("import.preview_missing", fields=preview.missing),
                tone="danger",
                icon_name="circle-alert",
            ),
        ),
        ui.callout(
            ui.tr("import.preview_good", good=preview.good, checked=preview.checked),
            rx.cond(bad > 0, rx.el.div(ui.tr("import.preview_bad", count=bad))),
            tone="info",
        ),
        ui.form_error(form_error(ImportWizard.errors, "mapping")),
        _problems(ui.tr("import.problems"), preview.problems),
        _problems(ui.tr("import.notes"), preview.warnings),
        ui.table(
            label=ui.tr("import.first_rows"),
            header=[
                ui.header_cell(ui.tr("import.row"), numeric=True),
                rx.foreach(preview.heads, _head),
                ui.header_cell(ui.tr("import.problem")),
            ],
            body=rx.foreach(preview.rows, _row),
            id="import-preview",
        ),
        ui.form_actions(
            ui.button(ui.tr("import.back"), variant="ghost", on_click=ImportWizard.go_to("map")),
            ui.button(ui.tr("import.start"), variant="primary", on_click=ImportWizard.start),
        ),
        class_name="stack loose",
        aria_label=ui.tr("import.step_preview"),
    )


def _head(head: rx.Var) -> rx.Component:
    return ui.header_cell(head.field_label, rx.el.span(head.header, class_name="faint small import-letter"))


def _row(row: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(row.number, numeric=True),
        rx.foreach(row.cells.to(list[CellView]), _cell),
        ui.cell(rx.cond(row.problem != "", rx.el.span(row.problem, class_name="import-problem danger"))),
        key=row.number,
        custom_attrs={"data-bad": rx.cond(row.is_good, "false", "true")},
    )


def _cell(cell: rx.Var) -> rx.Component:
    return ui.cell(
        cell.text,
        rx.cond(cell.problem != "", rx.el.span(cell.problem, class_name=["import-problem", cell.tone])),
    )


def _problems(title: rx.Var, found: rx.Var) -> rx.Component:
    return rx.cond(
        found.length() > 0,
        ui.card(
            ui.table(
                label=title,
                header=[
                    ui.header_cell(ui.tr("import.column")),
                    ui.header_cell(ui.tr("import.problem_first")),
                    ui.header_cell(ui.tr("import.stage_rows"), numeric=True),
                ],
                body=rx.foreach(
                    found,
                    lambda one: ui.table_row(
                        ui.cell(rx.cond(one.column != "", one.column, ui.tr("import.whole_row"))),
                        ui.cell(one.words),
                        ui.cell(ui.fmt_number(one.count), numeric=True),
                    ),
                ),
            ),
            title=title,
            flush=True,
        ),
    )
