"""One living job process per name: at its start it takes up what a process of that name left behind."""

import fcntl
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

logger = logging.getLogger(__name__)


@contextmanager
def held_executor(data_dir: Path, executor_id: str) -> Iterator[None]:
    """Hold the name until the block ends, waiting for its present holder to end first."""
    data_dir.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^A-Za-z0-9._-]", "_", executor_id)
    with open(data_dir / f"worker-{name}.lock", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            logger.warning("another job process is called %s; waiting until it ends", executor_id)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
