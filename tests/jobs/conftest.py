import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from leadhub import db

LONGEST_WAIT_SECONDS = 60


@pytest.fixture
def notes(database: str) -> Callable[[], list[str]]:
    """What the sample jobs have written down, in order."""
    key = "INTEGER PRIMARY KEY" if database == "sqlite" else "SERIAL PRIMARY KEY"
    with db.get_engine().connect().execution_options(leadhub_writes=True) as connection, connection.begin():
        connection.execute(text(f"CREATE TABLE job_note (id {key}, what TEXT)"))

    def read() -> list[str]:
        with db.get_engine().connect() as connection:
            return list(connection.execute(text("SELECT what FROM job_note ORDER BY id")).scalars())

    return read


@pytest.fixture
def start_worker(notes: object) -> Iterator[Callable[..., subprocess.Popen]]:
    """Start a job process with the sample jobs; whatever still runs is ended afterwards."""
    started: list[subprocess.Popen] = []

    def start(executor: str = "local") -> subprocess.Popen:
        command = [sys.executable, "-m", "tests.jobs.sample_worker", executor]
        started.append(subprocess.Popen(command, env=os.environ.copy()))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)
