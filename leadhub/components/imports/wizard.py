import reflex as rx

from leadhub import routes
from leadhub.components import ui
from leadhub.components.imports.mapping import mapping_step
from leadhub.components.imports.preview import preview_step
from leadhub.components.imports.result import run_step
from leadhub.components.imports.upload import file_step, upload_step
from leadhub.components.settings import if_allowed
from leadhub.state.imports import ImportWizard

#: Step of the bar → the states of the wizard that it stands for.
_BAR = (
    ("upload", ("upload", "file")),
    ("map", ("map",)),
    ("preview", ("preview",)),
    ("run", ("run",)),
)


def import_wizard() -> rx.Component:
    """The step at which one import stands."""
    return if_allowed(
        rx.match(
            ImportWizard.step,
            ("loading", ui.skeleton_rows()),
            ("missing", _missing()),
            rx.el.div(
                _steps(),
                rx.match(
                    ImportWizard.step,
                    ("upload", upload_step()),
                    ("file", file_step()),
                    ("map", mapping_step()),
                    ("preview", preview_step()),
                    run_step(),
                ),
                class_name="stack loose import",
            ),
        )
    )


def import_crumbs() -> rx.Component:
    name = rx.cond(
        ImportWizard.import_id > 0,
        rx.cond(ImportWizard.run.file_name != "", ImportWizard.run.file_name, ui.tr("import.one")),
        ui.tr("import.new"),
    )
    return ui.breadcrumb((ui.tr("import.title"), routes.IMPORTS), (name, None))


def _steps() -> rx.Component:
    place = rx.match(
        ImportWizard.step, *[(step, n) for n, (_, steps) in enumerate(_BAR) for step in steps], 0
    ).to(int)
    return rx.el.nav(
        rx.el.ol(
            *[
                rx.el.li(
                    rx.el.span(
                        rx.cond(place > n, ui.icon("check", small=True), str(n + 1)),
                        class_name="step-mark",
                        aria_hidden="true",
                    ),
                    ui.tr_key(f"import.step_{name}"),
                    aria_current=rx.cond(place == n, "step", "false"),
                    class_name=rx.cond(place > n, "done", ""),
                )
                for n, (name, _) in enumerate(_BAR)
            ],
        ),
        aria_label=ui.tr("import.steps"),
        class_name="import-steps",
    )


def _missing() -> rx.Component:
    return ui.empty_state(
        ui.tr("import.missing"),
        icon_name="file-question",
        hint=ui.tr("import.missing_hint"),
        action=ui.button_link(ui.tr("import.to_imports"), href=routes.IMPORTS),
    )
