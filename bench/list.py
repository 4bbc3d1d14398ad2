"""The lead list: first page of every sort and shipped view, page 500, counts. To reach: 20 ms."""

from dataclasses import replace

from bench._measure import line, measure, workspaces
from leadhub.domain.actor import Actor
from leadhub.domain.list_query import SHIPPED_VIEWS, LeadListQuery, LeadSort, parse_list_query
from leadhub.queries.leads.count import count_leads
from leadhub.queries.leads.list import list_leads

_FILTERS = ("f=customer_need:one_of:1,2", "f=city:is:Oslo&f=priority:at_least:8", "f=country:empty")


def main() -> None:
    for _, actors in workspaces():
        for who, actor in actors.items():
            for sort in LeadSort:
                query = LeadListQuery(sort=sort.value, descending=sort is not LeadSort.TITLE)
                first = measure(lambda q=query, a=actor: list_leads(q, actor=a))
                line(f"{who}: first page by {sort.value}", first)
            for sort in ("created_at", "title", "target_amount", "owner", "last_activity_at"):
                query = LeadListQuery(sort=sort)
                cursor, page = _page_500(query, actor)
                found = measure(lambda q=query, a=actor, c=cursor: list_leads(q, actor=a, cursor=c))
                line(f"{who}: page {page} by {sort}", found)
            for view in SHIPPED_VIEWS:
                query = replace(view.query)
                found = measure(lambda q=query, a=actor: list_leads(q, actor=a))
                line(f"{who}: view {view.key}", found)
                total = measure(lambda q=query, a=actor: count_leads(q, actor=a), rounds=7)
                line(f"{who}: its total", total, count_leads(query, actor=actor).count)
            for text in _FILTERS:
                query = parse_list_query(text)
                line(f"{who}: {text}", measure(lambda q=query, a=actor: list_leads(q, actor=a)))
                total = measure(lambda q=query, a=actor: count_leads(q, actor=a), rounds=5)
                line(f"{who}: its total", total, count_leads(query, actor=actor).count)


def _page_500(query: LeadListQuery, actor: Actor) -> tuple[str, int]:
    """The cursor after 499 times Next of 50 rows, reached in bigger steps, or the last page's."""
    cursor = ""
    for step in range(125):
        page = list_leads(query, actor=actor, cursor=cursor, limit=200 if step else 150)
        if not page.next_cursor:
            return cursor, 4 * step
        cursor = page.next_cursor
    return cursor, 500


if __name__ == "__main__":
    main()
