"""The tabs of the lead page: history, timeline, feed, linked records."""

import pytest

from leadhub.domain.actor import Actor, Role
from leadhub.domain.errors import LeadNotFound, NotFound
from leadhub.domain.fields import Entity
from leadhub.queries.leads.feed import list_distributions, list_files, list_linked, list_notes, list_posts
from leadhub.queries.leads.field_options import search_options
from leadhub.queries.leads.history import list_history, preview_undo
from leadhub.queries.leads.timeline import list_timeline
from leadhub.services.leads.create import create_lead
from leadhub.services.leads.edit import edit_lead
from leadhub.services.leads.posts import add_comment, add_note
from leadhub.services.leads.qualify import qualify_lead
from tests.factories import lookup_id, make_actor, make_lead, make_user


def _lead(actor: Actor) -> int:
    need = lookup_id("customer_need", "software")
    values = {
        "customer_need": need,
        "contact_name": "Ann Lee",
        "account_name": "Acme",
        "owner": actor.user_id,
    }
    return create_lead(values, actor=actor).lead_id


@pytest.mark.covers("M-58", "C-20")
def test_history_names_every_changed_field_with_old_and_new(database: str) -> None:
    """Guards against an audit log that says that something changed, but not what."""
    actor = make_actor(Role.SALES)
    lead_id = _lead(actor)
    edit_lead(lead_id, {"city": "Rome", "target_amount": 12300}, actor=actor)
    qualify_lead(lead_id, actor=actor)
    entries = list_history(lead_id, actor=actor).entries
    assert [entry.text_key for entry in entries] == [
        "history.action.qualify_lead",
        "history.action.edit_lead",
        "history.action.create_lead",
    ]
    assert [(c.field_label_key, c.kind, c.old, c.new) for c in entries[1].changes] == [
        ("fields.lead.city", "text", "", "Rome"),
        ("fields.lead.target_amount", "money", "", "12300"),
    ]
    by_label = {c.field_label_key: (c.old, c.new) for c in entries[0].changes}
    assert by_label["fields.lead.stage"] == ("Qualification", "Handoff to sales")
    assert by_label["fields.lead.contact"] == ("", "Ann Lee")
    assert all(entry.can_undo and entry.by == actor.name for entry in entries)
    other = make_actor(Role.MARKETER)
    assert not any(entry.can_undo for entry in list_history(lead_id, actor=other).entries)


def test_history_goes_back_page_by_page(database: str) -> None:
    """Guards against old changes that nobody can reach."""
    actor = make_actor(Role.SALES)
    lead_id = _lead(actor)
    for n in range(5):
        edit_lead(lead_id, {"city": f"City {n}"}, actor=actor)
    first = list_history(lead_id, actor=actor, limit=4)
    second = list_history(lead_id, actor=actor, limit=4, before=first.before)
    assert (len(first.entries), len(second.entries), second.before) == (4, 2, 0)


def test_the_preview_says_what_undo_restores_and_what_stands_in_the_way(database: str) -> None:
    """Guards against an undo in the dark."""
    actor = make_actor(Role.SALES)
    lead_id = _lead(actor)
    edit_lead(lead_id, {"city": "Rome"}, actor=actor)
    action_id = list_history(lead_id, actor=actor).entries[0].action_id
    preview = preview_undo(lead_id, action_id, actor=actor)
    assert [(c.field_label_key, c.old, c.new) for c in preview.changes] == [("fields.lead.city", "Rome", "")]
    assert preview.obstacles == ()
    edit_lead(lead_id, {"city": "Oslo"}, actor=actor)
    assert [o.kind for o in preview_undo(lead_id, action_id, actor=actor).obstacles] == ["changed"]
    with pytest.raises(NotFound):
        preview_undo(lead_id, 10**6, actor=actor)
    with pytest.raises(NotFound):
        preview_undo(make_lead(), action_id, actor=actor)


def test_the_timeline_is_everything_newest_first(database: str) -> None:
    """Guards against a story with holes or out of order."""
    actor = make_actor(Role.SALES)
    lead_id = _lead(actor)
    qualify_lead(lead_id, actor=actor)
    add_comment(lead_id, "Called back", actor=actor)
    entries = list_timeline(lead_id, actor=actor)
    assert [entry.at for entry in entries] == sorted((entry.at for entry in entries), reverse=True)
    words = [(entry.text_key, entry.params.get("stage", "")) for entry in entries]
    assert words[0] == ("timeline.comment", "")
    assert ("timeline.stage", "Handoff to sales") in words
    assert ("timeline.stage_skipped", "Nurturing") in words
    assert ("history.action.create_lead", "") in words


def test_notes_are_not_in_the_feed(database: str) -> None:
    """Guards against a shared note that shows twice."""
    actor = make_actor(Role.SALES)
    lead_id = _lead(actor)
    add_comment(lead_id, "A comment", actor=actor)
    add_note(lead_id, "A note", actor=actor)
    assert [(post.body, post.is_own) for post in list_posts(lead_id, actor=actor)] == [("A comment", True)]
    assert [post.body for post in list_notes(lead_id, actor=actor)] == ["A note"]


def test_a_tab_of_a_lead_that_one_may_not_see_is_not_found(database: str) -> None:
    """Guards against a tab that shows what its page hides."""
    lead_id = make_lead(owner_id=make_user())
    stranger = make_actor(Role.SALES)
    for ask in (
        list_history,
        list_timeline,
        list_posts,
        list_notes,
        list_files,
        list_distributions,
        list_linked,
    ):
        with pytest.raises(LeadNotFound):
            ask(lead_id, actor=stranger)


def test_an_editor_offers_the_values_of_its_field(database: str) -> None:
    """Guards against a lookup that offers another list's values."""
    actor = make_actor(Role.SALES)
    make_user(name="Zoe Quist")
    offered = search_options(Entity.LEAD, "customer_need", "softw", actor=actor)
    assert [choice.value for choice in offered] == [str(lookup_id("customer_need", "software"))]
    assert [choice.label for choice in search_options(Entity.LEAD, "owner", "quist", actor=actor)] == [
        "Zoe Quist"
    ]
    assert [c.value for c in search_options(Entity.LEAD, "budget_is_set", "", actor=actor)] == [
        "true",
        "false",
    ]
