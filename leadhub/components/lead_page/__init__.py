"""The page of one lead."""

from leadhub.components.lead_page.frame import lead_page_content

__all__ = ["lead_page_content"]
