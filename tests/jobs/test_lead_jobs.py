"""The jobs that services of leads ask for, run by a real job process."""

import signal

import pytest

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.models import Lead
from leadhub.queries.undo import get_undo_state
from leadhub.services.leads.bulk import bulk_delete
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.qualify import qualify_lead
from leadhub.services.undo import undo_action
from tests.factories import lookup_id, make_actor, make_lead
from tests.jobs.conftest import wait_until
from tests.services.dumps import differences, dump_logged


@pytest.mark.covers("C-37", "C-82")
def test_a_qualified_lead_is_scored_and_a_long_undo_runs_to_its_end(
    start_worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards against jobs that are asked for by a name that no process knows."""
    monkeypatch.setattr("leadhub.services.undo.MOST_ROWS_AT_ONCE", 10)
    actor = make_actor(Role.ADMIN)
    values = {"customer_need": lookup_id("customer_need", "software"), "contact_name": "Maria Nguyen"}
    lead_id = create_lead(values, actor=actor).lead_id
    qualify_lead(lead_id, actor=actor)
    leads = [make_lead() for _ in range(60)]
    before = dump_logged()
    deleted = bulk_delete(leads, actor=actor)
    assert undo_action(deleted.action_id, actor=actor).running
    worker = start_worker()

    def score() -> int:
        with read_session() as session:
            return session.get_one(Lead, lead_id).score

    wait_until(lambda: score() > 0)
    wait_until(lambda: not get_undo_state(deleted.action_id, actor=actor).is_running)
    assert differences(before, dump_logged()) == {}
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
