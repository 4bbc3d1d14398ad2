"""An import whose process is killed in the middle of it."""

import signal

import pytest
from sqlalchemy import func, select

from bench.imports import write_leads
from leadhub.db import read_session
from leadhub.domain.actor import Actor, Role
from leadhub.models import ImportRow, Lead, StageVisit
from leadhub.queries.imports import ImportRunRow, get_import
from leadhub.services.imports.files import new_upload_path
from leadhub.services.imports.run import start_import
from leadhub.services.imports.upload import register_upload
from tests.factories import make_actor
from tests.jobs.conftest import wait_until

ROWS = 10_000


@pytest.mark.slow
@pytest.mark.covers("F-04")
def test_an_import_that_is_killed_goes_on_and_doubles_nothing(start_worker) -> None:
    """Guards against rows lost or doubled by a crash: kill -9 twice in the middle of 10,000 rows."""
    actor = make_actor(Role.ADMIN)
    path = new_upload_path()
    write_leads(path, ROWS)
    import_id = register_upload(path, file_name="leads.csv", actor=actor).import_id
    start_import(import_id, actor=actor)
    for rows in (1_500, 4_000):
        worker = start_worker()
        wait_until(lambda rows=rows: _run(import_id, actor).rows_done >= rows)
        worker.kill()
        worker.wait()
        assert _run(import_id, actor).status == "running"
    worker = start_worker()
    for rows in range(5_000, ROWS + 1, 1_000):
        wait_until(lambda rows=rows: _run(import_id, actor).rows_done >= rows)
    wait_until(lambda: _run(import_id, actor).status == "done")
    done = _run(import_id, actor)
    assert (done.rows_created, done.rows_skipped, done.rows_failed) == (9_700, 200, 100)
    with read_session() as session:
        assert session.scalar(select(func.count()).select_from(ImportRow)) == ROWS
        assert session.scalar(select(func.count()).select_from(Lead)) == done.rows_created
        ids = session.scalar(select(func.count(Lead.external_id.distinct())))  # type: ignore[union-attr]
        assert ids == done.rows_created
        open_visits = select(func.count()).select_from(StageVisit).where(StageVisit.left_at.is_(None))  # type: ignore[union-attr]
        assert session.scalar(open_visits) == done.rows_created
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 0


def _run(import_id: int, actor: Actor) -> ImportRunRow:
    return get_import(import_id, actor=actor)
