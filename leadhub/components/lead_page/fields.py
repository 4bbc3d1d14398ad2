import reflex as rx
from reflex.vars.base import Var

from leadhub.components import ui
from leadhub.components.lead_page.similar import similar_leads
from leadhub.components.lead_page.values import written
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
    return ui.card(
        rx.el.dl(rx.foreach(shown.fields, field), class_name="field-list"), title=ui.tr_key(shown.label_key)
    )


def field(one: Var) -> rx.Component:
    """One inline field; the rule that a value breaks stands beside it."""
    label = ui.tr_key(one.label_key)
    fault = LeadPage.errors[one.key]
    return rx.el.div(
        rx.el.dt(label),
        rx.el.dd(
            ui.inline_field(
                field=one.key,
                label=label,
                kind=one.editor,
                value=rx.cond(one.editor == "datetime", ui.to_local_input(one.value), one.value),
                display=written(one.kind, one.display),
                disabled=~one.can_edit,
                error=rx.cond(LeadPage.errors.contains(one.key), ui.tr_key(fault.key, fault.params), ""),
                options=rx.cond(LeadPage.options_field == one.key, LeadPage.options, []),
                on_search=lambda typed: LeadPage.search_options(one.key, typed),
                on_start=lambda key: LeadPage.begin_edit(key, LeadPage.lead.version),
                on_save=LeadPage.save_field,
            )
        ),
        class_name=rx.cond(one.kind == "long_text", "wide", ""),
    )


def stale_panel() -> rx.Component:
    return ui.changed_by_other(
        who=LeadPage.stale_by,
        changes=LeadPage.stale,
        on_keep=LeadPage.keep_mine,
        on_take=LeadPage.take_theirs,
    )


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
