import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_page.fields import group, locked_note
from leadhub.components.record_values import written
from leadhub.state.lead_page import LeadPage


def timeline_tab() -> rx.Component:
    """Everything that happened, in order, newest first."""
    return rx.cond(
        LeadPage.timeline.length() > 0,
        rx.el.div(
            rx.el.ol(
                rx.foreach(LeadPage.timeline, _happened),
                class_name="timeline",
                aria_label=_tr("tab_timeline"),
            ),
            rx.cond(LeadPage.timeline_more, _more(LeadPage.more_timeline)),
            class_name="stack",
        ),
        ui.empty_state(_tr("timeline_empty"), icon_name="history"),
    )


def icon_of(kind: Var, icons: tuple[tuple[str, str], ...], otherwise: str) -> rx.Component:
    return rx.match(
        kind,
        *[(key, ui.icon(icon, small=True)) for key, icon in icons],
        ui.icon(otherwise, small=True),
    )


def _tr(key: str) -> Var:
    return ui.tr_key(f"lead_page.{key}")


def _more(handler: object) -> rx.Component:
    return ui.button(ui.tr("ui.load_more"), variant="ghost", on_click=handler)


_LINK_ICONS = (
    ("contact", "user"),
    ("account", "building-2"),
    ("opportunity", "target"),
    ("campaign", "megaphone"),
)
_ICONS = (
    ("stage", "milestone"),
    ("activity", "square-check-big"),
    ("comment", "message-square"),
    ("note", "sticky-note"),
    ("handoff", "handshake"),
    ("file", "paperclip"),
    ("score", "gauge"),
)


def _happened(entry: Var) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            icon_of(entry.kind, _ICONS, "pencil"),
            class_name="timeline-mark",
        ),
        rx.el.div(
            rx.el.div(
                rx.el.span(ui.tr_key(entry.title_key, entry.title_params), class_name="strong"),
                _when_and_who(entry.at, entry.by),
                class_name="row spread wrap",
            ),
            rx.cond(entry.body != "", rx.el.p(entry.body, class_name="prose")),
            class_name="grow",
        ),
        key=entry.key,
    )


def _when_and_who(at: Var, by: Var) -> rx.Component:
    return rx.el.span(
        rx.cond(by != "", rx.fragment(by, " · "), rx.fragment()),
        rx.el.time(ui.fmt_relative(at), date_time=at, custom_attrs={"data-tip": ui.fmt_datetime(at)}),
        class_name="small faint",
    )


def history_tab() -> rx.Component:
    return rx.el.div(
        locked_note(),
        _linked(),
        rx.foreach(LeadPage.groups, group),
        _distributions(),
        ui.card(
            rx.cond(
                LeadPage.history.length() > 0,
                rx.el.ol(rx.foreach(LeadPage.history, _entry), class_name="change-list"),
                rx.el.p(_tr("history_empty"), class_name="muted pad"),
            ),
            rx.cond(LeadPage.history_more, rx.el.div(_more(LeadPage.more_history), class_name="pad")),
            title=_tr("changes"),
            flush=True,
        ),
        class_name="stack loose",
    )


def _linked() -> rx.Component:

    return ui.card(
        rx.cond(
            LeadPage.linked.length() > 0,
            rx.el.ul(
                rx.foreach(
                    LeadPage.linked,
                    lambda one: rx.el.li(
                        icon_of(one.kind, _LINK_ICONS, "link"),
                        ui.link(one.title, href=one.href),
                        rx.cond(one.detail != "", ui.pill(one.detail, tone="outline")),
                        rx.el.span(ui.tr_key("lead_page.kind_" + one.kind), class_name="small faint"),
                    ),
                ),
                class_name="task-list",
            ),
            rx.el.p(_tr("linked_empty"), class_name="muted pad"),
        ),
        title=_tr("linked"),
        flush=True,
    )


def _distributions() -> rx.Component:
    """The detail Lead distribution (C-96)."""

    def line(row: Var) -> rx.Component:
        return ui.table_row(
            ui.cell(ui.fmt_datetime(row.at)),
            ui.cell(rx.cond(row.outcome_label != "", row.outcome_label, "–")),
            ui.cell(rx.cond(row.owner != "", row.owner, row.unit)),
            ui.cell(rx.el.span(row.strategy, class_name="truncate")),
            ui.cell(ui.fmt_date(row.next_on)),
            ui.cell(row.by),
        )

    return rx.cond(
        LeadPage.distributions.length() > 0,
        ui.card(
            ui.table(
                label=_tr("distribution_table"),
                header=[
                    ui.header_cell(_tr(key))
                    for key in ("when", "outcome", "given_to", "strategy", "next_date", "by")
                ],
                body=rx.foreach(LeadPage.distributions, line),
            ),
            title=_tr("distribution"),
            flush=True,
        ),
    )


def _entry(entry: Var) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.span(ui.tr_key(entry.title_key, entry.title_params), class_name="strong"),
            rx.cond(entry.is_undone, ui.pill(_tr("undone"), tone="neutral")),
            rx.el.span(class_name="grow"),
            _when_and_who(entry.at, entry.by),
            rx.cond(
                entry.can_undo,
                ui.button(
                    ui.tr("ui.undo"),
                    variant="ghost",
                    size="sm",
                    icon_name="undo-2",
                    on_click=LeadPage.ask_undo(entry.action_id),
                    custom_attrs={"aria-description": ui.tr_key(entry.title_key, entry.title_params)},
                ),
            ),
            class_name="row wrap",
        ),
        rx.cond(
            entry.changes.length() > 0,
            rx.el.ul(rx.foreach(entry.changes, change), class_name="changes"),
        ),
        key=entry.action_id.to(str),
    )


def change(one: Var) -> rx.Component:
    """A field: old → new; a record that came or went by its name."""
    old, new = written(one.kind, one.old), written(one.kind, one.new)
    return rx.el.li(
        rx.el.span(ui.tr_key(one.label_key), class_name="muted"),
        rx.match(
            one.kind,
            ("inserted", rx.el.span(_tr("added"), rx.el.ins(one.new))),
            ("deleted", rx.el.span(_tr("removed"), rx.el.del_(one.old))),
            rx.el.span(
                rx.cond(one.old != "", rx.el.del_(old), _nothing()),
                rx.el.span("→", aria_hidden="true", class_name="faint"),
                rx.cond(one.new != "", rx.el.ins(new), _nothing()),
            ),
        ),
    )


def _nothing() -> rx.Component:
    return rx.el.span(ui.tr("ui.empty_value"), class_name="faint")


def undo_dialog() -> rx.Component:
    """What would come back, before it does."""
    view = LeadPage.undo_view
    return ui.dialog(
        rx.cond(
            view.obstacles.length() > 0,
            ui.callout(
                rx.el.p(_tr("undo_blocked")),
                rx.el.ul(
                    rx.foreach(
                        view.obstacles,
                        lambda one: rx.el.li(
                            ui.tr_key(one.label_key),
                            ": ",
                            ui.tr_key("history.obstacle." + one.kind, {"fields": one.old}),
                        ),
                    )
                ),
                tone="warning",
                icon_name="triangle-alert",
            ),
        ),
        rx.el.p(_tr("undo_restores"), class_name="muted"),
        rx.el.ul(rx.foreach(view.changes, change), class_name="changes"),
        ui.dialog_actions(
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadPage.close_undo),
            ui.button(
                ui.tr("ui.undo"),
                variant="primary",
                on_click=LeadPage.confirm_undo,
                disabled=view.obstacles.length() > 0,
            ),
        ),
        title=ui.tr("lead_page.undo_title", action=ui.tr_key(view.title_key, view.title_params)),
        open=view.action_id > 0,
        on_close=LeadPage.close_undo,
    )
