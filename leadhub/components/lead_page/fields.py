import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_page.similar import similar_leads
from leadhub.components.record_fields import field_group
from leadhub.state.lead_page import LeadPage


def groups_tab() -> rx.Component:
    """The field groups of the chosen tab, from the registry."""
    return rx.el.div(locked_note(), rx.foreach(LeadPage.groups, group), class_name="stack loose")


def lead_info_tab() -> rx.Component:
    return rx.el.div(
        groups_tab(),
        similar_leads(),
        _pairs(LeadPage.registration, ui.tr("lead_page.registration")),
        _pairs(LeadPage.extended, ui.tr("lead_page.extended")),
        class_name="stack loose",
    )


def locked_note() -> rx.Component:
    return rx.cond(
        LeadPage.lead.is_final,
        ui.callout(ui.tr("process.hint.final"), tone="neutral", icon_name="lock"),
    )


def group(shown: Var) -> rx.Component:
    return field_group(shown, state=LeadPage, version=LeadPage.lead.version)


def _pairs(given: Var, title: Var) -> rx.Component:
    """What came with the lead and is not a field of its own (C-100)."""
    return rx.cond(
        given.length() > 0,
        ui.card(
            rx.el.dl(
                rx.foreach(given, lambda pair: rx.el.div(rx.el.dt(pair.kind), rx.el.dd(pair.value))),
                class_name="field-list",
            ),
            title=title,
        ),
    )
