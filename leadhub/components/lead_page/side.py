import reflex as rx
from reflex.vars.base import Var

from leadhub import routes
from leadhub.components import ui
from leadhub.state.lead_page import LeadPage

SCORE = LeadPage.score


def side() -> rx.Component:
    return rx.el.aside(
        score_card(),
        _profile("contact", LeadPage.contact, ui.tr("lead_page.contact_profile"), routes.CONTACTS),
        _profile("account", LeadPage.account, ui.tr("lead_page.account_profile"), routes.ACCOUNTS),
        class_name="stack loose record-side",
        aria_label=ui.tr("lead_page.profiles"),
    )


def score_card() -> rx.Component:
    """The machine's estimate with its reasons; where there is none, why."""
    return ui.card(
        rx.el.div(
            ui.score_gauge(
                SCORE.score,
                label=ui.tr("fields.lead.score"),
                size=54,
                provisional=SCORE.is_provisional,
            ),
            rx.cond(
                SCORE.why_none_key != "",
                rx.el.p(ui.tr_key(SCORE.why_none_key), class_name="muted small"),
                rx.el.div(
                    ui.row(
                        rx.match(
                            SCORE.band,
                            ("high", ui.pill(ui.tr("lead_page.band_high"), tone="success")),
                            ("medium", ui.pill(ui.tr("lead_page.band_medium"), tone="warning")),
                            ui.pill(ui.tr("lead_page.band_low"), tone="danger"),
                        ),
                        rx.cond(
                            SCORE.is_provisional,
                            ui.with_tip(
                                ui.pill(ui.tr("lead_page.provisional"), tone="outline"),
                                ui.tr("lead_page.provisional_hint"),
                            ),
                        ),
                        class_name="wrap",
                    ),
                    rx.el.span(ui.fmt_relative(SCORE.at), class_name="small faint"),
                    class_name="stack tight",
                ),
            ),
            class_name="score-head",
        ),
        rx.cond(
            SCORE.reasons.length() > 0,
            rx.el.ul(rx.foreach(SCORE.reasons, _reason), class_name="reasons"),
        ),
        title=ui.tr("fields.lead.score"),
    )


def _reason(reason: Var) -> rx.Component:
    return rx.el.li(
        rx.cond(
            reason.points > 0,
            ui.icon("trending-up", small=True),
            ui.icon("trending-down", small=True),
        ),
        rx.el.span(ui.tr_key(reason.text_key, reason.params)),
        rx.el.span(rx.cond(reason.points > 0, "+", ""), reason.points, class_name="tnum"),
        class_name=rx.cond(reason.points > 0, "for", "against"),
    )


def _profile(kind: str, profile: Var, title: Var, path: str) -> rx.Component:
    linked = profile.record_id > 0
    return ui.card(
        rx.cond(
            profile.name != "",
            rx.el.div(
                ui.avatar(profile.name, size="lg"),
                rx.el.div(
                    rx.cond(
                        linked,
                        ui.link(profile.name, href=path + "/" + profile.record_id.to(str)),
                        rx.el.span(profile.name, class_name="strong"),
                    ),
                    rx.cond(profile.detail != "", rx.el.div(profile.detail, class_name="small muted")),
                    class_name="grow",
                ),
                class_name="row",
            ),
            rx.el.p(ui.tr(f"lead_page.no_{kind}"), class_name="muted"),
        ),
        rx.cond(
            profile.communications.length() > 0,
            rx.el.ul(rx.foreach(profile.communications, _communication), class_name="ways"),
        ),
        rx.cond(
            ~linked & (profile.name != ""),
            rx.el.p(ui.tr(f"lead_page.unlinked_{kind}"), class_name="small faint"),
        ),
        ui.row(
            rx.cond(
                LeadPage.may["edit"],
                ui.button(
                    ui.tr("lead_page.select_similar"),
                    size="sm",
                    icon_name="users",
                    on_click=LeadPage.open_similar(kind),
                    custom_attrs={"aria-description": title},
                ),
            ),
            rx.cond(
                LeadPage.may["edit"] & linked,
                ui.button(
                    ui.tr("lead_page.unlink"),
                    size="sm",
                    variant="ghost",
                    icon_name="unlink",
                    on_click=LeadPage.unlink_record(kind),
                    custom_attrs={"aria-description": title},
                ),
            ),
            class_name="wrap",
        ),
        title=title,
    )


def _communication(option: Var) -> rx.Component:
    icons = (("email", "mail"), ("mobile", "smartphone"), ("phone", "phone"), ("web", "globe"))
    return rx.el.li(
        rx.match(
            option.kind,
            *[(key, ui.icon(icon, small=True)) for key, icon in icons],
            ui.icon("link", small=True),
        ),
        rx.cond(
            option.href != "",
            rx.el.a(
                option.value,
                href=option.href,
                class_name="link truncate",
                custom_attrs={"reloadDocument": True},
                rel="noopener noreferrer",
                target=rx.cond(option.kind == "web", "_blank", "_self"),
            ),
            rx.el.span(option.value, class_name="truncate"),
        ),
    )
