import pytest

from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import NotFound
from leadhub.domain.list_query import LeadListQuery, parse_list_query
from leadhub.queries.leads.board import get_board, list_board_cards
from tests.factories import make_actor, make_lead

ADMIN = system_actor()


@pytest.mark.parametrize("sort", ["created_at", "target_amount", "owner", "title", "score"])
def test_every_column_has_true_totals_and_all_its_cards(database, sort):
    """Totals of the loaded cards only, or cards lost between the first ones and "load more"."""
    ids = [
        make_lead(
            stage_key=["qualification", "nurturing", "handoff"][n % 3],
            state=["pending", "in_progress", "in_progress"][n % 3],
            target_amount_minor=[None, 100][n % 2],
        )
        for n in range(14)
    ]
    make_lead(lead_type="service")
    query = LeadListQuery(sort=sort, descending=True)
    board = get_board(query, actor=ADMIN, lead_type="customer", cards=2)
    assert [c.key for c in board.columns][:3] == ["qualification", "nurturing", "handoff"]
    assert [c.count for c in board.columns] == [5, 5, 4, 0, 0, 0, 0]
    assert (board.total, board.amount_minor) == (14, 700)
    seen = []
    for column in board.columns:
        cards, cursor = list(column.cards), column.next_cursor
        while cursor:
            page = list_board_cards(
                query, column.key, actor=ADMIN, lead_type="customer", cursor=cursor, limit=2
            )
            cards += page.rows
            cursor = page.next_cursor
        assert len(cards) == column.count
        seen += [card.id for card in cards]
    assert sorted(seen) == ids


def test_a_filter_that_counters_do_not_know_is_counted_all_the_same(database):
    """A board whose sums ignore the filter."""
    make_lead(city="Oslo", target_amount_minor=5)
    make_lead(city="Rome", target_amount_minor=7)
    for text, expected in {"f=city:is:Oslo": (1, 5), "q=nothing": (0, 0), "q=contact": (2, 12)}.items():
        query = parse_list_query(text)
        board = get_board(query, actor=ADMIN, lead_type="customer")
        assert (board.total, board.amount_minor) == expected, text
        assert sum(len(c.cards) for c in board.columns) == expected[0]
        by_state = get_board(query, actor=ADMIN)
        assert (by_state.total, by_state.columns[0].key) == (expected[0], "pending")


def test_a_board_shows_what_one_may_see(database):
    """Totals that count the leads of others."""
    rep, other = make_actor(), make_actor()
    make_lead(owner_id=rep.user_id)
    make_lead(owner_id=other.user_id)
    assert get_board(LeadListQuery(), actor=rep, lead_type="customer").total == 1
    assert get_board(LeadListQuery(), actor=Actor(user_id=None, role=None)).total == 0
    assert get_board(LeadListQuery(), actor=make_actor(Role.MARKETER)).total == 2


def test_an_unknown_column_is_not_found(database):
    """A client that asks for any stage it likes."""
    with pytest.raises(NotFound):
        get_board(LeadListQuery(), actor=ADMIN, lead_type="nonsense")
    with pytest.raises(NotFound):
        list_board_cards(LeadListQuery(), "nonsense", actor=ADMIN, lead_type="customer")
