"""What the job process can run, by name.

    @task("score_lead")                 one idempotent function, tried again when it fails
    def score(lead_id: int) -> None: ...

    @job("import_file")                 a durable workflow: after a crash it goes on at the step it was in
    def import_file(import_id: int) -> None:
        for chunk in plan_chunks(import_id):     # a @step
            insert_chunk(import_id, chunk)       # a @step, idempotent: it may run once more

    @schedule("purge_sessions", cron="0 3 * * *")
    def purge() -> None: ...

A job's body outside its steps must do the same whenever it is replayed: no clock, no random, no database.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from dbos import DBOS

from leadhub.db.job_queue import JobQueue

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Schedule:
    """A workflow that starts by the clock; `catch_up` runs what was due while no job process was up."""

    name: str
    cron: str
    workflow: Callable[[datetime, Any], None]
    queue: JobQueue
    catch_up: bool


JOBS: dict[str, Callable[..., Any]] = {}
SCHEDULES: dict[str, Schedule] = {}


def job(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a durable workflow under the name that `db.enqueue` uses."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        _take_name(name)
        JOBS[name] = DBOS.workflow(name=name)(function)
        return JOBS[name]

    return register


def step(
    *, attempts: int = 3, first_pause_seconds: float = 1.0
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a checkpointed step of a job, tried again when it fails. Outside a job it just runs."""

    def wrap(function: Callable[P, R]) -> Callable[P, R]:
        return DBOS.step(
            name=f"{function.__module__}.{function.__qualname__}",
            retries_allowed=attempts > 1,
            max_attempts=attempts,
            interval_seconds=first_pause_seconds,
        )(function)

    return wrap


def task(name: str, *, attempts: int = 3) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a job that is a single idempotent step."""

    def register(function: Callable[P, R]) -> Callable[P, R]:
        only_step = step(attempts=attempts)(function)

        @functools.wraps(function)
        def workflow(*args: P.args, **kwargs: P.kwargs) -> R:
            return only_step(*args, **kwargs)

        job(name)(workflow)
        return function

    return register


def schedule(
    name: str, *, cron: str, queue: JobQueue = JobQueue.QUICK, catch_up: bool = False
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a job that starts by the clock (cron in UTC, a leading sixth field for seconds)."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        only_step = step()(function)

        def workflow(due_at: datetime, context: Any) -> None:
            only_step()

        job(name)(workflow)
        SCHEDULES[name] = Schedule(name, cron, JOBS[name], queue, catch_up)
        return function

    return register


def _take_name(name: str) -> None:
    if name in JOBS:
        raise ValueError(f"two jobs are called {name!r}")
