import pytest

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import AssigneeInactive, InvalidFields, InvalidInput, NotFound, NotPermitted
from leadhub.models import Lead
from leadhub.queries.undo import get_undo_state
from leadhub.services.leads.bulk import bulk_assign, bulk_delete, bulk_edit, bulk_move
from leadhub.services.leads.edit import edit_field
from leadhub.services.undo import undo_action, undo_next_part
from tests.factories import make_actor, make_lead, make_user
from tests.services.dumps import differences, dump_logged


def stored(lead_id: int) -> Lead | None:
    with read_session() as session:
        return session.get(Lead, lead_id)


def test_each_failure_is_named_and_the_rest_is_done(database: str) -> None:
    """Guards against one bad lead that stops a hundred good ones."""
    actor = make_actor()
    good = [make_lead() for _ in range(3)]
    closed = make_lead(stage_key="disqualified", state="cancelled")
    hidden = make_lead(owner_id=make_actor().user_id)
    done = bulk_edit([*good, closed, hidden, -1, "x", good[0]], {"city": "Riga"}, actor=actor)
    assert done.done == 3
    assert [(f.lead_id, f.key) for f in done.failures] == [
        (closed, "process.refused.final"),
        (hidden, "errors.lead_not_found"),
    ]
    assert [stored(i).city for i in good] == ["Riga"] * 3


def test_a_bad_value_changes_nothing(database: str) -> None:
    """Guards against half an edit."""
    lead_id = make_lead()
    with pytest.raises(InvalidFields):
        bulk_edit([lead_id], {"email": "no"}, actor=make_actor())
    with pytest.raises(AssigneeInactive):
        bulk_assign([lead_id], to_user_id=make_user(active=False), actor=make_actor())
    with pytest.raises(NotPermitted):
        bulk_delete([lead_id], actor=make_actor(Role.PARTNER))
    with pytest.raises(InvalidInput):
        bulk_delete(range(1, 10_002), actor=make_actor())
    assert stored(lead_id).version == 1


def test_undo_of_a_bulk_edit_leaves_what_was_changed_since(database: str) -> None:
    """Guards against a bulk undo that is all or nothing, or overwrites."""
    actor = make_actor(Role.ADMIN)
    leads = [make_lead(city="Oslo") for _ in range(30)]
    done = bulk_edit(leads, {"city": "Riga"}, actor=actor)
    edit_field(leads[7], "city", "Tallinn", actor=make_actor())
    undone = undo_action(done.action_id, actor=actor)
    assert undone.restored == 29
    assert [(o.record_id, o.reason) for o in undone.stayed] == [(leads[7], "changed")]
    assert [stored(i).city for i in leads].count("Oslo") == 29
    state = get_undo_state(done.action_id, actor=actor)
    assert (state.restored, state.stayed_count, state.is_running, state.can_undo) == (29, 1, False, False)
    assert [o.fields for o in state.stayed] == [("city",)]
    with pytest.raises(NotFound):
        get_undo_state(done.action_id, actor=make_actor())


def test_a_long_undo_goes_on_where_it_was_interrupted(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards against an undo of an import that starts again, or forgets a part, after a crash."""
    monkeypatch.setattr("leadhub.services.undo.MOST_ROWS_AT_ONCE", 10)
    actor = make_actor(Role.ADMIN)
    leads = [make_lead() for _ in range(60)]
    before = dump_logged()
    done = bulk_delete(leads, actor=actor)
    assert done.done == 60
    started = undo_action(done.action_id, actor=actor)
    assert started.running
    assert get_undo_state(done.action_id, actor=actor).is_running
    with pytest.raises(NotPermitted):
        undo_action(done.action_id, actor=actor)
    assert undo_next_part(started.action_id)
    while undo_next_part(started.action_id):
        pass
    assert not undo_next_part(started.action_id)
    assert differences(before, dump_logged()) == {}


def test_two_leads_of_one_person_share_the_contact_that_the_first_made(database: str) -> None:
    """Guards against doubles made by one click."""
    actor = make_actor()
    leads = [make_lead(contact_name="Maria Nguyen", email="maria@vizer.com") for _ in range(3)]
    assert bulk_move(leads, "nurturing", actor=actor).done == 3
    assert len({stored(i).contact_id for i in leads}) == 1


@pytest.mark.covers("C-17", "C-69")
def test_moving_and_deleting_follow_each_leads_own_rules(database: str) -> None:
    """Guards against a board that moves what the process forbids."""
    actor = make_actor()
    known = make_lead(account_name="Vizor")
    unknown = make_lead(contact_name="")
    moved = bulk_move([known, unknown], "nurturing", actor=actor)
    assert moved.done == 1
    assert [f.key for f in moved.failures] == ["process.refused.no_customer"]
    deleted = bulk_delete([known, unknown], actor=actor)
    assert [f.lead_id for f in deleted.failures] == [known]
    assert stored(unknown) is None
