"""The page of a contact, an account, an activity or a campaign: `record_page(ContactPage)`."""

from typing import Any

import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.components.lead_actions import lead_action_dialogs, start
from leadhub.components.lead_page.history import change
from leadhub.components.record_fields import field_group, stale_panel
from leadhub.components.records.list import ICONS, PLURALS
from leadhub.components.records.page_dialogs import page_dialogs
from leadhub.domain.fields import Entity
from leadhub.domain.lead_actions import LeadAction
from leadhub.state.shell import ShellState

_WAYS = (("phone", "phone"), ("email", "mail"), ("address", "map-pin"), ("link", "link"))
_LINK_ICONS = (
    ("contact", "contact"),
    ("account", "building-2"),
    ("opportunity", "handshake"),
    ("lead", "target"),
)
_LISTS = {
    Entity.CONTACT: routes.CONTACTS,
    Entity.ACCOUNT: routes.ACCOUNTS,
    Entity.ACTIVITY: routes.ACTIVITIES,
    Entity.CAMPAIGN: routes.CAMPAIGNS,
}
_TONES = (("planned", "info"), ("done", "success"), ("cancelled", "neutral"))


def record_breadcrumb(state: Any) -> rx.Component:
    entity: Entity = state.entity
    return ui.breadcrumb((ui.tr(f"shell.{PLURALS[entity]}"), _LISTS[entity]), (state.head.title, None))


def record_page(state: Any) -> rx.Component:
    """Head, links and ways to reach on the left; fields, linked records and history on the right."""
    entity: Entity = state.entity
    return rx.fragment(
        rx.match(
            state.status,
            ("loading", ui.skeleton_rows()),
            (
                "missing",
                ui.empty_state(
                    ui.tr("errors.not_found"),
                    icon_name="file-question",
                    action=ui.button_link(ui.tr(f"records.to_{PLURALS[entity]}"), href=_LISTS[entity]),
                ),
            ),
            _record(state, entity),
        ),
        page_dialogs(state),
        lead_action_dialogs() if entity is Entity.ACTIVITY else rx.fragment(),
    )


def _record(state: Any, entity: Entity) -> rx.Component:
    side = [rx.cond(state.parents.length() > 0, _parents(state))]
    if entity in (Entity.CONTACT, Entity.ACCOUNT):
        side.append(_ways(state))

    def fields(group: Var) -> rx.Component:
        return field_group(group, state=state, version=state.head.version)

    return rx.el.div(
        _head(state, entity),
        stale_panel(state),
        rx.el.div(
            rx.el.aside(*side, class_name="stack loose record-side", aria_label=ui.tr("records.links")),
            rx.el.div(
                rx.foreach(state.groups[:1], fields),
                rx.foreach(state.linked, _linked),
                rx.foreach(state.groups[1:], fields),
                _history(state),
                class_name="stack loose",
            ),
            class_name="record-grid" if entity is not Entity.CAMPAIGN else "record-grid single",
        ),
        class_name="stack",
    )


def _head(state: Any, entity: Entity) -> rx.Component:
    head = state.head
    return rx.el.header(
        rx.el.div(
            rx.el.h1(head.title, class_name="record-title"),
            rx.el.div(
                ui.icon(ICONS[entity], small=True),
                rx.el.span(ui.tr(f"records.one_{entity}")),
                rx.cond(head.kind != "", rx.el.span(ui.tr_key("choices.activity.kind." + head.kind))),
                rx.cond(
                    head.state != "",
                    ui.pill(
                        ui.tr_key("choices.activity.status." + head.state),
                        tone=rx.match(head.state, *_TONES, "neutral"),
                        dot=True,
                    ),
                ),
                rx.cond(head.owner_name != "", ui.person(head.owner_name)),
                class_name="row wrap muted",
            ),
            class_name="stack tight grow",
        ),
        rx.el.div(*_buttons(state, entity), class_name="row wrap"),
        class_name="row spread wrap",
    )


def _buttons(state: Any, entity: Entity) -> list[rx.Component]:
    head = state.head
    found: list[rx.Component] = []
    if entity in (Entity.CONTACT, Entity.ACCOUNT):
        found.append(
            rx.cond(
                state.rights.contains("edit_activity"),
                ui.button(ui.tr("records.plan"), icon_name="calendar-plus", on_click=state.open_planning),
            )
        )
    if entity is Entity.ACTIVITY:
        of_lead = (head.lead_id > 0) & (head.opportunity_id == 0)
        found.append(
            rx.cond(
                head.can_edit,
                rx.fragment(
                    rx.cond(
                        ~head.by_process,
                        ui.button(ui.tr("records.cancel_activity"), variant="ghost", on_click=state.cancel),
                    ),
                    rx.cond(
                        of_lead,
                        ui.button(
                            ui.tr("my_day.complete"),
                            variant="primary",
                            icon_name="check",
                            on_click=start(head.lead_id, LeadAction.COMPLETE, head.id.to(str)),
                        ),
                        ui.button(
                            ui.tr("my_day.complete"),
                            variant="primary",
                            icon_name="check",
                            on_click=state.ask_complete,
                        ),
                    ),
                ),
            )
        )
    found.append(
        rx.cond(
            head.can_delete,
            ui.menu(
                ui.menu_item(
                    ui.tr("records.delete"), icon_name="trash-2", danger=True, on_click=state.ask_delete
                ),
                label=ui.tr("lead_list.actions"),
                icon_name="ellipsis",
            ),
        )
    )
    return found


def _parents(state: Any) -> rx.Component:
    return ui.card(
        rx.el.ul(
            rx.foreach(
                state.parents,
                lambda one: rx.el.li(
                    _link_icon(one.kind),
                    rx.el.div(
                        ui.link(one.title, href=one.href),
                        rx.el.span(ui.tr_key("history.record." + one.kind), class_name="small faint"),
                        class_name="stack tight",
                    ),
                ),
            ),
            class_name="task-list",
        ),
        title=ui.tr("records.links"),
        flush=True,
    )


def _link_icon(kind: Var) -> rx.Component:
    return rx.match(kind, *[(key, ui.icon(name)) for key, name in _LINK_ICONS], ui.icon("square-check-big"))


def _ways(state: Any) -> rx.Component:
    """Further phones, emails, addresses and links; the main ones stand among the fields."""
    may = state.head.can_edit
    return ui.card(
        rx.cond(
            state.ways.length() > 0,
            rx.el.ul(
                rx.foreach(state.ways, lambda one: _way(state, one, may)),
                class_name="task-list",
            ),
            rx.el.p(ui.tr("records.no_ways"), class_name="muted small pad"),
        ),
        title=ui.tr("records.ways"),
        actions=rx.cond(
            may, ui.icon_button("plus", label=ui.tr("records.add_way"), size="sm", on_click=state.open_way)
        ),
        flush=True,
    )


def _way(state: Any, one: Var, may: Var) -> rx.Component:
    described = {"aria-description": one["value"]}
    href = rx.match(
        one["kind"],
        ("phone", "tel:" + one["value"].to(str)),
        ("email", "mailto:" + one["value"].to(str)),
        (
            "link",
            rx.cond(
                one["value"].to(str).contains("://"), one["value"].to(str), "https://" + one["value"].to(str)
            ),
        ),
        "",
    )
    return rx.el.li(
        rx.match(one["kind"], *[(key, ui.icon(name)) for key, name in _WAYS], ui.icon("link")),
        rx.el.div(
            rx.cond(
                href != "",
                rx.el.a(
                    one["value"],
                    href=href,
                    class_name="link truncate",
                    custom_attrs={"reloadDocument": True},
                    rel="noopener noreferrer",
                ),
                rx.el.span(one["value"]),
            ),
            rx.cond(
                one["label_key"] != "",
                rx.el.span(ui.tr_key(one["label_key"].to(str)), class_name="small faint"),
                rx.cond(one["label"] != "", rx.el.span(one["label"], class_name="small faint")),
            ),
            class_name="stack tight grow",
        ),
        rx.cond(
            may & (one["id"].to(int) > 0),
            rx.fragment(
                rx.cond(
                    one["can_rise"].to(bool),
                    ui.icon_button(
                        "chevron-up",
                        label=ui.tr("records.move_up"),
                        size="sm",
                        custom_attrs=described,
                        on_click=state.move_way(one["id"], -1),
                    ),
                ),
                ui.icon_button(
                    "x",
                    label=ui.tr("records.remove_way"),
                    size="sm",
                    custom_attrs=described,
                    on_click=state.remove_way(one["id"]),
                ),
            ),
        ),
    )


def _linked(group: Var) -> rx.Component:
    title = rx.match(
        group.kind,
        ("contact", ui.tr("shell.contacts")),
        ("lead", ui.tr("shell.leads")),
        ("opportunity", ui.tr("shell.opportunities")),
        ui.tr("shell.activities"),
    )
    shown = rx.el.section(
        rx.el.div(
            rx.el.h2(title),
            ui.count_badge(group.count),
            rx.cond(group.more_href != "", ui.link(ui.tr("my_day.show_all"), href=group.more_href)),
            class_name="card-head counted",
        ),
        rx.el.div(
            rx.el.ul(rx.foreach(group.rows, _linked_row), class_name="task-list"),
            class_name="card-body flush",
        ),
        class_name="card",
        aria_label=title,
    )
    return rx.cond(group.count > 0, shown)


def _linked_row(one: Var) -> rx.Component:
    return rx.el.li(
        _link_icon(one.kind),
        rx.el.div(
            rx.el.a(one.title, href=one.href, class_name=rx.cond(one.is_done, "link done", "link")),
            rx.cond(one.detail != "", rx.el.span(one.detail, class_name="small muted truncate")),
            class_name="linked-title grow",
        ),
        rx.cond(one.stage_label != "", ui.stage_badge(one.stage_label, one.state)),
        rx.cond(
            one.kind == "activity",
            rx.cond(
                one.is_done,
                rx.el.span(ui.fmt_relative(one.at), class_name="small muted tnum"),
                ui.due_text(one.at, ui.fmt_due(one.at), ui.is_overdue(one.at)),
            ),
        ),
    )


def _history(state: Any) -> rx.Component:
    return ui.card(
        rx.cond(
            state.history.length() > 0,
            rx.el.ol(rx.foreach(state.history, _entry), class_name="change-list"),
            rx.el.p(ui.tr("records.no_history"), class_name="muted small pad"),
        ),
        title=ui.tr("records.history"),
        flush=True,
    )


def _entry(entry: Var) -> rx.Component:
    what = ui.tr_key(entry.title_key, entry.title_params)
    return rx.el.li(
        rx.el.div(
            rx.el.span(what, class_name="strong"),
            rx.cond(entry.is_undone, ui.pill(ui.tr("records.undone"), tone="neutral")),
            rx.el.span(class_name="grow"),
            rx.el.span(entry.by, " · ", ui.fmt_relative(entry.at), class_name="small faint"),
            rx.cond(
                entry.can_undo,
                ui.button(
                    ui.tr("ui.undo"),
                    variant="ghost",
                    size="sm",
                    icon_name="undo-2",
                    on_click=ShellState.undo(entry.action_id.to(str)),
                    custom_attrs={"aria-description": what},
                ),
            ),
            class_name="row wrap",
        ),
        rx.cond(
            entry.changes.length() > 0, rx.el.ul(rx.foreach(entry.changes, change), class_name="changes")
        ),
        key=entry.action_id.to(str),
    )
