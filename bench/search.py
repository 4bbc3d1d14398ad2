"""Searching leads by rare and common pieces of text, and everything by Ctrl+K. To reach: 25 ms."""

from bench._measure import line, measure, workspaces
from leadhub.domain.list_query import LeadListQuery
from leadhub.queries.leads.count import count_leads
from leadhub.queries.leads.list import list_leads
from leadhub.queries.search import search_records

_TERMS = (
    "gmail",
    "anna",
    "logistics gmbh",
    "anna.smith",
    "kowalski27",
    "project 4711",
    "+49 3012",
    "an",
    "qq",
)


def main() -> None:
    for _, actors in workspaces():
        for who, actor in actors.items():
            for term in _TERMS:
                query = LeadListQuery().with_search(term)
                page = list_leads(query, actor=actor)
                found = measure(lambda q=query, a=actor: list_leads(q, actor=a))
                line(f"{who}: search {term!r}", found, "" if page.total is None else f"total {page.total}")
                if page.total is None:
                    total = measure(lambda q=query, a=actor: count_leads(q, actor=a), rounds=5)
                    line(f"{who}: its total", total, count_leads(query, actor=actor).count)
            for term in ("anna", "kowalski27", "north blue", "4711"):
                found = measure(lambda t=term, a=actor: search_records(t, actor=a))
                line(f"{who}: Ctrl+K {term!r}", found)


if __name__ == "__main__":
    main()
