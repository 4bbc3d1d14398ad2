import reflex as rx

from leadhub import routes
from leadhub.components import ui
from leadhub.components.imports.words import ENTITIES
from leadhub.state.imports import ImportWizard

_DROP = "import-file"
_POLICIES = ("skip", "update", "add")


def step_heading(text: rx.Var, hint: rx.Var | None = None) -> rx.Component:
    """The heading that takes the focus when a step begins."""
    return rx.el.div(
        rx.el.h2(text, id="import-step", tab_index=-1),
        rx.el.p(hint, class_name="muted") if hint is not None else rx.fragment(),
    )


def upload_step() -> rx.Component:
    return rx.el.section(
        ui.file_drop(
            id=_DROP,
            label=ui.tr("import.choose_file"),
            hint=ui.tr("import.choose_hint", limit=ImportWizard.limit_mb),
            multiple=False,
            on_drop=ImportWizard.upload(
                rx.upload_files_chunk(upload_id=_DROP, on_upload_progress=ImportWizard.show_upload)
            ),
        ),
        rx.cond(
            ImportWizard.uploading,
            ui.progress_bar(label=ui.tr("import.uploading"), done=ImportWizard.uploaded_percent, total=100),
        ),
        ui.form_error(ui.tr_key(ImportWizard.refusal.key, ImportWizard.refusal.params)),
        class_name="stack narrow",
        aria_label=ui.tr("import.step_upload"),
    )


def file_step() -> rx.Component:
    draft = ImportWizard.draft
    return rx.el.section(
        step_heading(draft.file_name),
        ui.row(
            ui.pill(ui.tr("import.rows_about", count=draft.rows)),
            ui.pill(ui.tr("import.columns_count", count=ImportWizard.columns.length())),
            class_name="wrap",
        ),
        rx.cond(draft.remembered, ui.callout(ui.tr("import.remembered"), icon_name="history")),
        ui.form_grid(
            ui.combobox(
                label=ui.tr("import.holds"),
                options=[{"value": e, "label": ui.tr_key(f"import.entity_{e}")} for e in ENTITIES],
                value=draft.entity,
                on_change=ImportWizard.choose_entity,
                clearable=False,
            ),
            rx.cond(
                ImportWizard.sheets.length() > 1,
                ui.combobox(
                    label=ui.tr("import.sheet"),
                    options=ImportWizard.sheets,
                    value=draft.sheet,
                    on_change=ImportWizard.choose_sheet,
                    clearable=False,
                ),
            ),
        ),
        rx.el.fieldset(
            rx.el.legend(ui.tr("import.policy"), class_name="section-title"),
            rx.el.p(ui.tr("import.policy_how"), class_name="small muted"),
            *[_policy(name) for name in _POLICIES],
            class_name="import-policy",
        ),
        ui.form_actions(
            ui.button_link(ui.tr("import.other_file"), href=routes.NEW_IMPORT, variant="ghost"),
            ui.button(ui.tr("import.next"), variant="primary", on_click=ImportWizard.go_to("map")),
        ),
        class_name="stack loose narrow",
        aria_label=ui.tr("import.step_upload"),
    )


def _policy(name: str) -> rx.Component:
    return rx.el.label(
        ui.radio(
            name="policy",
            value=name,
            checked=ImportWizard.draft.policy == name,
            on_change=ImportWizard.choose_policy(name),
            aria_label=ui.tr_key(f"import.policy_{name}"),
            aria_describedby=f"policy-{name}",
        ),
        rx.el.span(
            rx.el.span(ui.tr_key(f"import.policy_{name}"), class_name="strong"),
            rx.el.span(ui.tr_key(f"import.policy_{name}_hint"), id=f"policy-{name}", class_name="field-hint"),
        ),
        class_name="import-choice",
    )
