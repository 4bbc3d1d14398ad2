import reflex as rx

from leadhub.components.lead_page import lead_page_content
from leadhub.components.lead_page.head import breadcrumb, neighbours
from leadhub.components.shell import page_shell
from leadhub.state.lead_page import LeadPage


def lead_page() -> rx.Component:
    return page_shell(
        lead_page_content(),
        title=LeadPage.lead.title,
        heading=breadcrumb(),
        actions=neighbours(),
    )
