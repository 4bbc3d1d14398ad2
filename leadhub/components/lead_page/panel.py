import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_actions import start
from leadhub.domain.lead_actions import LeadAction
from leadhub.state.lead_page import LeadPage

LEAD = LeadPage.lead
KIND_ICONS = (
    ("call", "phone"),
    ("email", "mail"),
    ("meeting", "users"),
    ("appointment", "calendar"),
)


def kind_icon(kind: Var) -> rx.Component:
    return rx.match(kind, *[(key, ui.icon(icon)) for key, icon in KIND_ICONS], ui.icon("square-check-big"))


def action_panel() -> rx.Component:
    """What is to be done: open activities, and the two-click ways to add to them (C-20)."""
    quick = rx.cond(
        LeadPage.rights.contains("edit_activity"),
        ui.row(
            rx.cond(
                LeadPage.may["edit"],
                ui.button(
                    rx.cond(
                        LEAD.follow_up_on != "",
                        ui.tr("lead_page.follow_up_on", day=ui.fmt_date_short(LEAD.follow_up_on)),
                        ui.tr("actions.follow_up"),
                    ),
                    icon_name="calendar-clock",
                    variant="ghost",
                    size="sm",
                    on_click=start(LEAD.id, LeadAction.FOLLOW_UP),
                ),
            ),
            ui.button(
                ui.tr("actions.log_call"),
                icon_name="phone",
                variant="ghost",
                size="sm",
                on_click=start(LEAD.id, LeadAction.LOG_CALL),
            ),
            ui.button(
                ui.tr("actions.schedule"),
                icon_name="plus",
                variant="ghost",
                size="sm",
                on_click=start(LEAD.id, LeadAction.SCHEDULE),
            ),
            class_name="tight wrap",
        ),
    )
    return ui.card(
        rx.cond(
            LeadPage.activities.length() > 0,
            rx.el.ul(rx.foreach(LeadPage.activities, _activity), class_name="task-list"),
            rx.el.p(
                rx.cond(LEAD.is_final, ui.tr("lead_page.nothing_final"), ui.tr("lead_page.nothing_planned")),
                class_name="muted pad",
            ),
        ),
        title=ui.tr("lead_page.next_steps"),
        actions=quick,
        flush=True,
    )


def _activity(activity: Var) -> rx.Component:
    complete = start(LEAD.id, LeadAction.COMPLETE, activity.id.to(str))
    return rx.el.li(
        kind_icon(activity.kind),
        rx.el.div(
            rx.el.button(activity.title, type="button", class_name="task-title", on_click=complete),
            rx.el.div(
                rx.cond(
                    activity.due_at != "",
                    ui.due_text(activity.due_at, ui.fmt_due(activity.due_at), ui.is_overdue(activity.due_at)),
                ),
                rx.cond(activity.owner_name != "", ui.person(activity.owner_name)),
                class_name="record-meta",
            ),
            class_name="grow",
        ),
        rx.cond(
            LeadPage.rights.contains("edit_activity"),
            ui.button(
                rx.cond(activity.is_executed, ui.tr("lead_page.execute"), ui.tr("actions.complete")),
                size="sm",
                on_click=complete,
                custom_attrs={"aria-description": activity.title},
            ),
        ),
    )
