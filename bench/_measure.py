"""Time a call many times, and count what it asks of the database and sends to the browser."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import event, text

from bench.fill import use_workspace
from leadhub import db
from leadhub.domain.actor import Actor, Role

ROUNDS = int(os.environ.get("LEADHUB_BENCH_ROUNDS", "30"))
SIZES = [int(n) for n in os.environ.get("LEADHUB_BENCH_LEADS", "100000,1000000").split(",")]
DATABASES = os.environ.get("LEADHUB_BENCH_DATABASES", "sqlite,postgresql").split(",")


@dataclass(frozen=True)
class Measured:
    p50_ms: float
    p95_ms: float
    statements: int
    sent_bytes: int


def measure(call: Callable[[], Any], *, rounds: int = ROUNDS) -> Measured:
    """The first call warms the caches and is not counted."""
    statements = 0

    def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        nonlocal statements
        statements += not statement.startswith("BEGIN")

    sent = len(orjson.dumps(call(), default=str))
    engine = db.get_engine()
    event.listen(engine, "before_cursor_execute", count)
    call()
    event.remove(engine, "before_cursor_execute", count)
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return Measured(statistics.median(times), times[int(len(times) * 0.95)], statements, sent)


def header(reach: str = "") -> None:
    print(f"{'what':46} {'p50 ms':>8} {'p95 ms':>8} {'SQL':>4} {'bytes':>7}  {reach}", flush=True)


def line(what: str, found: Measured, note: object = "") -> None:
    times = f"{found.p50_ms:8.1f} {found.p95_ms:8.1f}"
    print(f"{what:46} {times} {found.statements:4} {found.sent_bytes:7}  {note}", flush=True)


def workspaces() -> Iterator[tuple[str, dict[str, Actor]]]:
    """Each database at each size with its actors; the engine is the one of that workspace."""
    for kind in DATABASES:
        for size in SIZES:
            use_workspace(kind, size)
            print(f"\n{kind}, {size:,} leads", flush=True)
            header()
            yield f"{kind} {size}", actors()
            db.get_engine().dispose()


def actors() -> dict[str, Actor]:
    """An administrator, and the rep who sees 2 % of the leads."""
    with db.read_session() as session:
        statement = text(
            "SELECT u.id, m.unit_id FROM app_user u JOIN unit_member m ON m.user_id = u.id "
            "WHERE u.email = :email"
        )
        user_id, unit_id = session.execute(statement, {"email": "user49@bench.example"}).one()
        admin = session.scalar(text("SELECT id FROM app_user WHERE email = 'user0@bench.example'"))
    return {
        "admin": Actor(user_id=admin, role=Role.ADMIN),
        "rep 2 %": Actor(user_id=user_id, role=Role.SALES, unit_ids=frozenset({unit_id})),
    }
