from datetime import date, timedelta

import pytest

from leadhub.db import now
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.list_query import LeadListQuery, LeadSort, parse_list_query
from leadhub.queries.leads.count import count_leads
from leadhub.queries.leads.list import list_leads
from tests.factories import make_actor, make_lead, make_unit

ADMIN = system_actor()


def walk(query: LeadListQuery, actor: Actor = ADMIN, limit: int = 3) -> list[int]:
    """Every id by Next to the end, and back by Previous to the same beginning."""
    seen: list[list[int]] = []
    cursor = ""
    while True:
        page = list_leads(query, actor=actor, cursor=cursor, limit=limit)
        seen.append([row.id for row in page.rows])
        if not page.next_cursor:
            break
        cursor = page.next_cursor
    back = [seen[-1]]
    while page.previous_cursor:
        page = list_leads(query, actor=actor, cursor=page.previous_cursor, limit=limit)
        back.append([row.id for row in page.rows])
    assert [i for ids in reversed(back) for i in ids] == [i for ids in seen for i in ids]
    return [i for ids in seen for i in ids]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(LeadSort))
def test_every_sort_pages_through_each_lead_once_both_ways(database, sort, descending):
    """A row skipped or doubled between pages, where values tie or are empty."""
    owners = [make_actor().user_id, make_actor().user_id, None]
    ids = [
        make_lead(
            title=["beta", "", "Alpha"][n % 3],
            contact_name=["", "Ärzte", "zoo"][n % 3],
            account_name="",
            owner_id=owners[n % 3],
            priority=[None, 3, 3, 1][n % 4],
            target_amount_minor=[None, 500][n % 2],
            next_follow_up_on=[None, date(2026, 1, 1)][n % 2],
            expected_completion_at=[None, now()][n % 2],
        )
        for n in range(11)
    ]
    query = LeadListQuery(sort=sort.value, descending=descending)
    seen = walk(query)
    assert sorted(seen) == ids
    assert count_leads(query, actor=ADMIN).count == 11


def test_empty_values_come_last_in_both_directions(database):
    """Descending order that opens with blanks."""
    empty = make_lead()
    low = make_lead(target_amount_minor=1)
    high = make_lead(target_amount_minor=2)
    assert walk(LeadListQuery(sort="target_amount", descending=True)) == [high, low, empty]
    assert walk(LeadListQuery(sort="target_amount", descending=False)) == [low, high, empty]


def test_a_rep_sees_own_unit_and_unassigned_leads_only(database):
    """A list that shows what the access scope hides."""
    mine, other = make_unit(), make_unit()
    rep = make_actor(unit_ids=(mine,))
    stranger = make_actor()
    own = make_lead(owner_id=rep.user_id)
    of_unit = make_lead(owner_id=stranger.user_id, unit_id=mine)
    free = make_lead()
    make_lead(owner_id=stranger.user_id, unit_id=other)
    assert sorted(walk(LeadListQuery(), rep)) == [own, of_unit, free]
    assert count_leads(LeadListQuery(), actor=rep).count == 3
    assert walk(LeadListQuery(), Actor(user_id=None, role=None)) == []


def test_filters_combine(database):
    """A filter read as something else than it says."""
    rep = make_actor()
    old = now() - timedelta(days=40)
    a = make_lead(owner_id=rep.user_id, city="Berlin", priority=5)
    b = make_lead(owner_id=rep.user_id, city="bern", priority=2, created_at=old)
    c = make_lead(city="Oslo", expected_completion_at=old)
    for text, expected in {
        "f=owner:is:me": [],
        f"f=owner:is:{rep.user_id}": [a, b],
        "f=owner:empty": [c],
        "f=city:starts_with:BER": [a, b],
        "f=city:contains:sl": [c],
        "f=city:is:berlin": [a],
        "f=priority:at_least:3": [a],
        "f=priority:is_not:5": [b, c],
        "f=priority:between:1,3": [b],
        "f=created_at:last_days:7": [a, c],
        "f=created_at:older_than_days:30": [b],
        "f=expected_completion_at:overdue": [c],
        "f=any;city:is:Oslo;priority:is:5": [a, c],
        "f=city:is:Oslo&f=priority:is:5&match=any": [a, c],
        "f=city:is:Oslo&f=priority:is:5": [],
        "f=state:is:pending": [a, b, c],
        "f=stage:none_of:qualification": [],
        "f=nonsense:is:5": [a, b, c],
    }.items():
        query = parse_list_query(text)
        assert sorted(walk(query)) == expected, text
        assert count_leads(query, actor=ADMIN).count == len(expected), text
    assert sorted(walk(parse_list_query("f=owner:is:me"), rep)) == [a, b]


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "W10", "WyJudW1iZXIiLCJ4Iiw1LDBd", "é" * 50, "0" * 5000])
def test_a_junk_cursor_means_the_first_page(database, cursor):
    """A hand-made cursor that raises, or reaches the database as it is."""
    lead = make_lead()
    assert [r.id for r in list_leads(LeadListQuery(), actor=ADMIN, cursor=cursor).rows] == [lead]


def test_a_row_is_ready_to_show(database):
    """Ids or database types that reach the screen."""
    rep = make_actor(Role.SALES)
    make_lead(title="Roof", owner_id=rep.user_id, target_amount_minor=1200, need_maturity="suspected")
    columns = ("number", "stage", "owner", "target_amount", "created_at", "budget_is_set", "lead_type")
    page = list_leads(LeadListQuery(columns=columns), actor=ADMIN)
    row = page.rows[0]
    assert (row.title, row.stage_label, row.owner_name) == (
        "Roof",
        "Qualification",
        f"User {rep.user_id}",
    ) or (row.title == "Roof" and row.stage_label == "Qualification" and row.owner_name)
    assert row.button == "qualify"
    assert row.cells["target_amount"] == "1200"
    assert row.cells["lead_type"] == "Customer lead"
    assert page.columns == columns
    assert all(isinstance(text, str) for text in row.cells.values())
