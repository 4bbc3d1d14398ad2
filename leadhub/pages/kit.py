"""The gallery of the kit at /_kit: every component in every state, for the tests and for the eye."""

import reflex as rx

from leadhub.components import ui
from leadhub.components.shell import page_shell
from leadhub.pages.kit_lists import lead_table
from leadhub.state.kit import KitState

PEOPLE = [
    {"value": "1", "label": "Anna Berg", "hint": "Sales"},
    {"value": "2", "label": "Mehmet Öz", "hint": "Sales"},
    {"value": "3", "label": "Claire Dubois", "hint": "Marketing"},
    {"value": "4", "label": "Tom Hansen", "hint": "Partner"},
]
NEEDS = [{"value": "1", "label": "Fleet leasing"}, {"value": "2", "label": "Payroll software"}]


def kit_page() -> rx.Component:
    """Show everything."""
    return page_shell(
        rx.el.div(
            _buttons(),
            _states(),
            _fields(),
            _lookups(),
            _overlays(),
            _record(),
            _lists(),
            _dialogs(),
            rx.el.p(KitState.last, id="last", role="status", class_name="small muted"),
            class_name="stack loose",
        ),
        title="Kit",
    )


def _buttons() -> rx.Component:
    return ui.card(
        ui.row(
            ui.button("Qualify", variant="primary"),
            ui.button("Save"),
            ui.button("Cancel", variant="ghost"),
            ui.button("Delete", variant="danger", icon_name="trash-2"),
            ui.button("Scoring", loading=True),
            ui.button("Execute", disabled=True),
            ui.button("New lead", variant="primary", size="sm", icon_name="plus"),
            ui.button("Import", size="sm", icon_name="upload"),
            ui.icon_button("pencil", label="Edit"),
            ui.icon_button("trash-2", label="Remove", variant="secondary", size="sm"),
            ui.button_link("Leads", href="/_kit/list", icon_name="list"),
            ui.link("A link", href="/_kit/board"),
            class_name="wrap",
        ),
        title="Buttons",
        actions=ui.icon_button("ellipsis", label="More", size="sm"),
    )


def _states() -> rx.Component:
    tones = ("neutral", "info", "success", "warning", "danger", "violet", "outline")
    return ui.card(
        ui.stack(
            ui.row(
                *[ui.pill(tone.capitalize(), tone=tone, dot=tone != "outline") for tone in tones],
                class_name="wrap",
            ),
            ui.row(
                ui.stage_badge("Qualification", "pending"),
                ui.stage_badge("Handoff to sales", "in_progress"),
                ui.stage_badge("Need satisfied", "won"),
                ui.stage_badge("Not interested", "lost"),
                ui.stage_badge("Disqualified", "cancelled"),
                class_name="wrap",
            ),
            ui.row(
                *[ui.score_gauge(score, label="Predictive score") for score in (92, 61, 24, 0)],
                ui.score_gauge(70, label="Provisional score", provisional=True),
                ui.score_gauge(87, label="Large", size=40),
                ui.person("Anna Berg"),
                ui.avatar("Mehmet Öz", size="lg"),
                ui.count_badge(12),
                ui.shortcut("Ctrl", "K"),
                class_name="wrap",
            ),
            ui.progress_bar(label="Import", done=KitState.done, total=100),
            ui.progress_bar(label="Scoring"),
            ui.callout("Lost leads need a reason.", tone="warning", icon_name="triangle-alert"),
            ui.callout("This lead is read-only: it is final.", tone="info"),
            rx.el.div(
                ui.empty_state(
                    "No leads yet",
                    hint="Import a file or write the first one.",
                    action=ui.button("New lead", variant="primary"),
                ),
                ui.error_state(
                    "The list could not be loaded", hint="Logged under 4f2a.", on_retry=KitState.note("retry")
                ),
                class_name="form-grid",
            ),
            ui.skeleton_rows(2),
        ),
        title="States",
    )


def _fields() -> rx.Component:
    return ui.card(
        ui.form(
            ui.form_grid(
                ui.text_field(
                    name="account", label="Account name", required=True, placeholder="As on the invoice"
                ),
                ui.text_field(
                    name="email",
                    label="Email",
                    type="email",
                    default_value="anna@",
                    error="An address needs a domain",
                ),
                ui.number_field(
                    name="probability", label="Probability to win", default_value="40", hint="0 to 100"
                ),
                ui.money_field(name="budget", label="Budget", currency="EUR", default_value="12500"),
                ui.date_field(name="decision", label="Decision date", default_value="2026-11-20"),
                ui.datetime_field(name="meeting", label="Meeting date and time"),
                ui.select_field(name="level", label="Decision level", options=NEEDS),
                ui.text_field(name="locked", label="Number", default_value="L-000142", read_only=True),
                rx.el.div(
                    ui.textarea_field(name="notes", label="Notes", hint="Seen by everyone"), class_name="span"
                ),
                ui.checkbox_field(name="remind", label="Remind owner", default_checked=True),
                ui.switch_field(
                    name="auto", label="Automatic conversion", hint="Creates the customer account"
                ),
                ui.combobox(
                    name="form_owner",
                    label="Responsible",
                    options=PEOPLE,
                    required=True,
                    placeholder="Pick a person",
                ),
                ui.multi_combobox(name="form_tags", label="Products", options=NEEDS),
            ),
            ui.form_error("Two fields need your attention."),
            ui.form_actions(
                ui.button("Reset", type="reset", variant="ghost"),
                ui.button("Send", type="submit", variant="primary"),
            ),
            on_submit=KitState.submit,
        ),
        rx.el.p(KitState.submitted, id="submitted", class_name="small muted"),
        title="Fields",
    )


def _lookups() -> rx.Component:
    return ui.card(
        ui.form_grid(
            ui.combobox(label="Owner", options=PEOPLE, value=KitState.owner, on_change=KitState.pick_owner),
            ui.combobox(
                label="Existing company",
                options=KitState.found,
                on_search=KitState.search,
                on_change=lambda value: KitState.note("company " + value),
                placeholder="Search companies",
            ),
            ui.multi_combobox(
                label="Tags", options=PEOPLE, value=KitState.tags, on_change=KitState.pick_tags
            ),
            ui.combobox(label="Locked", options=PEOPLE, value="3", disabled=True),
            ui.combobox(
                label="Wrong", options=PEOPLE, error="Choose who owns it", hint="A member of the unit"
            ),
        ),
        ui.date_range(
            label="Created", start=KitState.start, end=KitState.end, on_change=KitState.pick_period
        ),
        title="Lookups",
    )


def _overlays() -> rx.Component:
    return ui.card(
        ui.row(
            ui.button("Open dialog", on_click=KitState.open("dialog")),
            ui.button("Open alert", on_click=KitState.open("alert")),
            ui.button("Open drawer", on_click=KitState.open("drawer")),
            ui.menu(
                ui.menu_item("Start proceeding to handoff", on_click=KitState.note("handoff")),
                ui.menu_item("Continue nurturing", on_click=KitState.note("nurture"), hint="N"),
                ui.menu_separator(),
                ui.menu_item("Not interested", on_click=KitState.note("not interested"), danger=True),
                ui.menu_item("Distribute to unit", disabled=True, hint="No unit"),
                label="Distribute",
                text="Distribute",
                variant="primary",
            ),
            ui.menu(ui.menu_item("Copy link", icon_name="link"), label="More actions"),
            ui.popover(
                ui.checkbox_field(name="col1", label="Owner", default_checked=True),
                label="Columns",
                text="Columns",
                icon_name="columns-3",
            ),
            ui.button("Open palette", on_click=KitState.open("palette")),
            ui.button("Toast", on_click=KitState.toast("success")),
            ui.button("Failure", on_click=KitState.toast("danger")),
            class_name="wrap",
        ),
        ui.tabs(
            (ui.tab("lead_info", "Lead info"), rx.el.p("What the lead is about.")),
            (ui.tab("timeline", "Timeline", 4), rx.el.p("What happened, in order.")),
            (ui.tab("feed", "Feed"), rx.el.p("What people say.")),
            value=KitState.chosen_tab,
            on_change=KitState.pick_tab,
            label="Lead",
        ),
        title="Overlays",
    )


def _record() -> rx.Component:
    return ui.card(
        ui.stack(
            ui.breadcrumb(("Leads", "/_kit/list"), ("Fleet leasing · Alpine Foods AG", None)),
            ui.stage_bar(KitState.stages, on_pick=KitState.pick_stage),
            ui.key_values(
                (
                    "Title",
                    ui.inline_field(
                        field="title",
                        label="Title",
                        value=KitState.title,
                        error=KitState.title_error,
                        on_save=KitState.save_field,
                    ),
                ),
                (
                    "Customer need",
                    ui.inline_field(
                        field="need",
                        label="Customer need",
                        value=KitState.need,
                        display=rx.cond(KitState.need == "1", "Fleet leasing", "Payroll software"),
                        kind="select",
                        options=NEEDS,
                        on_save=KitState.save_field,
                    ),
                ),
                ("Budget", ui.fmt_money(1_250_000, "EUR")),
                ("Meeting", ui.fmt_datetime("2026-11-21T15:30:00Z")),
                (
                    "Due",
                    ui.due_text(
                        rx.Var.create("2026-11-01"), ui.fmt_due("2026-11-01"), ui.is_overdue("2026-11-01")
                    ),
                ),
                ("Changed", ui.fmt_relative("2026-11-20T09:00:00Z")),
                columns=2,
            ),
            ui.changed_by_other(
                who="Tom Hansen",
                changes=rx.Var.create([{"label": "Budget", "theirs": "€12,000", "mine": "€15,000"}]),
                on_keep=KitState.note("kept"),
                on_take=KitState.note("took"),
            ),
            ui.context_menu(
                rx.el.p("Press the right mouse button here.", class_name="muted"),
                items=[ui.menu_item("Copy number", icon_name="copy", on_click=KitState.note("copied"))],
                label="Record",
            ),
            ui.file_drop(id="kit-files", label="Drop files here or choose them", hint="Up to 25 MB each"),
        ),
        title="Record",
    )


def _lists() -> rx.Component:
    return ui.card(
        ui.bulk_bar(
            KitState.selected.length(),
            ui.button("Assign", size="sm"),
            ui.button("Move stage", size="sm"),
            on_clear=KitState.note("clear"),
        ),
        rx.el.div(lead_table(), style={"maxHeight": "300px", "overflow": "hidden", "display": "grid"}),
        title="Table",
    )


def _dialogs() -> rx.Component:
    return rx.fragment(
        ui.dialog(
            ui.form(
                ui.stack(
                    ui.combobox(label="Customer need", name="need", options=NEEDS, required=True),
                    ui.text_field(name="dialog_account", label="Account name", id="dialog-account"),
                    ui.dialog_actions(
                        ui.button(ui.tr("ui.cancel"), on_click=KitState.close),
                        ui.button(ui.tr("ui.save"), type="submit", variant="primary"),
                    ),
                ),
                on_submit=KitState.submit,
            ),
            title="New lead",
            open=KitState.open_dialog == "dialog",
            on_close=KitState.close,
        ),
        ui.command_palette(
            label="Search",
            placeholder="Leads, contacts, accounts, commands",
            open=KitState.open_dialog == "palette",
            on_close=KitState.close,
            results=KitState.hits,
            commands=[
                {
                    "value": "new_lead",
                    "label": "New lead",
                    "group": "Commands",
                    "kind": "command",
                    "keys": "C",
                },
                {"value": "board", "label": "Open the board", "group": "Commands", "href": "/_kit/board"},
            ],
            on_search=KitState.search,
            on_pick=lambda value: KitState.note("command " + value),
        ),
        ui.alert_dialog(
            rx.el.p("The lead and its open activities will be gone. History keeps them for undo."),
            ui.dialog_actions(
                ui.button("Keep it", on_click=KitState.close),
                ui.button("Delete lead", variant="danger", on_click=KitState.close),
            ),
            title="Delete this lead?",
            open=KitState.open_dialog == "alert",
            on_close=KitState.close,
        ),
        ui.drawer(
            rx.el.p("Notifications come here."),
            title="Notifications",
            open=KitState.open_dialog == "drawer",
            on_close=KitState.close,
        ),
    )
