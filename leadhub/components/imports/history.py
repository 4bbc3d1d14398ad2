import reflex as rx

from leadhub import routes
from leadhub.components import ui
from leadhub.components.imports.words import entity_words, status_pill
from leadhub.components.settings import if_allowed
from leadhub.state.imports import ImportHistory


def import_history() -> rx.Component:
    """All imports, or where to begin."""
    return if_allowed(
        rx.cond(
            ImportHistory.loaded,
            rx.cond(ImportHistory.runs.length() > 0, _table(), _nothing()),
            ui.skeleton_rows(),
        )
    )


def new_import_link(variant: str = "primary") -> rx.Component:
    return ui.button_link(
        ui.tr("import.new"), href=routes.NEW_IMPORT, variant=variant, size="sm", icon_name="upload"
    )


def _nothing() -> rx.Component:
    return ui.empty_state(
        ui.tr("import.none"), icon_name="import", hint=ui.tr("import.none_hint"), action=new_import_link()
    )


def _table() -> rx.Component:
    heads = ("file", "holds", "state", "created", "updated", "skipped", "failed", "who", "when")
    numbers = ("created", "updated", "skipped", "failed")
    return rx.fragment(
        ui.table(
            label=ui.tr("import.history"),
            header=[
                *[ui.header_cell(ui.tr_key(f"import.{name}"), numeric=name in numbers) for name in heads],
                ui.header_cell(rx.el.span(ui.tr("import.actions"), class_name="sr-only")),
            ],
            body=rx.foreach(ImportHistory.runs, _row),
        ),
        ui.row(
            rx.cond(
                ImportHistory.has_newer,
                ui.button(ui.tr("import.newest"), size="sm", on_click=ImportHistory.newest),
            ),
            rx.cond(
                ImportHistory.has_older,
                ui.button(ui.tr("import.older"), size="sm", on_click=ImportHistory.older),
            ),
            class_name="import-pages",
        ),
    )


def _row(run: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(ui.link(run.file_name, href=run.href, class_name="primary")),
        ui.cell(entity_words(run.entity)),
        ui.cell(
            rx.cond(
                run.is_running,
                rx.el.div(
                    ui.progress_bar(label=ui.tr("import.progress"), done=run.done, total=run.total),
                    rx.el.span(
                        ui.tr("import.rows_of", done=run.done, total=run.total), class_name="small muted tnum"
                    ),
                    class_name="import-bar",
                ),
                status_pill(run.status),
            )
        ),
        *[
            ui.cell(rx.cond(value > 0, ui.fmt_number(value), "–"), numeric=True)
            for value in (run.created, run.updated, run.skipped, run.failed)
        ],
        ui.cell(run.by),
        ui.cell(rx.el.time(ui.fmt_datetime(run.created_at), date_time=run.created_at)),
        ui.cell(
            rx.cond(
                run.failed > 0,
                ui.icon_button(
                    "download",
                    label=ui.tr("import.download_failed_of", file=run.file_name),
                    size="sm",
                    on_click=ImportHistory.download_failed(run.id),
                ),
            ),
            rx.cond(
                run.may_undo,
                ui.icon_button(
                    "undo-2",
                    label=ui.tr("import.undo_of", file=run.file_name),
                    size="sm",
                    on_click=ImportHistory.undo(run.id),
                ),
            ),
            numeric=True,
        ),
    )
