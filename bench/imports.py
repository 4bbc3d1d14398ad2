"""How long an import takes, how long it holds the write lock, and what memory: 10,000 and 100,000 leads."""

import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench._workspace import CITIES, company, person

HEADERS = (
    "Lead Id", "Name", "Company", "Email", "Mobile", "Status", "Lead Source", "City", "Country", "Created",
    "Website", "Notes",
)  # fmt: skip


def write_leads(path: Path, count: int, *, first: int = 0) -> None:
    """A CRM's export with a few rows that are twice in it and a few that are wrong."""
    rng = random.Random(3)
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        for n in range(first, first + count):
            who = n - 1 if n % 50 == 49 else n
            given, family = person(who)
            email = f"{given}.{family}{who}@example{who % 977}.com".lower().encode("ascii", "ignore").decode()
            writer.writerow(
                (
                    f"L-{n}", f"{given} {family}", company(rng.randrange(30_000)),
                    "not an address" if n % 100 == 37 else email, f"+49 30 {1_000_000 + who}",
                    rng.choice(("New", "Contacted", "Qualified", "Closed Won", "Closed Lost")),
                    rng.choice(("Trade show", "Referral", "Website")), rng.choice(CITIES),
                    rng.choice(("Germany", "France", "Poland")),
                    f"{begin + timedelta(minutes=n):%Y-%m-%d %H:%M}", "", "Met at the fair",
                )
            )  # fmt: skip


def measure(count: int, policy: str = "skip") -> None:
    """In a process of its own: memory is this import's alone."""
    from leadhub import db
    from leadhub.db import write_session
    from leadhub.domain.actor import Actor, Role, system_actor
    from leadhub.models import User
    from leadhub.queries.imports import get_import
    from leadhub.services.imports import chunk
    from leadhub.services.imports.files import new_upload_path
    from leadhub.services.imports.run import continue_import, start_import
    from leadhub.services.imports.upload import change_draft, register_upload
    from leadhub.serving.database import bring_database_up_to_date

    bring_database_up_to_date()
    with write_session(system_actor(), "bench") as session:
        user = User(email="bench@example.com", name="Bench", role=Role.ADMIN.value)
        session.add(user)
        session.flush()
        actor = Actor(user_id=user.id, role=Role.ADMIN, name="Bench")
    held: list[float] = []
    inner = chunk.write_session

    class Timed:
        def __init__(self, *args: object, **more: object) -> None:
            self._inner = inner(*args, **more)

        def __enter__(self) -> object:
            session = self._inner.__enter__()
            self._start = time.perf_counter()
            return session

        def __exit__(self, *fault: object) -> object:
            done = self._inner.__exit__(*fault)
            held.append(1000 * (time.perf_counter() - self._start))
            return done

    chunk.write_session = Timed  # type: ignore[assignment]
    place = new_upload_path()
    write_leads(place, count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    import_id = register_upload(place, file_name="leads.csv", actor=actor).import_id
    change_draft(import_id, {"policy": policy}, actor=actor)
    start_import(import_id, actor=actor)
    if os.environ.get("BENCH_PROFILE"):
        import cProfile
        import pstats

        profile = cProfile.Profile()
        profile.runcall(continue_import, import_id, actor=actor)
        pstats.Stats(profile).sort_stats(os.environ["BENCH_PROFILE"]).print_stats(60)
        return
    start, cpu = time.perf_counter(), time.process_time()
    continue_import(import_id, actor=actor)
    took, cpu = time.perf_counter() - start, time.process_time() - cpu
    run = get_import(import_id, actor=actor)
    held.sort()
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    kind = db.get_engine().dialect.name
    print(
        f"| {kind} | {count} | {run.rows_created} | {run.rows_skipped} | {run.rows_failed} "
        f"| {took:.1f} | {cpu:.1f} "
        f"| {held[len(held) // 2]:.0f} | {held[int(len(held) * 0.95)]:.0f} | {held[-1]:.0f} | {more:.0f} |",
        flush=True,
    )


def main() -> None:
    from tests.external import new_postgres_database

    counts = [int(n) for n in os.environ.get("BENCH_ROWS", "10000,100000").split(",")]
    print("| database | rows | created | skipped | failed | s | CPU s | lock p50 ms | p95 | max | MiB more |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    kinds = os.environ.get("BENCH_DATABASES", "sqlite,postgresql").split(",")
    for kind in kinds:
        for count in counts:
            with tempfile.TemporaryDirectory() as folder:
                if kind == "sqlite":
                    _run(folder, "", count)
                else:
                    with new_postgres_database() as url:
                        _run(folder, url, count)


def _run(folder: str, url: str, count: int) -> None:
    environment = {**os.environ, "LEADHUB_DATA_DIR": folder, "LEADHUB_DATABASE_URL": url}
    subprocess.run([sys.executable, "-m", "bench.imports", str(count)], env=environment, check=True)


if __name__ == "__main__":
    measure(int(sys.argv[1]), *sys.argv[2:3])
