"""The board with true sums for each column. To reach: 40 ms."""

from bench._measure import line, measure, workspaces
from leadhub.domain.list_query import LeadListQuery, parse_list_query
from leadhub.queries.leads.board import get_board, list_board_cards


def main() -> None:
    for _, actors in workspaces():
        for who, actor in actors.items():
            for name, query in {
                "all": LeadListQuery(),
                "all, by amount": LeadListQuery(sort="target_amount"),
                "mine": parse_list_query("f=owner:is:me"),
                "search kowalski27": LeadListQuery().with_search("kowalski27"),
            }.items():
                for kind in ("customer", ""):
                    found = measure(lambda q=query, a=actor, k=kind: get_board(q, actor=a, lead_type=k))
                    line(f"{who}: board {kind or 'of states'}, {name}", found)
            query = LeadListQuery()
            board = get_board(query, actor=actor, lead_type="customer")
            column = max(board.columns, key=lambda c: c.count or 0)
            more = measure(
                lambda a=actor, c=column: list_board_cards(
                    LeadListQuery(), c.key, actor=a, lead_type="customer", cursor=c.next_cursor
                )
            )
            line(f"{who}: more cards of {column.key}", more)


if __name__ == "__main__":
    main()
