"""The lists of contacts, accounts, opportunities, activities and campaigns are one query."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from leadhub import db
from leadhub.domain.actor import Role, system_actor
from leadhub.domain.errors import NotPermitted
from leadhub.domain.fields import Entity
from leadhub.domain.list_query import Operator, empty_query, sort_keys
from leadhub.models import Campaign
from leadhub.queries.records.list import count_records, list_records
from tests.factories import (
    make_account,
    make_activity,
    make_actor,
    make_contact,
    make_lead,
    make_opportunity,
    save,
)

LISTS = (Entity.CONTACT, Entity.ACCOUNT, Entity.OPPORTUNITY, Entity.ACTIVITY, Entity.CAMPAIGN)


def _fill(entity: Entity, count: int) -> None:
    for n in range(count):
        match entity:
            case Entity.CONTACT:
                make_contact(name=f"Person {n % 5}")
            case Entity.ACCOUNT:
                make_account(name=f"Company {n % 5}")
            case Entity.OPPORTUNITY:
                due = date(2026, 1, 1 + n % 3) if n % 4 else None
                make_opportunity(amount_minor=n % 3 * 100 if n % 3 else None, expected_close_on=due)
            case Entity.ACTIVITY:
                due_at = datetime(2026, 1, 1 + n % 3, tzinfo=UTC) if n % 4 else None
                make_activity(title=f"Task {n % 5}", due_at=due_at)
            case Entity.CAMPAIGN:
                save(
                    Campaign(name=f"Campaign {n % 5}", starts_on=date(2026, 1, 1 + n % 3) if n % 4 else None)
                )


@pytest.mark.parametrize("entity", LISTS)
def test_every_sort_walks_each_row_once_and_back_again(database: str, entity: Entity) -> None:
    """Rows lost or doubled at the seams between pages, at ties and where the empty values begin."""
    _fill(entity, 11)
    actor = system_actor()
    for key in sort_keys(entity):
        for descending in (False, True):
            query = empty_query(entity).with_sort(key, descending=descending)
            pages, cursor = [], ""
            while True:
                page = list_records(query, actor=actor, cursor=cursor, limit=4)
                pages.append([row.id for row in page.rows])
                if not page.next_cursor:
                    break
                cursor = page.next_cursor
            walked = [row for page in pages for row in page]
            assert len(walked) == len(set(walked)) == 11, (key, descending)
            back = list_records(query, actor=actor, cursor=cursor, limit=4).previous_cursor
            again = list_records(query, actor=actor, cursor=back, limit=4)
            assert [row.id for row in again.rows] == pages[-2]
    assert count_records(empty_query(entity), actor=actor) == 11


def test_a_page_takes_three_statements(sqlite_only: None) -> None:
    """A statement for each row."""
    account_id = make_account(name="Acme")
    for n in range(30):
        make_contact(name=f"Person {n}", account_id=account_id)
    list_records(empty_query(Entity.CONTACT), actor=system_actor())
    sent: list[str] = []
    event.listen(db.get_engine(), "before_cursor_execute", lambda *given: sent.append(given[2]))
    page = list_records(empty_query(Entity.CONTACT), actor=system_actor())
    assert len([text for text in sent if not text.startswith("BEGIN")]) <= 3
    assert page.rows[0].cells["account"] == "Acme"
    assert page.rows[0].refs["account"] == account_id


def test_search_finds_words_anywhere_and_phones_by_digits(database: str) -> None:
    """A search that only knows beginnings, accents as typed, or phones as typed."""
    make_contact(name="Zoë Müller", email="zoe@acme.example", mobile_phone="+49 (171) 555-0101")
    make_contact(name="Anna Other")

    def found(text: str) -> list[str]:
        query = empty_query(Entity.CONTACT).with_search(text)
        return [row.title for row in list_records(query, actor=system_actor()).rows]

    assert found("uller zoe") == ["Zoë Müller"]
    assert found("acme.exam") == ["Zoë Müller"]
    assert found("0171 5550101") == found("+49 171 555") == ["Zoë Müller"]
    assert found("zo") == ["Zoë Müller"]
    assert found("nobody") == []


def test_activities_are_found_by_their_lead(database: str) -> None:
    """A task "Call" that can only be found by its own title."""
    lead_id = make_lead(account_name="Quux Industries")
    make_activity(title="Call", lead_id=lead_id)
    make_activity(title="Call")
    query = empty_query(Entity.ACTIVITY).with_search("quux")
    assert [row.refs["lead"] for row in list_records(query, actor=system_actor()).rows] == [lead_id]


def test_a_rep_sees_own_activities_and_those_of_visible_leads(database: str) -> None:
    """Somebody else's tasks in one's list."""
    rep, other = make_actor(Role.SALES), make_actor(Role.SALES)
    own = make_activity(owner_id=rep.user_id)
    make_activity(owner_id=other.user_id)
    make_activity(lead_id=make_lead(owner_id=other.user_id), owner_id=other.user_id)
    visible = make_activity(lead_id=make_lead(owner_id=rep.user_id), owner_id=other.user_id)
    page = list_records(empty_query(Entity.ACTIVITY), actor=rep)
    assert {row.id for row in page.rows} == {own, visible}
    assert count_records(empty_query(Entity.ACTIVITY), actor=rep) == 2


def test_partners_see_no_customers(database: str) -> None:
    """The whole address book in the portal."""
    make_contact()
    for entity in LISTS:
        with pytest.raises(NotPermitted):
            list_records(empty_query(entity), actor=make_actor(Role.PARTNER))


def test_overdue_activities_are_planned_ones_whose_time_has_passed(database: str) -> None:
    """Tasks long done that still stand as overdue."""
    before = datetime.now(UTC) - timedelta(hours=1)
    late = make_activity(due_at=before)
    make_activity(due_at=before, status="done")
    make_activity(due_at=before + timedelta(hours=2))
    query = empty_query(Entity.ACTIVITY).with_filter("due_at", Operator.OVERDUE)
    assert [row.id for row in list_records(query, actor=system_actor()).rows] == [late]
