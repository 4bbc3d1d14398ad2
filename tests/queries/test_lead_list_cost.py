"""What a view asks of the database. Never how long it takes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from leadhub import db
from leadhub.domain.actor import system_actor
from leadhub.domain.list_query import SHIPPED_VIEWS, LeadListQuery, LeadSort, parse_list_query
from leadhub.queries.leads.board import get_board
from leadhub.queries.leads.list import list_leads
from leadhub.queries.leads.sorting import SORTS
from leadhub.queries.search import search_records
from tests.factories import make_actor, make_lead, make_unit

ADMIN = system_actor()
MOST_STATEMENTS = 5


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    found: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            found.append((statement, parameters))

    engine = db.get_engine()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def plan_of(statement: str, parameters: Any, *, trigrams: bool = False) -> str:
    """How the database means to answer, tables small as they are."""
    with db.get_engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(row[3] for row in rows)
        others = ("enable_indexscan", "enable_indexonlyscan") if trigrams else ("enable_bitmapscan",)
        for setting in ("enable_seqscan", "enable_sort", *others):
            connection.exec_driver_sql(f"SET LOCAL {setting} = off")
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))


@pytest.mark.parametrize("who", ["admin", "rep"])
@pytest.mark.parametrize("sort", [s for s in LeadSort if s not in (LeadSort.NUMBER, LeadSort.OWNER)])
def test_a_page_is_read_from_the_index_of_its_sort_alone(database, sort, who):
    """A sort without an index, or access that is checked in the table row by row."""
    unit = make_unit()
    rep = make_actor(unit_ids=(unit,))
    for n in range(8):
        make_lead(owner_id=rep.user_id if n % 2 else None, unit_id=unit)
    actor = ADMIN if who == "admin" else rep
    for descending in (False, True):
        with statements() as asked:
            list_leads(LeadListQuery(sort=sort.value, descending=descending), actor=actor)
        pages = [one for one in asked if "LIMIT" in one[0] and "sorted_by" in one[0]]
        assert pages
        for page in pages:
            plan = plan_of(*page)
            index = SORTS[sort].index
            assert (
                f"COVERING INDEX {index}" in plan
                or f"Index Only Scan using {index}" in plan
                or (f"Index Only Scan Backward using {index}" in plan)
            ), plan


def test_open_leads_are_walked_in_their_own_index(database):
    """Overdue leads found by reading every closed one."""
    for _ in range(5):
        make_lead()
    view = next(view for view in SHIPPED_VIEWS if view.key == "overdue")
    with statements() as asked:
        list_leads(view.query, actor=ADMIN)
    plan = plan_of(*next(one for one in asked if "sorted_by" in one[0]))
    assert "ix_lead_open_expected_completion_at_id" in plan


def test_a_rare_search_reads_its_hits_alone(database):
    """Every lead read for a word that three hold."""
    for n in range(6):
        make_lead(contact_name=f"Person {'abcdef'[n] * 4}")
    with statements() as asked:
        page = list_leads(LeadListQuery().with_search("person cccc"), actor=ADMIN)
    assert page.total == 1
    plan = plan_of(*next(one for one in asked if "sorted_by" in one[0]), trigrams=True)
    assert "lead_search" in plan
    if database == "sqlite":
        assert "SCAN lead" not in plan.replace("SCAN lead_search", "")


_CALLS: dict[str, Callable[[Any, int], Any]] = {
    "list": lambda actor, n: list_leads(LeadListQuery(), actor=actor, limit=n),
    "list by owner": lambda actor, n: list_leads(LeadListQuery(sort="owner"), actor=actor, limit=n),
    "filtered": lambda actor, n: list_leads(
        parse_list_query("f=city:is:Oslo&sort=target_amount&cols=contact,account,campaign,source,owner"),
        actor=actor,
        limit=n,
    ),
    "search": lambda actor, n: list_leads(LeadListQuery().with_search("person"), actor=actor, limit=n),
    "board": lambda actor, n: get_board(
        LeadListQuery(sort="target_amount"), actor=actor, lead_type="customer", cards=n
    ),
    "global search": lambda actor, n: search_records("person", actor=actor, limit=n),
}


@pytest.mark.parametrize("name", list(_CALLS))
def test_a_view_takes_at_most_five_statements_whatever_the_page_size(database, name):
    """One more statement for each row, or for each owner."""
    rep = make_actor()
    for n in range(30):
        make_lead(
            contact_name=f"Person {n}",
            owner_id=make_actor().user_id if n < 6 else rep.user_id,
            city="Oslo",
            target_amount_minor=n if n % 2 else None,
        )
    call = _CALLS[name]
    for actor in (ADMIN, rep):
        call(actor, 10)
        for size in (1, 10, 50):
            with statements() as asked:
                call(actor, size)
            assert len(asked) <= MOST_STATEMENTS, [one[0][:80] for one in asked]


def test_a_page_sends_a_page(database):
    """All rows read where fifty are shown."""
    for _ in range(12):
        make_lead()
    page = list_leads(LeadListQuery(), actor=ADMIN, limit=5)
    assert len(page.rows) == 5
    assert page.total == 12
    assert len(list_leads(LeadListQuery(), actor=ADMIN, limit=10**9).rows) == 12


@pytest.mark.parametrize(
    ("address", "index"),
    [
        ("f=created_at:today&sort=title", "ix_lead_created_at_id"),
        ("f=email:is:anna@example.com&sort=title", "lead_search"),
        ("f=account_name:contains:acme%20works", "lead_search"),
    ],
)
def test_a_narrow_filter_is_looked_up_in_its_own_index(database, address, index):
    """Every lead read in the order of the list for the three of one day, or of one address."""
    for n in range(6):
        make_lead(
            email="anna@example.com" if n == 2 else "", account_name="ACME Works" if n == 2 else "Other"
        )
    with statements() as asked:
        page = list_leads(parse_list_query(address), actor=ADMIN)
    assert page.total == (6 if "today" in address else 1)
    found = next(one for one in asked if "sorted_by" in one[0])
    assert index in plan_of(*found, trigrams=index == "lead_search")
