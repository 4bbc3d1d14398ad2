import sqlite3
import time

LONGEST_WAIT_SECONDS = 20.0
LOOK_EVERY_SECONDS = 0.001


def begin_immediate(connection: sqlite3.Connection) -> None:
    """Begin a write transaction, waiting for the write lock of other processes.

    SQLite's own wait sleeps up to 100 ms between looks, so the job process's many short writes would win each
    time: beside a busy queue a save waited 100 ms at worst.
    """
    (usual_wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute("PRAGMA busy_timeout=0")
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(LOOK_EVERY_SECONDS)
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout={usual_wait}")
