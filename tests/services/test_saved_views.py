import pytest

from leadhub.domain.actor import Actor, Role, system_actor
from leadhub.domain.errors import InvalidInput, LeadhubError, NotFound, NotPermitted, StaleRecord
from leadhub.domain.list_query import SHIPPED_VIEWS, LeadListQuery, parse_list_query
from leadhub.queries.leads.list import list_leads
from leadhub.queries.views import get_view, list_views, query_of_view
from leadhub.services.views.create_view import create_view
from leadhub.services.views.delete_view import delete_view
from leadhub.services.views.rename_view import rename_view
from leadhub.services.views.save_view import save_view
from leadhub.services.views.share_view import share_view
from tests.factories import make_actor, make_lead

QUERY = parse_list_query("q=anna&f=stage:is:handoff&sort=-score&cols=title,score")


def test_a_saved_view_gives_its_list_back(database):
    """Filters, sort or columns lost between saving and opening."""
    actor = make_actor(Role.MANAGER)
    done = create_view(QUERY, name=" Annas ", actor=actor)
    assert query_of_view(str(done.view_id), actor=actor) == QUERY
    mine = [row for row in list_views(actor=actor) if not row.is_shipped]
    assert [(row.name, row.is_mine, row.shared) for row in mine] == [("Annas", True, False)]


def test_a_view_is_overwritten_only_by_its_owner_and_only_as_it_was_seen(database):
    """A view lost to somebody else's save, or to an older tab."""
    owner, other = make_actor(Role.MANAGER), make_actor(Role.MANAGER)
    done = create_view(QUERY, name="Ours", actor=owner, shared=True)
    with pytest.raises(NotPermitted):
        save_view(done.view_id, LeadListQuery(), expected_version=done.version, actor=other)
    saved = save_view(done.view_id, LeadListQuery(), expected_version=done.version, actor=owner)
    with pytest.raises(StaleRecord):
        save_view(done.view_id, QUERY, expected_version=done.version, actor=owner)
    assert saved.version > done.version
    with pytest.raises(InvalidInput):
        create_view(QUERY, name="ours", actor=owner)
    create_view(QUERY, name="ours", actor=other)


def test_private_views_are_nobody_elses(database):
    """A private view listed, opened or deleted by another."""
    owner, other, admin = make_actor(), make_actor(), make_actor(Role.ADMIN)
    done = create_view(QUERY, name="Private", actor=owner)
    for stranger in (other, admin, Actor(user_id=None, role=None)):
        assert all(row.is_shipped for row in list_views(actor=stranger))
        with pytest.raises(NotFound):
            get_view(str(done.view_id), actor=stranger)
        with pytest.raises(LeadhubError):
            delete_view(done.view_id, actor=stranger)
    for junk in ("", "x", "-1", "9" * 30, "1 OR 1=1"):
        with pytest.raises(NotFound):
            get_view(junk, actor=owner)


def test_sharing_needs_the_right_and_administrators_may_withdraw(database):
    """A rep who fills everybody's list of views."""
    rep, manager, admin = make_actor(), make_actor(Role.MANAGER), make_actor(Role.ADMIN)
    mine = create_view(QUERY, name="Mine", actor=rep)
    with pytest.raises(NotPermitted):
        share_view(mine.view_id, shared=True, actor=rep)
    with pytest.raises(NotPermitted):
        create_view(QUERY, name="Other", actor=rep, shared=True)
    shared = create_view(QUERY, name="Shared", actor=manager, shared=True)
    assert get_view(str(shared.view_id), actor=rep).name == "Shared"
    assert share_view(shared.view_id, shared=False, actor=admin).action_id
    with pytest.raises(NotFound):
        get_view(str(shared.view_id), actor=rep)
    assert rename_view(mine.view_id, name="Still mine", actor=rep).action_id
    assert delete_view(mine.view_id, actor=rep).action_id


@pytest.mark.parametrize("view", SHIPPED_VIEWS, ids=lambda view: view.key)
def test_every_shipped_view_opens_for_everybody(database, view):
    """A shipped view whose filters do not exist."""
    make_lead()
    for actor in (system_actor(), make_actor(), make_actor(Role.PARTNER)):
        list_leads(query_of_view(view.key, actor=actor), actor=actor)
