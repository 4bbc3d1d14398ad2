import pytest
from sqlalchemy import select

from leadhub.db import read_session, write_session
from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.models import OutboxMail
from leadhub.queries.notifications import count_unread, list_notifications
from leadhub.services.notifications.read import mark_read
from leadhub.services.shared.notify import notify
from leadhub.settings import get_settings
from leadhub.texts import keys
from tests.factories import make_actor, make_user

PARAMS = {"by": "Max", "lead": "Fleet leasing"}


def _notify(user_id: int | None, kind: str = "lead_reminder") -> None:
    with write_session(system_actor(), "remind owner") as session:
        notify(session, user_id, kind, params=PARAMS, lead_id=1, url="/leads/1")


def test_a_notification_rings_one_bell(database: str) -> None:
    """Reminders would reach nobody, or everybody."""
    reader, other = make_actor(), make_actor()
    _notify(reader.user_id)
    assert (count_unread(actor=reader), count_unread(actor=other)) == (1, 0)
    row = list_notifications(actor=reader)[0]
    assert (row.kind, row.params, row.url, row.unread) == ("lead_reminder", PARAMS, "/leads/1", True)
    assert f"notifications.{row.kind}" in keys()


def test_reading_marks_ones_own_only(database: str) -> None:
    """Somebody else could silence the bell."""
    reader, other = make_actor(), make_actor()
    _notify(reader.user_id)
    _notify(reader.user_id)
    first = list_notifications(actor=reader)[-1].id
    mark_read(notification_id=first, actor=other)
    mark_read(actor=other)
    assert count_unread(actor=reader) == 2
    mark_read(notification_id=first, actor=reader)
    assert count_unread(actor=reader) == 1
    mark_read(actor=reader)
    assert count_unread(actor=reader) == 0


def test_nobody_and_the_inactive_are_not_told(database: str) -> None:
    """A lead without an owner would break the move that tells its owner."""
    gone = make_user(active=False)
    for user_id in (None, gone, 999):
        _notify(user_id)
    assert list_notifications(actor=Actor(user_id=gone, role=Role.SALES)) == ()


def test_mail_goes_out_where_there_is_a_server_and_a_wish(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reminders would stay inside, or mail would flood who does not want it."""
    wants, does_not = make_user(email="a@example.com"), make_user(notify_by_mail=False)
    _notify(wants)
    monkeypatch.setenv("LEADHUB_SMTP_URL", "smtp://127.0.0.1:2525")
    monkeypatch.setenv("LEADHUB_PUBLIC_URL", "https://crm.example.com")
    get_settings.cache_clear()
    _notify(wants)
    _notify(does_not)
    with read_session() as session:
        mail = session.scalars(select(OutboxMail)).one()
    assert (mail.to_address, mail.status) == ("a@example.com", "waiting")
    assert mail.subject == "Max reminds you of the lead Fleet leasing"
    assert "https://crm.example.com/leads/1" in mail.body


def test_a_page_of_notifications_ends(database: str) -> None:
    """The panel would grow without end."""
    reader = make_actor()
    with write_session(system_actor(), "remind") as session:
        for _ in range(35):
            notify(session, reader.user_id, "lead_reminder", params=PARAMS)
    page = list_notifications(actor=reader)
    rest = list_notifications(actor=reader, before_id=page[-1].id)
    assert (len(page), len(rest)) == (30, 5)
