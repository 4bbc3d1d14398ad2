"""Lists and pages of contacts, accounts, opportunities, activities and campaigns."""

from leadhub.components.records.list import PLURALS, record_list

__all__ = ["PLURALS", "record_list"]
