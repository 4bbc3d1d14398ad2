"""One living job process per executor name, and a way to see that the holder of a name is dead.

At its start a job process takes up what one of its name left behind; the others take over for names that
nobody holds any more. SQLite: locked files, all processes are on one machine. PostgreSQL: advisory locks.
"""

import fcntl
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class ExecutorLocks:
    """The names of job processes, as locks in the data folder or in PostgreSQL."""

    url: str
    data_dir: Path

    @contextmanager
    def held(self, name: str) -> Iterator[Callable[[], bool]]:
        """Hold the name until the block ends, waiting for its holder; yields whether it is held still."""
        warned = False
        while True:
            with self.tried(name) as still:
                if still is not None:
                    yield still
                    return
            if not warned:
                logger.warning("another job process is called %s; waiting until it ends", name)
                warned = True
            time.sleep(LOOK_EVERY_SECONDS)

    @contextmanager
    def tried(self, name: str) -> Iterator[Callable[[], bool] | None]:
        """Hold the name for the block if it is free; yields None if it is not."""
        if self.url.startswith("sqlite"):
            self.data_dir.mkdir(parents=True, exist_ok=True)
            file_name = re.sub(r"[^A-Za-z0-9._-]", "_", name)
            with open(self.data_dir / f"worker-{file_name}.lock", "w") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    yield None
                else:
                    yield lambda: True
            return
        with psycopg.connect(self.url.replace("+psycopg", "", 1), autocommit=True) as connection:
            key = f"leadhub job process {name}"
            free = connection.execute(
                "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key]
            ).fetchone()
            yield (lambda: _answers(connection)) if free and free[0] else None


def _answers(connection: psycopg.Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except psycopg.Error:
        return False
    return True
