import reflex as rx

from leadhub import routes
from leadhub.components import ui
from leadhub.components.lead_actions import lead_action_dialogs
from leadhub.components.lead_page.feed import feed_tab, files_tab
from leadhub.components.lead_page.fields import groups_tab, lead_info_tab
from leadhub.components.lead_page.head import head, stages
from leadhub.components.lead_page.history import history_tab, timeline_tab, undo_dialog
from leadhub.components.lead_page.panel import action_panel
from leadhub.components.lead_page.side import side
from leadhub.components.lead_page.similar import similar_dialog
from leadhub.components.record_fields import stale_panel
from leadhub.state.lead_page import LeadPage


def lead_page_content() -> rx.Component:
    """Placeholders, the lead, or a friendly word that it is not there."""
    return rx.fragment(
        rx.match(
            LeadPage.status,
            ("loading", ui.skeleton_rows()),
            ("missing", _missing()),
            _lead(),
        ),
        lead_action_dialogs(),
        undo_dialog(),
        similar_dialog(),
    )


def _missing() -> rx.Component:
    return ui.empty_state(
        ui.tr("lead_page.missing"),
        icon_name="file-question",
        hint=ui.tr("lead_page.missing_hint"),
        action=ui.button_link(ui.tr("lead_page.to_leads"), href=routes.LEADS, variant="secondary"),
    )


def _lead() -> rx.Component:
    return rx.el.div(
        head(),
        stages(),
        rx.el.div(
            side(),
            rx.el.div(
                action_panel(),
                stale_panel(LeadPage),
                rx.el.div(_tabs()),
                class_name="stack loose",
            ),
            class_name="record-grid",
        ),
        class_name="stack",
    )


def _tabs() -> rx.Component:
    """Partner leads have the two tabs of their form first."""
    common = (
        (ui.tab("lead_info", ui.tr("lead_page.tab_lead_info")), lead_info_tab()),
        (ui.tab("need", ui.tr("lead_page.tab_need")), groups_tab()),
        (ui.tab("timeline", ui.tr("lead_page.tab_timeline")), timeline_tab()),
        (ui.tab("history", ui.tr("lead_page.tab_history")), history_tab()),
        (
            ui.tab("files", ui.tr("lead_page.tab_files"), LeadPage.lead.file_count),
            files_tab(),
        ),
        (ui.tab("feed", ui.tr("lead_page.tab_feed"), LeadPage.lead.comment_count), feed_tab()),
    )
    partner = (
        (ui.tab("general", ui.tr("lead_page.tab_general")), groups_tab()),
        (ui.tab("qualification", ui.tr("lead_page.tab_qualification")), groups_tab()),
    )

    def shown(*panels: object) -> rx.Component:
        return ui.tabs(
            *panels,  # type: ignore[arg-type]
            value=LeadPage.tab,
            on_change=LeadPage.pick_tab,
            label=ui.tr("lead_page.tabs"),
        )

    return rx.cond(LeadPage.lead.lead_type == "partner", shown(*partner, *common), shown(*common))
