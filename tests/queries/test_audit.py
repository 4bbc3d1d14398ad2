from datetime import date, timedelta

import pytest

from leadhub.db import now, write_session
from leadhub.domain.actor import Role, system_actor
from leadhub.domain.errors import NotPermitted
from leadhub.models import Lead
from leadhub.queries.audit.log import PAGE_ACTIONS, AuditQuery, list_action_names, list_changes
from tests.factories import make_actor, make_lead, make_user


def _rename(lead: int, name: str, actor=None) -> None:
    with write_session(actor or system_actor(), "rename lead") as session:
        session.get_one(Lead, lead).account_name = name


def test_the_audit_log_says_who_when_field_old_and_new(database: str) -> None:
    """Nobody could tell who changed what."""
    admin, rep = make_actor(Role.ADMIN), make_user(name="Rita")
    lead = make_lead(account_name="Old", owner_id=rep)
    _rename(lead, "New", admin)
    entry = list_changes(AuditQuery(), actor=admin).entries[0]
    assert (entry.action, entry.who, entry.table, entry.url) == (
        "Rename lead",
        admin.name,
        "lead",
        f"/leads/{lead}",
    )
    assert [(c.label_key, c.old, c.new) for c in entry.changes] == [
        ("fields.lead.account_name", "Old", "New")
    ]
    made = list_changes(AuditQuery(table="lead", record_id=lead), actor=admin).entries[-1]
    assert {c.name: c.new for c in made.changes}["owner"] == "Rita"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_administrators_read_the_audit_log(database: str, role: Role) -> None:
    """The log would show leads that its reader may not see."""
    actor = make_actor(role)
    for ask in (lambda: list_changes(AuditQuery(), actor=actor), lambda: list_action_names(actor=actor)):
        with pytest.raises(NotPermitted):
            ask()


def test_paging_meets_every_action_once(database: str) -> None:
    """Changes would be missing, or stand twice, in a log that people rely on."""
    admin = make_actor(Role.ADMIN)
    lead = make_lead()
    for number in range(PAGE_ACTIONS + 5):
        _rename(lead, f"Name {number}")
    seen: list[int] = []
    cursor = None
    while True:
        page = list_changes(AuditQuery(action="rename lead"), actor=admin, before=cursor)
        seen += [entry.row_id for entry in page.entries]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == PAGE_ACTIONS + 5
    assert seen == sorted(seen, reverse=True)


def test_filters_narrow_the_log(database: str) -> None:
    """Finding one change among a million would be left to the eye."""
    admin, other = make_actor(Role.ADMIN), make_actor(Role.ADMIN)
    lead = make_lead()
    _rename(lead, "A", other)
    today = now().date()
    by_user = list_changes(AuditQuery(user_id=other.user_id), actor=admin).entries
    assert {entry.who for entry in by_user} == {other.name}
    assert list_changes(AuditQuery(from_day=today + timedelta(days=2)), actor=admin).entries == ()
    assert list_changes(AuditQuery(to_day=today - timedelta(days=2)), actor=admin).entries == ()
    assert list_changes(AuditQuery(to_day=date.max), actor=admin).entries
    action_id = by_user[0].action_id
    assert len(list_changes(AuditQuery(action_id=action_id), actor=admin).entries) == 1
    assert "rename lead" in list_action_names(actor=admin)


def test_a_big_action_shows_its_first_records_and_says_so(database: str) -> None:
    """An import would fill the screen by itself."""
    admin = make_actor(Role.ADMIN)
    ids = [make_lead() for _ in range(12)]
    with write_session(admin, "rename many") as session:
        for lead in ids:
            session.get_one(Lead, lead).account_name = "All"
    shown = [e for e in list_changes(AuditQuery(), actor=admin).entries if e.action == "Rename many"]
    assert len(shown) == 10
    assert shown[0].more
    assert shown[0].first
    assert not shown[1].first
    whole = list_changes(AuditQuery(action_id=shown[0].action_id), actor=admin).entries
    assert len(whole) == 12
