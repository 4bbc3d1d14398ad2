from collections.abc import Callable

import pytest
import reflex as rx

from leadhub.domain.actor import Role
from leadhub.domain.errors import NotSignedIn
from leadhub.state.base import AppState
from leadhub.state.one_owner import OneOwner
from leadhub.state.shell import ShellState
from tests.factories import make_group, make_unit, make_user
from tests.state.conftest import carry_session

Tab = Callable[[int | None], rx.State]


async def test_nobody_has_no_actor(signed_in: Tab) -> None:
    """A screen would work without a sign-in."""
    state = await signed_in(None).get_state(AppState)
    with pytest.raises(NotSignedIn):
        await state._actor()
    with pytest.raises(NotSignedIn):
        await AppState.open_page.fn(state)
    assert not state.ready


async def test_an_actor_has_units_groups_and_grants(signed_in: Tab) -> None:
    """Permission rules and access scopes would judge by half the facts."""
    group = make_group()
    unit, sibling = make_unit(group_id=group), make_unit(group_id=group)
    make_unit(group_id=make_group())
    state = await signed_in(make_user(Role.SALES, unit_ids=(unit,))).get_state(AppState)
    actor = await state._actor()
    assert (actor.role, actor.unit_ids, actor.group_ids) == (Role.SALES, {unit}, {group})
    assert actor.group_unit_ids == {unit, sibling}


async def test_opening_a_page_shows_who_is_signed_in(signed_in: Tab) -> None:
    """The frame would stay empty."""
    state = await signed_in(make_user(Role.MARKETER, name="Mara")).get_state(AppState)
    await AppState.open_page.fn(state, "manage_users")
    assert (state.ready, state.user_name, state.role_label, state.refused) == (True, "Mara", "Marketer", True)
    assert "leads" in state.nav_allowed
    assert "settings" not in state.nav_allowed


async def test_another_user_in_the_same_tab_finds_nothing_of_the_first(signed_in: Tab) -> None:
    """The next person at the machine would see the first one's rows."""
    root = signed_in(make_user())
    guard = OneOwner()
    await guard.preprocess(None, root, None)
    base, shell = await root.get_state(AppState), await root.get_state(ShellState)
    await AppState.open_page.fn(base)
    shell.unread_count = 7
    await guard.preprocess(None, root, None)
    assert shell.unread_count == 7
    carry_session(root, make_user())
    await guard.preprocess(None, root, None)
    assert (base.user_id, base.user_name, base.ready, shell.unread_count) == (0, "", False, 0)
    carry_session(root, None)
    await guard.preprocess(None, root, None)
    assert base._owner == ""
