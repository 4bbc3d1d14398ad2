import signal
import time
from datetime import timedelta

import pytest

from leadhub import db
from leadhub.domain.actor import system_actor
from tests.jobs.conftest import wait_until


def enqueue(name, *args, **options):
    with db.write_session(system_actor(), "test") as session:
        db.enqueue(session, name, *args, **options)


def test_a_job_runs_is_tried_again_and_the_clock_starts_others(notes, start_worker):
    """Guards against a queue that nobody reads."""
    worker = start_worker()
    enqueue("say", "hello")
    enqueue("fail_once")
    wait_until(lambda: {"hello", "tick"} <= set(notes()) and notes().count("tried") == 2)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0


@pytest.mark.slow
def test_a_killed_job_goes_on_at_the_step_it_was_in(notes, start_worker):
    """Guards against work lost or done over from the start after kill -9."""
    worker = start_worker()
    enqueue("count", 20)
    wait_until(lambda: "step 5" in notes())
    worker.kill()
    worker.wait()
    done = [n for n in notes() if n.startswith("step")]
    start_worker()
    wait_until(lambda: "step -1" in notes())
    after = [n for n in notes() if n.startswith("step")]
    assert after[: len(done)] == done
    assert after[len(done)] in (done[-1], f"step {len(done)}")
    assert set(after) == {f"step {n}" for n in range(-1, 20)}
    assert len(after) <= 22


@pytest.mark.slow
def test_a_second_process_of_the_same_name_waits_for_the_first(notes, start_worker):
    """Guards against two processes that both take up the same pending job."""
    first = start_worker()
    enqueue("count", 20)
    wait_until(lambda: "step 2" in notes())
    start_worker()
    wait_until(lambda: "step 8" in notes())
    first.kill()
    wait_until(lambda: "step -1" in notes())
    steps = [n for n in notes() if n.startswith("step")]
    assert set(steps) == {f"step {n}" for n in range(-1, 20)}
    assert len(steps) <= 22


@pytest.mark.slow
def test_a_waiting_job_does_not_begin_before_a_change_that_counts_on_it(notes, start_worker):
    """Guards against a score that missed the edit of somebody who was saving just then."""
    start_worker()
    wait_until(lambda: "tick" in notes())
    enqueue("say", "late", key="42", delay=timedelta(seconds=1))
    with db.write_session(system_actor(), "test") as session:
        assert db.enqueue(session, "say", "late", key="42") is None
        time.sleep(3)
        assert "late" not in notes()
    wait_until(lambda: "late" in notes())
    assert notes().count("late") == 1


@pytest.mark.slow
def test_the_jobs_of_a_dead_process_are_taken_over(notes, start_worker):
    """Guards against work that waits for a machine that never comes back."""
    first = start_worker("one")
    enqueue("count", 15)
    wait_until(lambda: "step 3" in notes())
    first.kill()
    first.wait()
    start_worker("two")
    wait_until(lambda: "step -1" in notes())
    steps = [n for n in notes() if n.startswith("step")]
    assert set(steps) == {f"step {n}" for n in range(-1, 15)}
    assert len(steps) <= 17
