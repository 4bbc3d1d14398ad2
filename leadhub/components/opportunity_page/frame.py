import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.components.form_errors import form_error
from leadhub.components.lead_page.feed import post_list
from leadhub.components.lead_page.panel import kind_icon
from leadhub.components.opportunity_page.dialogs import opportunity_dialogs
from leadhub.components.record_fields import field_group, stale_panel
from leadhub.state.opportunity_page import OpportunityPage

SHOWN = OpportunityPage.opportunity


def opportunity_breadcrumb() -> rx.Component:
    return ui.breadcrumb((ui.tr("opportunity_page.opportunities"), routes.OPPORTUNITIES), (SHOWN.title, None))


def opportunity_page_content() -> rx.Component:
    return rx.fragment(
        rx.match(
            OpportunityPage.status,
            ("loading", ui.skeleton_rows()),
            (
                "missing",
                ui.empty_state(
                    ui.tr("opportunity_page.missing"),
                    icon_name="file-question",
                    hint=ui.tr("lead_page.missing_hint"),
                    action=ui.button_link(
                        ui.tr("opportunity_page.to_list"), href=routes.OPPORTUNITIES, variant="secondary"
                    ),
                ),
            ),
            _opportunity(),
        ),
        opportunity_dialogs(),
    )


def _opportunity() -> rx.Component:
    return rx.el.div(
        _head(),
        ui.stage_bar(OpportunityPage.stages, on_pick=OpportunityPage.pick_stage),
        rx.el.div(
            rx.el.aside(
                _links(),
                class_name="stack loose record-side",
                aria_label=ui.tr("opportunity_page.links"),
            ),
            rx.el.div(
                _activities(),
                stale_panel(OpportunityPage),
                rx.foreach(
                    OpportunityPage.groups,
                    lambda group: field_group(group, state=OpportunityPage, version=SHOWN.version),
                ),
                _feed(),
                class_name="stack loose",
            ),
            class_name="record-grid",
        ),
        class_name="stack",
    )


def _head() -> rx.Component:
    return rx.el.header(
        rx.el.div(
            rx.el.h1(SHOWN.title, class_name="record-title"),
            rx.el.div(
                rx.el.span(ui.tr("opportunity_page.number", number=SHOWN.id.to_string()), class_name="tnum"),
                ui.stage_badge(SHOWN.stage_label, SHOWN.state),
                rx.cond(SHOWN.kind != "", rx.el.span(ui.tr_key("choices.opportunity.kind." + SHOWN.kind))),
                rx.cond(SHOWN.owner_name != "", ui.person(SHOWN.owner_name)),
                rx.cond(
                    SHOWN.has_amount,
                    rx.el.span(ui.fmt_money(SHOWN.amount_minor), class_name="tnum strong"),
                ),
                class_name="record-meta",
            ),
            class_name="grow",
        ),
        rx.cond(
            OpportunityPage.may["close"],
            ui.row(
                ui.button(
                    ui.tr("opportunity_page.close_won"),
                    variant="primary",
                    icon_name="trophy",
                    on_click=OpportunityPage.open_closing("won"),
                ),
                ui.button(
                    ui.tr("opportunity_page.close_lost"),
                    icon_name="circle-slash",
                    on_click=OpportunityPage.open_closing("lost"),
                ),
            ),
        ),
        class_name="record-head",
    )


def _links() -> rx.Component:
    def line(
        shown: Var, icon: str, key: str, name: Var, href: Var, detail: Var | None = None
    ) -> rx.Component:
        return rx.cond(
            shown,
            rx.el.li(
                ui.icon(icon),
                rx.el.div(
                    ui.link(name, href=href),
                    rx.el.div(
                        ui.tr(key),
                        *((" · ", detail) if detail is not None else ()),
                        class_name="small faint",
                    ),
                    class_name="grow",
                ),
            ),
        )

    return ui.card(
        rx.el.ul(
            line(
                SHOWN.lead_id > 0,
                "target",
                "opportunity_page.lead",
                SHOWN.lead_title,
                routes.LEADS + "/" + SHOWN.lead_id.to(str),
                SHOWN.lead_stage,
            ),
            line(
                SHOWN.contact_id > 0,
                "user",
                "fields.opportunity.contact",
                SHOWN.contact_name,
                routes.CONTACTS + "/" + SHOWN.contact_id.to(str),
            ),
            line(
                SHOWN.account_id > 0,
                "building-2",
                "fields.opportunity.account",
                SHOWN.account_name,
                routes.ACCOUNTS + "/" + SHOWN.account_id.to(str),
            ),
            class_name="task-list",
        ),
        title=ui.tr("opportunity_page.links"),
        flush=True,
    )


def _activities() -> rx.Component:
    return ui.card(
        rx.cond(
            OpportunityPage.activities.length() > 0,
            rx.el.ul(rx.foreach(OpportunityPage.activities, _activity), class_name="task-list"),
            rx.el.p(ui.tr("opportunity_page.nothing_planned"), class_name="muted pad"),
        ),
        title=ui.tr("lead_page.next_steps"),
        actions=rx.cond(
            OpportunityPage.may["work"],
            ui.button(
                ui.tr("actions.schedule"),
                icon_name="plus",
                variant="ghost",
                size="sm",
                on_click=OpportunityPage.open_scheduling,
            ),
        ),
        flush=True,
    )


def _activity(activity: Var) -> rx.Component:
    complete = OpportunityPage.open_completing(activity.id)
    due = activity.due_at
    return rx.el.li(
        kind_icon(activity.kind),
        rx.el.div(
            rx.el.button(activity.title, type="button", class_name="task-title", on_click=complete),
            rx.el.div(
                rx.cond(due != "", ui.due_text(due, ui.fmt_due(due), ui.is_overdue(due))),
                rx.cond(activity.owner_name != "", ui.person(activity.owner_name)),
                class_name="record-meta",
            ),
            class_name="grow",
        ),
        rx.cond(
            OpportunityPage.may["work"],
            ui.button(
                ui.tr("actions.complete"),
                size="sm",
                on_click=complete,
                custom_attrs={"aria-description": activity.title},
            ),
        ),
    )


def _feed() -> rx.Component:
    return ui.card(
        rx.cond(
            OpportunityPage.may["comment"],
            ui.form(
                ui.textarea_field(
                    name="body",
                    label=ui.tr("leads.feed.comment"),
                    rows=2,
                    error=form_error(OpportunityPage.errors, "body"),
                ),
                ui.form_actions(ui.button(ui.tr("lead_page.send"), type="submit")),
                on_submit=OpportunityPage.comment,
                key=OpportunityPage.posts_written.to(str),
            ),
        ),
        rx.cond(
            OpportunityPage.posts.length() > 0,
            post_list(
                OpportunityPage.posts, ui.tr("opportunity_page.feed"), on_remove=OpportunityPage.remove_post
            ),
        ),
        title=ui.tr("opportunity_page.feed"),
    )
