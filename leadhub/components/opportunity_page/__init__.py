"""The page of one opportunity."""

from leadhub.components.opportunity_page.frame import opportunity_breadcrumb, opportunity_page_content

__all__ = ["opportunity_breadcrumb", "opportunity_page_content"]
