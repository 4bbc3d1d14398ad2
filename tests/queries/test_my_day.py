"""My day: what to do, in the order in which to do it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from leadhub import db
from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import NotPermitted
from leadhub.queries.my_day import get_my_day
from leadhub.queries.rows.my_day import DaySection
from tests.factories import make_activity, make_actor, make_lead, make_unit

NOW = datetime.now(UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def _sections(actor: Actor) -> dict[str, DaySection]:
    return {section.key: section for section in get_my_day(actor=actor).sections}


def test_sections_stand_in_working_order(database: str) -> None:
    """Quiet leads above promises that are overdue."""
    unit = make_unit()
    rep = make_actor(unit_ids=(unit,))
    mine = {"owner_id": rep.user_id}
    make_activity(**mine, due_at=NOW - DAY)
    make_lead(unit_id=unit)
    make_lead(**mine, assigned_at=NOW - HOUR)
    make_lead(**mine, next_follow_up_on=(NOW - 2 * DAY).date(), last_activity_at=NOW)
    make_lead(**mine, score=90, score_band="high", last_activity_at=NOW)
    make_lead(**mine, created_at=NOW - 40 * DAY)
    assert list(_sections(rep)) == ["overdue", "to_accept", "new", "follow_up", "hot", "untouched"]


def test_only_ones_own_open_work_counts(database: str) -> None:
    """Done tasks, closed leads and other people's work."""
    rep, other = make_actor(), make_actor()
    make_activity(owner_id=rep.user_id, due_at=NOW - DAY, status="done")
    make_activity(owner_id=other.user_id, due_at=NOW - DAY)
    make_lead(owner_id=rep.user_id, next_follow_up_on=NOW.date(), state="lost", stage_key="not_interested")
    make_lead(owner_id=other.user_id, next_follow_up_on=NOW.date())
    make_lead(owner_id=rep.user_id, next_follow_up_on=(NOW + 3 * DAY).date())
    assert _sections(rep) == {}


def test_a_lead_stands_in_one_section_only_and_counts_are_of_all(database: str) -> None:
    """The same lead called twice; a count of the rows shown."""
    rep = make_actor()
    for _ in range(12):
        make_lead(owner_id=rep.user_id, next_follow_up_on=NOW.date(), score=95, created_at=NOW - 40 * DAY)
    shown = _sections(rep)
    ids = [row.lead_id for section in shown.values() for row in section.rows]
    assert len(ids) == len(set(ids))
    assert shown["follow_up"].count == 12
    assert len(shown["follow_up"].rows) == 8


def test_today_ends_where_the_reader_lives(database: str) -> None:
    """A task of tomorrow morning that counts as today's, or one of tonight that does not."""
    rep = make_actor(time_zone="Pacific/Kiritimati")
    from zoneinfo import ZoneInfo

    local = NOW.astimezone(ZoneInfo(rep.time_zone))
    midnight = (local + DAY).replace(hour=0, minute=0, second=0, microsecond=0)
    tonight = make_activity(owner_id=rep.user_id, due_at=(midnight - timedelta(seconds=1)).astimezone(UTC))
    make_activity(owner_id=rep.user_id, due_at=midnight.astimezone(UTC))
    assert [row.activity_id for row in _sections(rep)["due"].rows] == [tonight]


def test_my_day_takes_three_statements(sqlite_only: None) -> None:
    """A statement for each section."""
    rep = make_actor()
    make_lead(owner_id=rep.user_id, next_follow_up_on=NOW.date())
    get_my_day(actor=rep)
    sent: list[str] = []
    event.listen(db.get_engine(), "before_cursor_execute", lambda *given: sent.append(given[2]))
    get_my_day(actor=rep)
    assert len([text for text in sent if not text.startswith("BEGIN")]) <= 3


def test_partners_have_no_day(database: str) -> None:
    """A partner who reads the house's work."""
    with pytest.raises(NotPermitted):
        get_my_day(actor=make_actor(Role.PARTNER))
