import reflex as rx

from leadhub.components import ui
from leadhub.components.imports.upload import step_heading
from leadhub.state.imports import ImportWizard

_FITS = (("sure", "success"), ("likely", "info"), ("unsure", "warning"))


def mapping_step() -> rx.Component:
    return rx.el.section(
        step_heading(ui.tr("import.step_map"), ui.tr("import.columns_hint")),
        ui.table(
            label=ui.tr("import.columns"),
            header=[
                ui.header_cell(ui.tr_key(f"import.{name}")) for name in ("column", "samples", "field", "fit")
            ],
            body=rx.foreach(ImportWizard.columns, _column),
            id="import-columns",
        ),
        rx.el.div(_values(), _stages(), class_name="import-cards"),
        ui.form_actions(
            ui.button(ui.tr("import.back"), variant="ghost", on_click=ImportWizard.go_to("file")),
            ui.button(ui.tr("import.preview"), variant="primary", on_click=ImportWizard.show_preview),
        ),
        class_name="stack loose",
        aria_label=ui.tr("import.step_map"),
    )


def _column(column: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(
            rx.el.span(column.header, class_name="strong"),
            rx.el.span(column.letter, class_name="faint small import-letter"),
        ),
        ui.cell(rx.el.span(column.samples, class_name="muted")),
        ui.cell(
            ui.combobox(
                label=column.header,
                hide_label=True,
                options=ImportWizard.targets,
                value=column.target,
                placeholder=ui.tr("import.not_imported"),
                on_change=lambda value: ImportWizard.choose_target(column.index, value),
            ),
            custom_attrs={"data-fields": "true"},
        ),
        ui.cell(
            ui.pill(
                ui.tr_key("import.fit_" + column.fit.to(str)), tone=rx.match(column.fit, *_FITS, "outline")
            )
        ),
        key=column.index,
    )


def _values() -> rx.Component:
    draft = ImportWizard.draft
    is_lead = draft.entity == "lead"
    return ui.card(
        ui.stack(
            rx.cond(
                is_lead,
                ui.combobox(
                    label=ui.tr("import.default_lead_type"),
                    options=ImportWizard.lead_types,
                    value=draft.lead_type,
                    on_change=ImportWizard.choose_lead_type,
                    clearable=False,
                ),
            ),
            rx.cond(
                (draft.entity != "campaign"),
                ui.combobox(
                    label=ui.tr("import.default_owner"),
                    options=ImportWizard.owners,
                    value=draft.owner,
                    on_change=lambda value: ImportWizard.choose_default("owner", value),
                ),
            ),
            rx.cond(
                is_lead,
                ui.combobox(
                    label=ui.tr("import.default_need"),
                    hint=ui.tr("import.default_need_hint"),
                    options=ImportWizard.needs,
                    value=draft.customer_need,
                    on_change=lambda value: ImportWizard.choose_default("customer_need", value),
                ),
            ),
            rx.cond(
                ImportWizard.open_dates != "",
                ui.combobox(
                    label=ui.tr("import.date_order"),
                    hint=ui.tr("import.date_order_hint", columns=ImportWizard.open_dates),
                    options=[
                        {"value": order, "label": ui.tr_key(f"import.date_{order}")}
                        for order in ("day_first", "month_first")
                    ],
                    value=rx.cond(draft.date_order != "", draft.date_order, "day_first"),
                    on_change=ImportWizard.choose_date_order,
                    clearable=False,
                ),
            ),
            ui.checkbox_field(
                name="add_labels",
                label=ui.tr("import.add_labels"),
                hint=ui.tr("import.add_labels_hint"),
                checked=draft.add_missing_labels,
                on_change=ImportWizard.choose_missing_labels,
            ),
        ),
        title=ui.tr("import.values"),
    )


def _stages() -> rx.Component:
    return rx.cond(
        ImportWizard.found_stages.length() > 0,
        ui.card(
            rx.el.p(ui.tr("import.stages_hint"), class_name="small muted import-note"),
            ui.table(
                label=ui.tr("import.stages"),
                header=[
                    ui.header_cell(ui.tr("import.stage_label")),
                    ui.header_cell(ui.tr("import.stage_rows"), numeric=True),
                    ui.header_cell(ui.tr("import.stage_here")),
                ],
                body=rx.foreach(ImportWizard.found_stages, _stage),
            ),
            title=ui.tr("import.stages"),
            flush=True,
        ),
    )


def _stage(found: rx.Var) -> rx.Component:
    return ui.table_row(
        ui.cell(found.label),
        ui.cell(ui.fmt_number(found.count), numeric=True),
        ui.cell(
            ui.combobox(
                label=ui.tr("import.stage_of", label=found.label),
                hide_label=True,
                options=ImportWizard.stages,
                value=found.stage_key,
                placeholder=ui.tr("import.stage_here"),
                on_change=lambda value: ImportWizard.choose_stage(found.label, value),
            ),
            custom_attrs={"data-fields": "true"},
        ),
        key=found.label,
    )
