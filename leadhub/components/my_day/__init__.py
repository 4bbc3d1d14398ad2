from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.components.lead_actions import lead_action_dialogs, start
from leadhub.domain.lead_actions import LeadAction
from leadhub.state.my_day import MyDayState

#: Section → icon, and where the whole of it stands.
_SECTIONS = {
    "overdue": ("alarm-clock", f"{routes.ACTIVITIES}?view=my_overdue"),
    "due": ("list-checks", f"{routes.ACTIVITIES}?view=my_open"),
    "to_accept": ("hand", f"{routes.LEADS}?view=my_unit"),
    "new": ("sparkles", f"{routes.LEADS}?view=mine"),
    "follow_up": ("calendar-clock", f"{routes.LEADS}?view=mine&sort=next_follow_up_on"),
    "hot": ("flame", f"{routes.LEADS}?view=hot"),
    "untouched": ("hourglass", f"{routes.LEADS}?view=untouched"),
}
_KINDS = {
    "task": "square-check",
    "call": "phone",
    "email": "mail",
    "meeting": "users",
    "appointment": "calendar",
}


def my_day_content() -> rx.Component:
    """The sections one below the other, in the order in which to work."""
    return rx.fragment(
        rx.cond(
            MyDayState.loading,
            ui.skeleton_rows(8),
            rx.cond(
                MyDayState.sections.length() == 0,
                ui.empty_state(
                    ui.tr("my_day.nothing"),
                    icon_name="sun",
                    hint=ui.tr("my_day.nothing_hint"),
                    action=ui.button_link(ui.tr("my_day.to_leads"), href=routes.LEADS),
                ),
                rx.el.div(rx.foreach(MyDayState.sections, _section), class_name="my-day"),
            ),
        ),
        lead_action_dialogs(),
        ui.hotkeys(rows=".my-day a.primary"),
    )


def _section(section: Var) -> rx.Component:
    title = rx.match(section["key"], *[(key, ui.tr(f"my_day.{key}")) for key in _SECTIONS], "")
    hint = rx.match(section["key"], *[(key, ui.tr(f"my_day.{key}_hint")) for key in _SECTIONS], "")
    href = rx.match(section["key"], *[(key, href) for key, (_, href) in _SECTIONS.items()], routes.LEADS)
    mark = rx.match(
        section["key"], *[(key, ui.icon(name)) for key, (name, _) in _SECTIONS.items()], rx.fragment()
    )
    rows = section["rows"].to(list[dict[str, Any]])
    return rx.el.section(
        rx.el.div(
            mark,
            rx.el.h2(title),
            ui.count_badge(section["count"]),
            rx.el.span(hint, class_name="muted small truncate only-wide"),
            rx.el.span(class_name="grow"),
            rx.cond(
                section["count"].to(int) > rows.length(),
                ui.link(ui.tr("my_day.show_all"), href=href),
            ),
            class_name="day-head",
        ),
        rx.el.ul(rx.foreach(rows, _row), class_name="day-rows"),
        class_name="card",
        aria_label=title,
        custom_attrs={"data-section": section["key"]},
    )


def _row(row: Var) -> rx.Component:
    is_task = row["activity_id"].to(int) > 0
    href = rx.cond(
        row["opportunity_id"].to(int) > 0,
        f"{routes.OPPORTUNITIES}/" + row["opportunity_id"].to(str),
        rx.cond(
            row["lead_id"].to(int) > 0,
            f"{routes.LEADS}/" + row["lead_id"].to(str),
            f"{routes.ACTIVITIES}/" + row["activity_id"].to(str),
        ),
    )
    return rx.el.li(
        rx.el.span(
            rx.cond(
                is_task,
                rx.match(
                    row["kind"],
                    *[(kind, ui.icon(name)) for kind, name in _KINDS.items()],
                    ui.icon("square-check"),
                ),
                ui.score_gauge(row["score"], label=ui.tr("fields.lead.score")),
            ),
            class_name="day-mark",
        ),
        rx.el.div(
            rx.el.a(row["title"], href=href, class_name="primary truncate"),
            rx.el.span(row["about"], class_name="muted small truncate"),
            class_name="day-what",
        ),
        rx.cond(
            row["stage_label"] != "",
            rx.el.span(ui.stage_badge(row["stage_label"], row["state"]), class_name="only-wide day-stage"),
        ),
        rx.el.span(_when(row, is_task), class_name="day-when small tnum"),
        rx.el.span(_tools(row, is_task), class_name="day-tools"),
        class_name="day-row",
    )


def _when(row: Var, is_task: Var) -> rx.Component:
    due = ui.due_text(row["at"], ui.fmt_due(row["at"]), row["is_overdue"])
    is_due = is_task | row["key"].to(str).startswith("follow_up")
    return rx.cond(
        row["at"] == "",
        rx.fragment(),
        rx.cond(is_due, due, rx.el.span(ui.fmt_relative(row["at"]), class_name="muted")),
    )


def _tools(row: Var, is_task: Var) -> rx.Component:
    lead_id = row["lead_id"].to(int)
    activity_id = row["activity_id"].to(int)
    rights = MyDayState.rights
    complete = rx.cond(
        (lead_id > 0) & (row["opportunity_id"].to(int) == 0),
        ui.button(
            ui.tr("my_day.complete"),
            size="sm",
            icon_name="check",
            custom_attrs={"aria-description": row["title"]},
            on_click=start(lead_id, LeadAction.COMPLETE, activity_id.to(str)),
        ),
        ui.button(
            ui.tr("my_day.complete"),
            size="sm",
            icon_name="check",
            custom_attrs={"aria-description": row["title"]},
            on_click=MyDayState.complete(activity_id),
        ),
    )
    return rx.fragment(
        rx.cond(
            (lead_id > 0) & rights.contains("edit_activity"),
            ui.icon_button(
                "phone",
                label=ui.tr("actions.log_call"),
                size="sm",
                custom_attrs={"aria-description": row["title"]},
                on_click=start(lead_id, LeadAction.LOG_CALL),
            ),
        ),
        rx.cond(
            (lead_id > 0) & rights.contains("edit_lead"),
            ui.icon_button(
                "calendar-clock",
                label=ui.tr("actions.follow_up"),
                size="sm",
                custom_attrs={"aria-description": row["title"]},
                on_click=start(lead_id, LeadAction.FOLLOW_UP),
            ),
        ),
        rx.cond(is_task & rights.contains("edit_activity"), complete),
    )
