"""Every page once; the composition root registers them in a loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

import leadhub.components.notifications  # noqa: F401 - puts its panel above every page of the shell
from leadhub import routes
from leadhub.components import new_lead as _new_lead  # noqa: F401 - stands above every page
from leadhub.components import palette as _palette  # noqa: F401 - stands above every page
from leadhub.pages.audit import audit_page
from leadhub.pages.imports import import_page, imports_page
from leadhub.pages.kit import kit_page
from leadhub.pages.kit_lists import board_page, list_page
from leadhub.pages.lead_list import lead_list_page
from leadhub.pages.lead_page import lead_page
from leadhub.pages.my_day import my_day_page
from leadhub.pages.not_found import not_found_page
from leadhub.pages.opportunity_page import opportunity_page
from leadhub.pages.profile import profile_page
from leadhub.pages.records import detail_page
from leadhub.pages.records import list_page as record_list_page
from leadhub.pages.settings_lookups import lookups_page
from leadhub.pages.settings_people import roles_page, settings_page, units_page, users_page
from leadhub.pages.sign_in import accept_page, sign_in_page
from leadhub.state.audit import AuditState
from leadhub.state.base import AppState
from leadhub.state.imports import ImportHistory, ImportWizard
from leadhub.state.kit import KitState
from leadhub.state.lead_list import LeadList
from leadhub.state.lead_page import LeadPage
from leadhub.state.lookups import LookupsState
from leadhub.state.my_day import MyDayState
from leadhub.state.opportunity_page import OpportunityPage
from leadhub.state.profile import ProfileState
from leadhub.state.records.lists import LISTS
from leadhub.state.records.page import AccountPage, ActivityPage, CampaignPage, ContactPage
from leadhub.state.shell import ShellState
from leadhub.state.sign_in import SignInState
from leadhub.state.units import UnitsState
from leadhub.state.users import UsersState


@dataclass(frozen=True)
class Page:
    """A screen: its address pattern, its browser title, its builder, and what runs whenever it is opened.

    A page that is not public is for whoever is signed in; `right` (a value of Right) narrows that.
    Its loaders check for themselves as well.
    """

    route: str
    title: str
    build: Callable[[], rx.Component]
    on_load: tuple[Any, ...] = ()
    right: str = ""
    public: bool = False

    def loaders(self) -> list[Any]:
        """Return what runs when the page is opened, who is asking first."""
        if self.public:
            return list(self.on_load)
        return [AppState.open_page(self.right), *self.on_load, ShellState.watch]


PAGES: tuple[Page, ...] = (
    Page(routes.HOME, "LeadHub", my_day_page, (MyDayState.load, MyDayState.watch), right="view_leads"),
    Page(
        routes.LEADS,
        "Leads",
        lead_list_page,
        (LeadList.open, LeadList.watch),
        right="view_leads",
    ),
    *(
        Page(
            state.address,
            "LeadHub",
            record_list_page(state),
            (state.open, state.count, state.watch),
            right="view_contacts",
        )
        for state in LISTS
    ),
    *(
        Page(route, "LeadHub", detail_page(state), (state.load, state.watch), right="view_contacts")
        for route, state in (
            (routes.CONTACT, ContactPage),
            (routes.ACCOUNT, AccountPage),
            (routes.ACTIVITY, ActivityPage),
            (routes.CAMPAIGN, CampaignPage),
        )
    ),
    Page(routes.SIGN_IN, "LeadHub", sign_in_page, (SignInState.open_sign_in,), public=True),
    Page(routes.ACCEPT, "LeadHub", accept_page, (SignInState.open_link,), public=True),
    Page("404", "LeadHub", not_found_page, public=True),
    Page(routes.PROFILE, "LeadHub", profile_page, (ProfileState.load, ProfileState.watch)),
    Page(routes.IMPORTS, "LeadHub", imports_page, (ImportHistory.load, ImportHistory.watch), right="import"),
    Page(routes.IMPORT, "LeadHub", import_page, (ImportWizard.load, ImportWizard.watch), right="import"),
    Page(routes.AUDIT, "LeadHub", audit_page, (AuditState.load, AuditState.watch), right="view_audit"),
    Page(routes.SETTINGS, "LeadHub", settings_page, right="manage_settings"),
    Page(
        routes.SETTINGS_USERS,
        "LeadHub",
        users_page,
        (UsersState.load, UsersState.watch),
        right="manage_users",
    ),
    Page(
        routes.SETTINGS_UNITS,
        "LeadHub",
        units_page,
        (UnitsState.load, UnitsState.watch),
        right="manage_users",
    ),
    Page(routes.SETTINGS_ROLES, "LeadHub", roles_page, right="manage_settings"),
    Page(
        routes.SETTINGS_LOOKUPS,
        "LeadHub",
        lookups_page,
        (LookupsState.load, LookupsState.watch),
        right="manage_settings",
    ),
    Page(routes.LEAD, "LeadHub", lead_page, (LeadPage.load, LeadPage.watch), right="view_leads"),
    Page(
        routes.OPPORTUNITY,
        "LeadHub",
        opportunity_page,
        (OpportunityPage.load, OpportunityPage.watch),
        right="view_leads",
    ),
    Page("/_kit", "LeadHub", kit_page, (KitState.show,), public=True),
    Page("/_kit/list", "LeadHub", list_page, (KitState.show,), public=True),
    Page("/_kit/board", "LeadHub", board_page, (KitState.show,), public=True),
)
