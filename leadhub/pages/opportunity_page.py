import reflex as rx

from leadhub.components.opportunity_page import opportunity_breadcrumb, opportunity_page_content
from leadhub.components.shell import page_shell
from leadhub.state.opportunity_page import OpportunityPage


def opportunity_page() -> rx.Component:
    return page_shell(
        opportunity_page_content(),
        title=OpportunityPage.opportunity.title,
        heading=opportunity_breadcrumb(),
    )
