from leadhub.domain.list_query.operators import Operator, arity_of, operators_of
from leadhub.domain.list_query.query import (
    ME,
    MINE,
    Filter,
    FilterGroup,
    LeadListQuery,
    LeadSort,
    ListQuery,
    clean_filter,
    empty_query,
    list_query,
    sort_keys,
)
from leadhub.domain.list_query.search import SearchTerm, fold_search, parse_search
from leadhub.domain.list_query.url import format_list_query, parse_list_query
from leadhub.domain.list_query.views import SHIPPED_VIEWS, ShippedView, shipped_view

__all__ = [
    "ME", "MINE", "SHIPPED_VIEWS", "Filter", "FilterGroup", "LeadListQuery", "LeadSort", "ListQuery",
    "Operator", "SearchTerm", "ShippedView", "arity_of", "clean_filter", "empty_query", "fold_search",
    "format_list_query", "list_query", "operators_of", "parse_list_query", "parse_search", "shipped_view",
    "sort_keys",
]  # fmt: skip
