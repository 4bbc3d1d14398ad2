"""What the job queue costs: enqueueing, running, and other people's writes meanwhile."""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from sqlalchemy import text

JOBS = 400


def main() -> None:
    print(f"{'database':<12}{'':<34}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    for kind in ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as folder:
            if kind == "sqlite":
                _measure(kind, "", folder)
            else:
                from tests.external import new_postgres_database

                with new_postgres_database() as url:
                    _measure(kind, url, folder)


def _measure(kind: str, url: str, folder: str) -> None:
    from leadhub import db
    from leadhub.serving.database import bring_database_up_to_date
    from leadhub.settings import get_settings

    os.environ |= {"LEADHUB_DATABASE_URL": url, "LEADHUB_DATA_DIR": folder}
    get_settings.cache_clear()
    db.get_engine.cache_clear()
    bring_database_up_to_date()
    key = "INTEGER PRIMARY KEY" if kind == "sqlite" else "SERIAL PRIMARY KEY"
    _write(f"CREATE TABLE job_note (id {key}, what TEXT)")
    alone = [_write("INSERT INTO job_note (what) VALUES ('alone')") for _ in range(JOBS)]
    _row(kind, "one-row write, alone", alone)
    enqueueing = [_enqueue(number) for number in range(JOBS)]
    _row(kind, "enqueue in a transaction", [inside for inside, _ in enqueueing])
    _row(kind, "  that whole transaction", [whole for _, whole in enqueueing])
    worker = subprocess.Popen([sys.executable, "-m", "tests.jobs.sample_worker", "bench"])
    begun, meanwhile = None, []
    while (done := _count("job")) < JOBS:
        if done and begun is None:
            begun = time.perf_counter()
        meanwhile.append(_write("INSERT INTO job_note (what) VALUES ('meanwhile')"))
        time.sleep(0.01)
    seconds = time.perf_counter() - (begun or 0)
    worker.terminate()
    worker.wait()
    _row(kind, "one-row write, jobs running", meanwhile)
    print(f"{kind:<12}{JOBS} jobs in {seconds:.1f} s, {JOBS / seconds:.0f} a second")
    db.get_engine().dispose()


def _enqueue(number: int) -> tuple[float, float]:
    from leadhub import db
    from leadhub.domain.actor import system_actor

    begun = time.perf_counter()
    with db.write_session(system_actor(), "bench") as session:
        inside = time.perf_counter()
        db.enqueue(session, "say", "job", key=str(number))
        inside = time.perf_counter() - inside
    return inside, time.perf_counter() - begun


def _write(statement: str) -> float:
    from leadhub import db

    begun = time.perf_counter()
    with db.get_engine().connect().execution_options(leadhub_writes=True) as connection, connection.begin():
        connection.execute(text(statement))
    return time.perf_counter() - begun


def _count(what: str) -> int:
    from leadhub import db

    with db.get_engine().connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM job_note WHERE what = '{what}'")).scalar_one()


def _row(kind: str, what: str, seconds: list[float]) -> None:
    p95 = statistics.quantiles(seconds, n=20)[-1]
    numbers = (statistics.median(seconds), p95, max(seconds))
    print(f"{kind:<12}{what:<34}" + "".join(f"{1000 * n:>9.2f}" for n in numbers), flush=True)


if __name__ == "__main__":
    main()
