import pytest
from sqlalchemy import select

from leadhub.db import action_id, derived_session, read_session, write_session
from leadhub.domain.actor import Role, system_actor
from leadhub.domain.errors import NotFound, NotPermitted, UndoRefused
from leadhub.models import ChangeAction, ChangeRow, Contact, Lead, MatchKey, Post
from leadhub.services.activities.schedule import log_call
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.delete import delete_lead
from leadhub.services.leads.edit import edit_field
from leadhub.services.leads.posts import add_comment
from leadhub.services.leads.qualify import qualify_lead
from leadhub.services.undo import restore_lead, undo_action
from tests.factories import lookup_id, make_actor, make_contact, make_lead
from tests.services.dumps import differences, dump_logged


def new_lead(actor, **values):
    full = {"customer_need": lookup_id("customer_need", "software"), "contact_name": "Maria Nguyen", **values}
    return create_lead(full, actor=actor).lead_id


def test_undoing_a_qualification_takes_back_all_that_it_made(database: str) -> None:
    """Guards against a contact, a task or a visit that an undo leaves behind."""
    actor = make_actor()
    lead_id = new_lead(actor, account_name="Vizor", email="maria@vizer.com")
    before = dump_logged()
    done = qualify_lead(lead_id, actor=actor)
    after = dump_logged()
    undone = undo_action(done.action_id, actor=actor)
    assert differences(before, dump_logged()) == {}
    with read_session() as session:
        assert session.get_one(ChangeAction, done.action_id).undone_by_action_id == undone.action_id
        assert session.get_one(Lead, lead_id).score == 0
        left = session.scalars(select(MatchKey.record_id).where(MatchKey.record_type == 1)).all()
    assert left == []
    undo_action(undone.action_id, actor=actor)
    assert differences(after, dump_logged()) == {}
    with read_session() as session:
        assert session.get_one(ChangeAction, done.action_id).undone_by_action_id is None


def test_an_undo_after_a_later_change_names_the_field(database: str) -> None:
    """Guards against an undo that overwrites somebody else's work."""
    actor = make_actor()
    lead_id = make_lead(city="Oslo")
    done = edit_field(lead_id, "city", "Riga", actor=actor)
    later = edit_field(lead_id, "city", "Tallinn", actor=make_actor())
    with pytest.raises(UndoRefused) as refused:
        undo_action(done.action_id, actor=actor)
    (obstacle,) = refused.value.obstacles
    assert (obstacle.table, obstacle.record_id, obstacle.reason, obstacle.fields) == (
        "lead", lead_id, "changed", ("city",)
    )  # fmt: skip
    undo_action(later.action_id, actor=make_actor(Role.ADMIN))
    undo_action(done.action_id, actor=actor)
    with read_session() as session:
        assert session.get_one(Lead, lead_id).city == "Oslo"


def test_a_later_change_of_another_field_stays(database: str) -> None:
    """Guards against an undo that puts back the whole record."""
    actor = make_actor()
    lead_id = make_lead()
    done = edit_field(lead_id, "city", "Riga", actor=actor)
    edit_field(lead_id, "address", "Brivibas 1", actor=actor)
    undo_action(done.action_id, actor=actor)
    with read_session() as session:
        lead = session.get_one(Lead, lead_id)
    assert (lead.city, lead.address) == ("", "Brivibas 1")


def test_a_record_that_others_point_at_stays(database: str) -> None:
    """Guards against undoing a lead away from under its comment."""
    actor = make_actor()
    done = create_lead({"customer_need": lookup_id("customer_need", "software")}, actor=actor)
    add_comment(done.lead_id, "Called, no answer", actor=make_actor())
    with pytest.raises(UndoRefused) as refused:
        undo_action(done.action_id, actor=actor)
    assert {o.reason for o in refused.value.obstacles} >= {"changed"} or {
        o.by_table for o in refused.value.obstacles
    } >= {"post"}


@pytest.mark.covers("M-68", "C-69")
def test_a_deleted_lead_comes_back_with_its_comments(database: str) -> None:
    """Guards against a deletion that is final by accident."""
    actor = make_actor()
    lead_id = new_lead(actor)
    add_comment(lead_id, "Keep me", actor=actor)
    before = dump_logged()
    done = delete_lead(lead_id, actor=actor)
    undo_action(done.action_id, actor=actor)
    assert differences(before, dump_logged()) == {}
    delete_lead(lead_id, actor=actor)
    restore_lead(lead_id, actor=actor)
    assert differences(before, dump_logged()) == {}
    with pytest.raises(UndoRefused):
        restore_lead(lead_id, actor=actor)


def test_only_whoever_did_it_or_a_manager_in_charge_may_undo(database: str) -> None:
    """Guards against undo as a way around permissions."""
    owner = make_actor()
    lead_id = make_lead(owner_id=owner.user_id)
    done = edit_field(lead_id, "city", "Riga", actor=owner)
    for stranger in (make_actor(), make_actor(Role.MARKETER), make_actor(Role.MANAGER)):
        with pytest.raises(NotPermitted):
            undo_action(done.action_id, actor=stranger)
    with pytest.raises(NotFound):
        undo_action(done.action_id, actor=make_actor(Role.PARTNER))
    for wrong in (0, -1, None, "1", 10**9, 2**70):
        with pytest.raises(NotFound):
            undo_action(wrong, actor=owner)
    undo_action(done.action_id, actor=make_actor(Role.ADMIN))
    with pytest.raises(NotPermitted):
        undo_action(done.action_id, actor=owner)


def test_the_log_knows_the_old_value_of_a_field_that_was_never_read(database: str) -> None:
    """Guards against nothing as the old value of a field set on an expired record."""
    contact_id = make_contact(city="Oslo")
    with write_session(system_actor(), "blind") as session:
        contact = session.get_one(Contact, contact_id)
        session.expire_all()
        contact.city = "Riga"
    undo_action(action_id(session), actor=make_actor(Role.ADMIN))
    with read_session() as session:
        assert session.get_one(Contact, contact_id).city == "Oslo"


def test_a_later_comment_does_not_keep_a_call_from_being_undone(database: str) -> None:
    """Guards against a date that everything touches and that therefore blocks every undo."""
    actor = make_actor()
    lead_id = make_lead()
    with read_session() as session:
        version = session.get_one(Lead, lead_id).version
    first = add_comment(lead_id, "Hello", actor=actor)
    call = log_call(lead_id, actor=actor)
    undo_action(call.action_id, actor=actor)
    with read_session() as session:
        lead = session.get_one(Lead, lead_id)
        post = session.get_one(Post, first.post_id)
    assert (lead.version, lead.last_activity_at) == (version, post.created_at)
    undo_action(first.action_id, actor=actor)
    with read_session() as session:
        assert session.get_one(Lead, lead_id).last_activity_at is None


def test_what_an_older_version_logged_can_still_be_undone(database: str) -> None:
    """Guards against a column that is gone, or derived now, and stops every older undo."""
    actor = make_actor()
    lead_id = make_lead(city="Oslo")
    done = edit_field(lead_id, "city", "Riga", actor=actor)
    with derived_session(system_actor(), "age the log") as session:
        row = session.scalars(select(ChangeRow).order_by(ChangeRow.id.desc()).limit(1)).one()
        row.values = {**row.values, "no_longer_there": [1, 2], "last_activity_at": [None, "2020-01-01"]}
    undo_action(done.action_id, actor=actor)
    with read_session() as session:
        assert session.get_one(Lead, lead_id).city == "Oslo"
