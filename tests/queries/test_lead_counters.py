"""The counters against a plain aggregate."""

import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from leadhub.access import lead_scope
from leadhub.change_log import bulk_delete, bulk_insert, bulk_update
from leadhub.db import now, read_session, write_session
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.list_query import LeadListQuery
from leadhub.models import Lead, LeadCounter
from leadhub.queries.leads.count import count_leads
from leadhub.statements.lead_counter import DIMENSIONS
from tests.factories import make_lead, make_unit, make_user

ADMIN = system_actor()


def counted() -> dict[tuple[Any, ...], tuple[int, int]]:
    columns = [getattr(LeadCounter, name) for name in DIMENSIONS]
    with read_session() as session:
        rows = session.execute(
            select(*columns, func.sum(LeadCounter.lead_count), func.sum(LeadCounter.amount_minor)).group_by(
                *columns
            )
        )
        return {tuple(row[:-2]): (int(row[-2]), int(row[-1])) for row in rows if row[-2] or row[-1]}


def aggregated() -> dict[tuple[Any, ...], tuple[int, int]]:
    columns = [getattr(Lead, name) for name in DIMENSIONS]
    with read_session() as session:
        rows = session.execute(
            select(*columns, func.count(), func.coalesce(func.sum(Lead.target_amount_minor), 0)).group_by(
                *columns
            )
        )
        return {tuple(row[:-2]): (int(row[-2]), int(row[-1])) for row in rows}


def fold() -> None:
    """What a PostgreSQL trigger does now and then."""
    with write_session(ADMIN, "fold") as session:
        if session.get_bind().dialect.name == "postgresql":
            source = session.scalar(text("SELECT prosrc FROM pg_proc WHERE proname = 'lead_counter_added'"))
            statement = source[source.index("WITH gone") : source.index("END IF")]
            session.execute(text(statement))


CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "stage_key": st.sampled_from(["qualification", "handoff"]),
        "state": st.sampled_from(["pending", "in_progress", "won"]),
        "owner_id": st.sampled_from([None, 1, 2]),
        "unit_id": st.sampled_from([None, 1]),
        "score_band": st.sampled_from(["none", "high"]),
        "target_amount_minor": st.sampled_from([None, 0, 5, 700]),
        "city": st.sampled_from(["", "Oslo"]),
    },
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), CHANGES),
        st.tuples(st.just("add_many"), st.lists(CHANGES, min_size=1, max_size=4)),
        st.tuples(st.just("edit"), st.integers(0, 9), CHANGES),
        st.tuples(st.just("edit_many"), CHANGES),
        st.tuples(st.just("delete"), st.integers(0, 9)),
        st.tuples(st.just("delete_many"), st.integers(0, 9)),
        st.tuples(st.just("fold")),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_counters_equal_a_plain_count_after_any_writes(database, steps):
    """A count that drifts with one kind of write."""
    units = _ids("unit", make_unit)
    users = _ids("app_user", make_user)

    def values(change: dict[str, Any]) -> dict[str, Any]:
        owner, unit = change.get("owner_id"), change.get("unit_id")
        return {
            **change,
            **({"owner_id": users[owner - 1]} if owner else {}),
            **({"unit_id": units[unit - 1]} if unit else {}),
        }

    template = make_lead()
    for step in steps:
        with write_session(ADMIN, "test") as session:
            ids = list(session.scalars(select(Lead.id).order_by(Lead.id)))
            base = session.get_one(Lead, template) if template in ids else None
            shared = {
                "lead_type_id": 1,
                "process_version_id": 1,
                "stage_key": "qualification",
                "state": "pending",
                "stage_entered_at": now(),
            }
            if base is not None:
                shared |= {"lead_type_id": base.lead_type_id, "process_version_id": base.process_version_id}
            match step:
                case ("add", change):
                    session.add(Lead(**{**shared, **values(change)}))
                case ("add_many", changes):
                    bulk_insert(session, Lead, [{**shared, **values(c)} for c in changes])
                case ("edit", place, change) if ids:
                    lead = session.get_one(Lead, ids[place % len(ids)])
                    for name, value in values(change).items():
                        setattr(lead, name, value)
                case ("edit_many", change) if ids and change:
                    bulk_update(session, Lead, {i: values(change) for i in ids})
                case ("delete", place) if ids:
                    session.delete(session.get_one(Lead, ids[place % len(ids)]))
                case ("delete_many", place):
                    bulk_delete(session, Lead, ids[:place])
        if step[0] == "fold":
            fold()
        assert counted() == aggregated()
    owner = Actor(user_id=users[0], role=Role.SALES, unit_ids=frozenset(units[:1]))
    for actor in (ADMIN, owner):
        with read_session() as session:
            expected = session.scalar(select(func.count()).select_from(Lead).where(lead_scope(actor)))
        assert count_leads(LeadListQuery(), actor=actor).count == expected


def _ids(table: str, make: Any) -> list[int]:
    with read_session() as session:
        found = list(session.scalars(text(f"SELECT id FROM {table} ORDER BY id LIMIT 2")))
    while len(found) < 2:
        found.append(make())
    return found


def test_transactions_that_change_the_same_counters_do_not_lock_each_other_out(database):
    """A deadlock between two people whose leads are counted together, or a lost count."""
    if database == "sqlite":
        pytest.skip("one writer at a time")
    a, b = make_user(), make_user()
    leads = [make_lead(owner_id=a) for _ in range(8)]
    faults: list[BaseException] = []

    def move(mine: list[int], owners: tuple[int, int]) -> None:
        try:
            for turn in range(12):
                with write_session(ADMIN, "test") as session:
                    for lead_id in mine if turn % 2 else reversed(mine):
                        session.get_one(Lead, lead_id).owner_id = owners[turn % 2]
                        session.flush()
                if turn % 3 == 0:
                    fold()
        except BaseException as fault:  # noqa: BLE001 - whatever a thread dies of is shown
            faults.append(fault)

    threads = [threading.Thread(target=move, args=(leads[n::2], (b, a) if n else (a, b))) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert counted() == aggregated()
