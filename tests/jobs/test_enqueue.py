from datetime import timedelta

import pytest
from sqlalchemy import text

from leadhub import db
from leadhub.db.job_queue import SCHEMA
from leadhub.domain.actor import system_actor


def rows(database, columns="name"):
    table = "workflow_status" if database == "sqlite" else f"{SCHEMA}.workflow_status"
    with db.get_engine().connect() as connection:
        return connection.execute(text(f"SELECT {columns} FROM {table} ORDER BY created_at")).all()


def begin_all(database):
    table = "workflow_status" if database == "sqlite" else f"{SCHEMA}.workflow_status"
    with db.get_engine().connect().execution_options(leadhub_writes=True) as connection, connection.begin():
        connection.execute(text(f"UPDATE {table} SET status = 'PENDING'"))


def test_a_job_commits_with_the_change_that_asked_for_it(database):
    """Guards against a committed change whose score, mail or match never comes."""
    with db.write_session(system_actor(), "test") as session:
        assert db.enqueue(session, "score_lead", 42)
    assert [name for (name,) in rows(database)] == ["score_lead"]


def test_a_change_that_fails_leaves_no_job(database):
    """Guards against a mail about something that never happened."""

    def fail():
        with db.write_session(system_actor(), "test") as session:
            db.enqueue(session, "send_mail", 42)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert rows(database) == []


def test_waiting_jobs_of_one_key_are_one_job(database):
    """Guards against a hundred scorings for a hundred edits of one lead."""
    for _ in range(3):
        with db.write_session(system_actor(), "test") as session:
            db.enqueue(session, "score_lead", 42, key="42")
            db.enqueue(session, "score_lead", 42, key="42", delay=timedelta(seconds=5))
            db.enqueue(session, "score_lead", 43, key="43")
    assert len(rows(database)) == 2


def test_a_job_that_has_begun_does_not_stand_for_a_later_change(database):
    """Guards against a score computed from what a lead was before its last edit."""
    for _ in range(2):
        with db.write_session(system_actor(), "test") as session:
            db.enqueue(session, "score_lead", 42, key="42")
        begin_all(database)
    assert len(rows(database)) == 2


def test_two_transactions_that_ask_at_once_get_one_job(database):
    """Guards against a unique violation in the face of the second of two people."""
    if database == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    import threading

    inside = threading.Barrier(2)

    def ask():
        with db.write_session(system_actor(), "test") as session:
            inside.wait(10)
            db.enqueue(session, "score_lead", 42, key="42")

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(rows(database)) == 1
