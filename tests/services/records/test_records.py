"""Contacts, accounts and campaigns are created, edited, reached and deleted."""

import pytest

from leadhub.db import read_session
from leadhub.domain.actor import Role
from leadhub.domain.errors import (
    InvalidFields,
    InvalidInput,
    NotFound,
    NotPermitted,
    RecordInUse,
    StaleRecord,
)
from leadhub.domain.fields import Entity
from leadhub.models import Account, CommunicationOption, Contact
from leadhub.queries.records.history import list_record_history
from leadhub.queries.records.page import get_record
from leadhub.services.records.communication import (
    add_communication_option,
    edit_communication_option,
    move_communication_option,
    remove_communication_option,
)
from leadhub.services.records.delete import delete_record
from leadhub.services.records.edit import create_record, edit_record
from leadhub.services.undo import undo_action
from tests.factories import (
    make_account,
    make_activity,
    make_actor,
    make_contact,
    make_lead,
    make_opportunity,
)


def _contact(record_id: int) -> Contact:
    with read_session() as session:
        return session.get_one(Contact, record_id)


def test_a_new_contact_gets_name_parts_and_its_owner(database: str) -> None:
    """A contact without first and last name, or without an owner."""
    actor = make_actor()
    done = create_record(Entity.CONTACT, {"name": "Nguyen, Maria Thi", "email": "m@n.example"}, actor=actor)
    contact = _contact(done.record_id)
    assert (contact.first_name, contact.middle_name, contact.last_name) == ("Maria", "Thi", "Nguyen")
    assert contact.owner_id == actor.user_id
    assert done.action_id is not None


def test_the_full_name_and_its_parts_stay_in_step(database: str) -> None:
    """A last name that changes while the list shows the old one."""
    actor = make_actor()
    done = create_record(Entity.CONTACT, {"name": "Maria Nguyen"}, actor=actor)
    edit_record(Entity.CONTACT, done.record_id, {"last_name": "Tran"}, actor=actor)
    assert _contact(done.record_id).name == "Maria Tran"
    edit_record(Entity.CONTACT, done.record_id, {"name": "Mia Le"}, actor=actor)
    assert _contact(done.record_id).last_name == "Le"


def test_every_broken_rule_is_named_with_its_field(database: str) -> None:
    """One error at a time, or one beside the wrong field."""
    actor = make_actor()
    with pytest.raises(InvalidFields) as caught:
        create_record(Entity.ACCOUNT, {"email": "no", "phone": "x", "name": "A"}, actor=actor)
    assert {problem.field for problem in caught.value.problems} == {"email", "phone"}
    with pytest.raises(InvalidFields):
        create_record(Entity.ACCOUNT, {"website": "a.example"}, actor=actor)
    with pytest.raises(InvalidFields) as caught:
        create_record(Entity.ACCOUNT, {"name": "A", "tin": "12345678"}, actor=actor)
    assert caught.value.problems[0].field == "tin"


@pytest.mark.covers("S-14")
@pytest.mark.parametrize("tin", ["012345678", "0123456789", "012345678901"])
def test_a_tin_keeps_its_leading_zeros(database: str, tin: str) -> None:
    """A TIN read as a number."""
    done = create_record(Entity.ACCOUNT, {"name": "A", "tin": tin}, actor=make_actor())
    with read_session() as session:
        assert session.get_one(Account, done.record_id).tin == tin


def test_two_people_may_edit_different_fields_but_not_the_same(database: str) -> None:
    """The second save wins silently."""
    first, second = make_actor(), make_actor()
    record_id = make_contact(city="Rome")
    version = _contact(record_id).version
    edit_record(Entity.CONTACT, record_id, {"city": "Paris"}, actor=first, expected_version=version)
    edit_record(Entity.CONTACT, record_id, {"job_title": "CFO"}, actor=second, expected_version=version)
    with pytest.raises(StaleRecord) as stale:
        edit_record(Entity.CONTACT, record_id, {"city": "Oslo"}, actor=second, expected_version=version)
    assert stale.value.changes["city"][1:] == ("Paris", "Oslo")


def test_what_something_points_at_is_not_deleted(database: str) -> None:
    """A lead whose contact vanished."""
    manager = make_actor(Role.MANAGER)
    account_id = make_account()
    contact_id = make_contact(account_id=account_id)
    make_lead(contact_id=contact_id, account_id=account_id)
    make_opportunity(contact_id=contact_id)
    make_activity(contact_id=contact_id)
    with pytest.raises(RecordInUse) as refused:
        delete_record(Entity.CONTACT, contact_id, actor=manager)
    assert refused.value.params == {"leads": 1, "opportunities": 1, "activities": 1, "contacts": 0}
    with pytest.raises(RecordInUse) as refused:
        delete_record(Entity.ACCOUNT, account_id, actor=manager)
    assert refused.value.params["contacts"] == 1


def test_a_deleted_contact_comes_back_with_its_options(database: str) -> None:
    """An Undo that brings the record back bare."""
    manager = make_actor(Role.MANAGER)
    record_id = make_contact(name="Ada")
    add_communication_option(Entity.CONTACT, record_id, kind="phone", value="+49 30 1234", actor=manager)
    done = delete_record(Entity.CONTACT, record_id, actor=manager)
    with pytest.raises(NotFound):
        get_record(Entity.CONTACT, record_id, actor=manager)
    assert done.action_id is not None
    undo_action(done.action_id, actor=manager)
    detail = get_record(Entity.CONTACT, record_id, actor=manager)
    assert [option.value for option in detail.options] == ["+49 30 1234"]


def test_only_those_with_the_right_may_write(database: str) -> None:
    """A rep who deletes, a rep who plans campaigns, a partner who edits."""
    record_id = make_contact()
    with pytest.raises(NotPermitted):
        delete_record(Entity.CONTACT, record_id, actor=make_actor(Role.SALES))
    with pytest.raises(NotPermitted):
        create_record(Entity.CAMPAIGN, {"name": "Spring"}, actor=make_actor(Role.SALES))
    with pytest.raises(NotPermitted):
        edit_record(Entity.CONTACT, record_id, {"city": "X"}, actor=make_actor(Role.PARTNER))
    with pytest.raises(InvalidInput):
        create_record(Entity.LEAD, {"title": "X"}, actor=make_actor(Role.ADMIN))
    assert create_record(Entity.CAMPAIGN, {"name": "Spring"}, actor=make_actor(Role.MARKETER)).record_id


def test_options_are_checked_ordered_and_taken_away(database: str) -> None:
    """An email that is none, and gaps in the order."""
    actor = make_actor()
    account_id = make_account()

    def add(kind: str, value: str) -> None:
        add_communication_option(Entity.ACCOUNT, account_id, kind=kind, value=value, actor=actor)

    add("phone", "+49 30 1"), add("email", "a@b.example"), add("link", "b.example")
    with pytest.raises(InvalidInput):
        add("email", "not one")
    with pytest.raises(InvalidInput):
        add("link", "javascript:alert(1)")

    def shown() -> list[tuple[int, str]]:
        found = get_record(Entity.ACCOUNT, account_id, actor=actor).options
        return [(option.id, option.kind) for option in found]

    phone, email, link = (option for option, _ in shown())
    move_communication_option(link, by=-1, actor=actor)
    assert [kind for _, kind in shown()] == ["phone", "link", "email"]
    remove_communication_option(phone, actor=actor)
    edit_communication_option(email, value="c@d.example", label="Office", actor=actor)
    with read_session() as session:
        kept = [session.get_one(CommunicationOption, one) for one in (link, email)]
    assert [(one.position, one.value) for one in kept] == [(0, "b.example"), (1, "c@d.example")]


def test_the_page_shows_what_points_at_the_record_and_that_one_may_see(database: str) -> None:
    """Another rep's lead on a contact that everybody sees."""
    rep, other = make_actor(), make_actor()
    account_id = make_account(name="Acme")
    contact_id = make_contact(account_id=account_id, name="Ada")
    mine = make_lead(owner_id=rep.user_id, account_id=account_id, contact_id=contact_id)
    make_lead(owner_id=other.user_id, account_id=account_id, contact_id=contact_id)
    make_activity(contact_id=contact_id, account_id=account_id, owner_id=rep.user_id, title="Call Ada")
    page = get_record(Entity.ACCOUNT, account_id, actor=rep)
    groups = {group.kind: group for group in page.linked}
    assert [row.title for row in groups["contact"].rows] == ["Ada"]
    assert [row.id for row in groups["lead"].rows] == [mine]
    assert groups["lead"].count == 1
    assert [row.title for row in groups["activity"].rows] == ["Call Ada"]
    contact = get_record(Entity.CONTACT, contact_id, actor=rep)
    assert contact.refs["account"] == account_id
    assert contact.fields["account"].text == "Acme"


def test_history_names_who_changed_what(database: str) -> None:
    """A change nobody can be asked about."""
    actor = make_actor()
    done = create_record(Entity.ACCOUNT, {"name": "Acme"}, actor=actor)
    edit_record(Entity.ACCOUNT, done.record_id, {"city": "Rome"}, actor=actor)
    newest, oldest = list_record_history(Entity.ACCOUNT, done.record_id, actor=actor)
    assert (newest.by, newest.can_undo) == (actor.name, True)
    assert [(change.field_label_key, change.new) for change in newest.changes] == [
        ("fields.account.city", "Rome")
    ]
    assert oldest.name == "create account"
