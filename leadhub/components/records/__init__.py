"""Lists and pages of contacts, accounts, opportunities, activities and campaigns."""

from leadhub.components.records.list import PLURALS, record_list
from leadhub.components.records.page import record_breadcrumb, record_page

__all__ = ["PLURALS", "record_breadcrumb", "record_list", "record_page"]
