import reflex as rx

from leadhub import routes
from leadhub.components import ui
from leadhub.components.imports.upload import step_heading
from leadhub.components.imports.words import counts, entity_words
from leadhub.state.imports import ImportWizard


def run_step() -> rx.Component:
    """How far the run is, then what it made."""
    return rx.el.section(
        rx.cond(ImportWizard.run.is_running, _running(), _result()),
        class_name="stack loose narrow",
        aria_label=ui.tr("import.step_run"),
    )


def _running() -> rx.Component:
    run = ImportWizard.run
    return rx.fragment(
        step_heading(
            rx.cond(run.status == "queued", ui.tr("import.waiting"), ui.tr("import.running")),
            ui.tr("import.running_hint"),
        ),
        ui.progress_bar(label=ui.tr("import.progress"), done=run.done, total=run.total),
        rx.el.p(
            ui.tr("import.rows_of", done=run.done, total=run.total), class_name="tnum muted", role="status"
        ),
        counts(run),
        ui.form_actions(ui.button(ui.tr("import.cancel"), variant="danger", on_click=ImportWizard.cancel)),
    )


def _result() -> rx.Component:
    run = ImportWizard.run
    return rx.fragment(
        step_heading(
            rx.match(
                run.status,
                ("done", ui.tr("import.done_title")),
                ("cancelled", ui.tr("import.cancelled_title")),
                ("undone", ui.tr("import.undone_title")),
                ui.tr("import.failed_title"),
            )
        ),
        rx.cond(
            run.message_key != "",
            ui.callout(
                ui.tr_key(run.message_key, {"file": run.file_name}), tone="danger", icon_name="circle-alert"
            ),
        ),
        rx.cond(
            run.status == "cancelled",
            ui.callout(ui.tr("import.cancelled_hint"), tone="warning", icon_name="circle-alert"),
        ),
        counts(run),
        rx.cond(
            run.failed > 0,
            ui.row(
                ui.button(
                    ui.tr("import.download_failed"),
                    icon_name="download",
                    on_click=ImportWizard.download_failed,
                ),
                rx.el.span(ui.tr("import.failed_hint"), class_name="muted small"),
                class_name="wrap",
            ),
        ),
        ui.form_actions(
            ui.button_link(ui.tr("import.to_imports"), href=routes.IMPORTS, variant="ghost"),
            rx.cond(
                run.may_undo,
                ui.button(ui.tr("import.undo"), icon_name="undo-2", on_click=ImportWizard.undo),
            ),
            ui.button_link(ui.tr("import.new"), href=routes.NEW_IMPORT, icon_name="upload"),
            ui.button_link(
                ui.tr("import.show_records", records=entity_words(run.entity)),
                href=run.records_href,
                variant="primary",
            ),
        ),
    )
