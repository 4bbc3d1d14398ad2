"""A job process with jobs of its own, which write down what they did."""

import sys
import time

from sqlalchemy import text

from leadhub import db
from leadhub.jobs.registry import job, schedule, step, task
from leadhub.jobs.worker import run_worker
from leadhub.settings import get_settings

PAUSE_SECONDS = 0.15


def note(what: str) -> None:
    options = {"leadhub_writes": True}
    with db.get_engine().connect().execution_options(**options) as connection, connection.begin():
        connection.execute(text("INSERT INTO job_note (what) VALUES (:what)"), {"what": what})


@step()
def note_number(number: int) -> None:
    note(f"step {number}")
    time.sleep(PAUSE_SECONDS)


@job("count")
def count(steps: int) -> None:
    for number in range(steps):
        note_number(number)
    note_number(-1)


@task("say", attempts=3)
def say(what: str) -> None:
    note(what)


@task("fail_once", attempts=3)
def fail_once() -> None:
    note("tried")
    with db.get_engine().connect() as connection:
        if connection.execute(text("SELECT count(*) FROM job_note WHERE what = 'tried'")).scalar() == 1:
            raise RuntimeError("the first try fails")


@schedule("every_second", cron="* * * * * *")
def tick() -> None:
    note("tick")


if __name__ == "__main__":
    run_worker(get_settings(), executor_id=sys.argv[1])
