"""How fast a lead's page opens and its actions run: `python -m bench lead_page --leads 100000`."""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import event, func, select

from bench.fill import use_workspace


def measure(name: str, call: Callable[[int], Any], ids: list[int]) -> None:
    """Print p50 and p95 in milliseconds and the statements of one call."""
    from leadhub.db import get_engine

    seen: list[str] = []

    def note(connection: Any, cursor: Any, sql: str, *rest: Any) -> None:
        seen.append(sql)

    call(ids[0])
    event.listen(get_engine(), "before_cursor_execute", note)
    call(ids[1])
    statements = len([sql for sql in seen if not sql.startswith(("BEGIN", "ROLLBACK", "COMMIT"))])
    event.remove(get_engine(), "before_cursor_execute", note)
    took = []
    for lead_id in ids[2:]:
        start = time.perf_counter()
        call(lead_id)
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    p95 = took[int(len(took) * 0.95)]
    print(f"| {name:28} | {statistics.median(took):7.1f} | {p95:7.1f} | {statements:4} |")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--times", type=int, default=100)
    given, _ = parser.parse_known_args(arguments)
    use_workspace(given.database, given.leads)
    from leadhub.db import read_session
    from leadhub.domain.actor import system_actor
    from leadhub.models import Lead
    from leadhub.queries import similar
    from leadhub.queries.leads.history import list_history
    from leadhub.queries.leads.page import get_lead
    from leadhub.queries.leads.timeline import list_timeline
    from leadhub.services.leads.edit import edit_field
    from leadhub.services.leads.posts import add_comment
    from leadhub.services.undo import undo_action

    actor = system_actor()
    with read_session() as session:
        most = session.scalar(select(func.max(Lead.id))) or 1
        pending = list(
            session.scalars(
                select(Lead.id).where(Lead.state == "pending").order_by(Lead.id.desc()).limit(given.times * 3)
            )
        )
    spread = [1 + (n * 7919) % most for n in range(given.times + 2)]
    with read_session() as session:
        spread = [i for i in spread if session.get(Lead, i) is not None]
    print("|                              |  p50 ms |  p95 ms | stmt |")
    measure("page", lambda i: get_lead(i, actor=actor), spread)
    measure("history", lambda i: list_history(i, actor=actor), spread)
    measure("timeline", lambda i: list_timeline(i, actor=actor), spread)
    measure("similar contacts", lambda i: similar.similar_contacts_of_lead(i, actor=actor), spread)
    measure("similar accounts", lambda i: similar.similar_accounts_of_lead(i, actor=actor), spread)
    measure("similar leads", lambda i: similar.similar_leads(i, actor=actor), spread)
    counter = iter(range(10**9))
    measure("edit field", lambda i: edit_field(i, "city", f"C{next(counter)}", actor=actor), pending)
    measure("comment", lambda i: add_comment(i, "bench", actor=actor), pending)

    def qualify_and_undo(lead_id: int) -> None:
        from leadhub.services.leads.qualify import qualify_lead

        done = qualify_lead(lead_id, actor=actor, contact="create", account="create")
        undo_action(done.action_id, actor=actor)  # type: ignore[union-attr, arg-type]

    named = pending[: given.times]
    measure("qualify + undo", qualify_and_undo, named)


if __name__ == "__main__":
    main()
