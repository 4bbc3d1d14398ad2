import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.state.lead_page import LeadPage

OF_CONTACT = LeadPage.similar_of == "contact"


def similar_dialog() -> rx.Component:
    """Exact rule hits first, near matches with their evidence, any other record, or a new one (C-104)."""
    return ui.dialog(
        rx.cond(
            LeadPage.similar.length() > 0,
            rx.el.ul(rx.foreach(LeadPage.similar, _candidate), class_name="task-list boxed"),
            rx.el.p(
                rx.cond(
                    OF_CONTACT,
                    ui.tr("lead_page.similar_none_contact"),
                    ui.tr("lead_page.similar_none_account"),
                ),
                class_name="muted",
            ),
        ),
        ui.combobox(
            label=rx.cond(OF_CONTACT, ui.tr("lead_page.other_contact"), ui.tr("lead_page.other_account")),
            options=LeadPage.records,
            on_search=LeadPage.find_records,
            on_change=LeadPage.link_record,
            placeholder=ui.tr("ui.type_to_search"),
        ),
        ui.dialog_actions(
            rx.cond(
                LeadPage.near_names != "",
                rx.el.p(
                    ui.tr("lead_page.create_near", names=LeadPage.near_names), class_name="small faint grow"
                ),
            ),
            ui.button(ui.tr("ui.cancel"), variant="ghost", on_click=LeadPage.close_similar),
            ui.button(
                rx.cond(OF_CONTACT, ui.tr("lead_page.create_contact"), ui.tr("lead_page.create_account")),
                icon_name="plus",
                on_click=LeadPage.create_record,
            ),
        ),
        title=ui.tr("lead_page.select_similar"),
        description=rx.cond(
            OF_CONTACT, ui.tr("lead_page.similar_contact"), ui.tr("lead_page.similar_account")
        ),
        open=LeadPage.similar_of != "",
        on_close=LeadPage.close_similar,
    )


def _candidate(one: Var, index: Var) -> rx.Component:
    return rx.el.li(
        ui.avatar(one.name),
        rx.el.div(
            ui.row(
                rx.el.span(one.name, class_name="strong"),
                rx.cond(
                    one.is_exact,
                    ui.pill(ui.tr("lead_page.similar_exact"), tone="success"),
                    ui.pill(ui.tr("lead_page.similar_near"), tone="outline"),
                ),
                class_name="wrap",
            ),
            rx.cond(one.detail != "", rx.el.div(one.detail, class_name="small muted")),
            rx.el.div(
                rx.foreach(
                    one.evidence,
                    lambda why, place: rx.fragment(
                        rx.cond(place > 0, ", ", ""), ui.tr_key(why.text_key, why.params)
                    ),
                ),
                class_name="small faint",
            ),
            class_name="grow",
        ),
        ui.button(
            ui.tr("lead_page.link"),
            size="sm",
            variant="primary",
            auto_focus=index == 0,
            aria_label=ui.tr("lead_page.link_named", name=one.name),
            on_click=LeadPage.link_record(one.id.to(str)),
        ),
    )


def similar_leads() -> rx.Component:
    """The detail Similar leads (C-65): what one may not see shows title, owner and stage only."""
    return rx.cond(
        LeadPage.similar_leads.length() > 0,
        ui.card(
            rx.el.ul(rx.foreach(LeadPage.similar_leads, _lead), class_name="task-list"),
            title=ui.tr("lead_page.similar_leads"),
            flush=True,
        ),
    )


def _lead(one: Var) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.cond(
                one.href != "",
                ui.link(one.title, href=one.href),
                rx.el.span(one.title),
            ),
            rx.el.div(
                rx.foreach(
                    one.rules,
                    lambda rule, place: rx.fragment(rx.cond(place > 0, ", ", ""), ui.tr_key(rule)),
                ),
                class_name="small faint",
            ),
            class_name="grow",
        ),
        rx.cond(one.owner_name != "", ui.person(one.owner_name)),
        ui.stage_badge(one.stage_label, one.state),
    )
