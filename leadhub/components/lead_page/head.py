import reflex as rx

from leadhub.components import ui
from leadhub.components.lead_actions import start
from leadhub.domain.lead_actions import LeadAction
from leadhub.state.lead_page import LeadPage

LEAD = LeadPage.lead


def breadcrumb() -> rx.Component:
    return ui.breadcrumb((ui.tr("lead_page.leads"), LeadPage.list_href), (LEAD.title, None))


def neighbours() -> rx.Component:
    """Previous and next of the list that the lead was opened from."""

    def step(href: rx.Var, icon: str, key: str) -> rx.Component:
        label = ui.tr(key)
        return rx.cond(
            href != "",
            rx.el.a(
                ui.icon(icon),
                href=href,
                class_name="btn icon-only ghost",
                aria_label=label,
                custom_attrs={"data-tip": label},
            ),
            rx.el.span(
                ui.icon(icon), class_name="btn icon-only ghost", aria_disabled="true", aria_hidden="true"
            ),
        )

    return rx.el.nav(
        step(LeadPage.previous_href, "chevron-up", "lead_page.previous"),
        step(LeadPage.next_href, "chevron-down", "lead_page.next"),
        class_name="row tight",
        aria_label=ui.tr("lead_page.neighbours"),
    )


def head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(LEAD.title, class_name="record-title"),
            rx.el.div(
                rx.el.span(ui.tr("lead_page.number", number=LEAD.id.to_string()), class_name="tnum"),
                ui.stage_badge(LEAD.stage_label, LEAD.state),
                rx.el.span(LEAD.lead_type_label),
                rx.cond(LEAD.owner_name != "", ui.person(LEAD.owner_name)),
                rx.cond(
                    (LEAD.owner_name == "") & (LEAD.unit_name != ""),
                    rx.el.span(ui.tr("lead_page.waits_for_unit", unit=LEAD.unit_name)),
                ),
                rx.cond(
                    (LEAD.owner_name == "") & (LEAD.unit_name == ""), rx.el.span(ui.tr("lead_page.no_owner"))
                ),
                rx.cond(
                    LEAD.maturity != "",
                    ui.pill(ui.tr_key("choices.lead.need_maturity." + LEAD.maturity), tone="outline"),
                ),
                _due(),
                class_name="record-meta",
            ),
            class_name="grow",
        ),
        rx.el.div(_process_button(), _actions(), class_name="row"),
        class_name="record-head",
    )


def _due() -> rx.Component:
    expected = LEAD.expected_completion_at
    return rx.cond(
        (expected != "") & ~LEAD.is_final,
        rx.el.span(
            ui.icon("flag", small=True),
            ui.due_text(expected, ui.fmt_due(expected), ui.is_overdue(expected)),
            class_name="row tight",
            custom_attrs={"data-tip": ui.tr("fields.lead.expected_completion_at")},
        ),
    )


def _process_button() -> rx.Component:
    return rx.cond(
        LEAD.button_key != "",
        ui.button(
            ui.tr_key(LEAD.button_key),
            variant="primary",
            on_click=start(LEAD.id, LeadAction.PROCESS),
            custom_attrs={"data-tip": ui.tr_key(LEAD.hint_key), "aria-description": ui.tr_key(LEAD.hint_key)},
        ),
    )


def _actions() -> rx.Component:
    def item(may: str, action: LeadAction, icon: str, key: str, **props: object) -> rx.Component:
        return rx.cond(
            LeadPage.may[may],
            ui.menu_item(ui.tr(key), icon_name=icon, on_click=start(LEAD.id, action), **props),  # type: ignore[arg-type]
        )

    # Customer and bank leads end by Disqualify, by a task's result or with their opportunity.
    closes_by_hand = (LEAD.lead_type != "customer") & (LEAD.lead_type != "bank")
    can_log = LeadPage.rights.contains("edit_activity")
    return ui.menu(
        rx.cond(LeadPage.may["disqualify"], _disqualify()),
        ui.menu_item(ui.tr("lead_page.evaluate_score"), icon_name="gauge", on_click=LeadPage.evaluate_score),
        item("accept", LeadAction.ACCEPT, "hand", "actions.accept"),
        item("start_progress", LeadAction.START_PROGRESS, "play", "actions.start_progress"),
        item("assign", LeadAction.ASSIGN, "user-plus", "actions.assign"),
        rx.cond(
            LeadPage.may["distribute"] & (LEAD.button_action != "distribute"),
            ui.menu_item(
                ui.tr("actions.distribute"),
                icon_name="split",
                on_click=start(LEAD.id, LeadAction.DISTRIBUTE),
            ),
        ),
        rx.cond(
            closes_by_hand,
            rx.fragment(
                item("win", LeadAction.WIN, "trophy", "actions.win"),
                item("lose", LeadAction.LOSE, "circle-slash", "actions.lose"),
                item("cancel", LeadAction.CANCEL, "ban", "actions.cancel_lead"),
            ),
        ),
        item("reopen", LeadAction.REOPEN, "rotate-ccw", "actions.reopen"),
        rx.cond(
            can_log,
            rx.fragment(
                ui.menu_separator(),
                ui.menu_item(
                    ui.tr("actions.log_call"),
                    icon_name="phone",
                    on_click=start(LEAD.id, LeadAction.LOG_CALL),
                ),
                ui.menu_item(
                    ui.tr("actions.schedule"),
                    icon_name="calendar-plus",
                    on_click=start(LEAD.id, LeadAction.SCHEDULE),
                ),
            ),
        ),
        item("edit", LeadAction.FOLLOW_UP, "calendar-clock", "actions.follow_up"),
        rx.cond(
            LeadPage.may["delete"],
            rx.fragment(
                ui.menu_separator(),
                ui.menu_item(
                    ui.tr("actions.delete"),
                    icon_name="trash-2",
                    danger=True,
                    on_click=start(LEAD.id, LeadAction.DELETE),
                ),
            ),
        ),
        label=ui.tr("lead_page.actions"),
        text=ui.tr("lead_page.actions"),
        placement="bottom-end",
    )


def _disqualify() -> rx.Component:
    """The reasons stand in the menu: two clicks and it is done."""
    return ui.submenu(
        rx.foreach(
            LeadPage.reasons,
            lambda reason: ui.menu_item(
                reason.label, on_click=start(LEAD.id, LeadAction.DISQUALIFY, reason.value)
            ),
        ),
        label=ui.tr("actions.disqualify"),
        icon_name="ban",
    )


def stages() -> rx.Component:
    return rx.el.div(
        ui.stage_bar(LeadPage.stages, on_pick=lambda key: start(LEAD.id, LeadAction.MOVE, key)),
        rx.cond(
            LEAD.hint_key != "",
            rx.el.p(ui.icon("lightbulb", small=True), ui.tr_key(LEAD.hint_key), class_name="record-hint"),
        ),
        class_name="stack tight",
    )
