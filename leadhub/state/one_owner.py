"""A browser tab keeps its Reflex token when somebody else signs in: their state must not meet."""

from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.middleware import Middleware
from reflex.state import BaseState

from leadhub.state.base import AppState, session_hash_of


class OneOwner(Middleware):
    """Empties every screen before the first event of another session, hydration included."""

    async def preprocess(self, app: Any, state: BaseState, event: Event) -> None:
        root = state._get_root_state()
        assert isinstance(root, rx.State)
        session_hash = session_hash_of(root)
        base = await root.get_state(AppState)
        if base._owner == session_hash:
            return
        if base._owner:
            # With Redis only the states that an event needs are loaded: fetch all, so that all are emptied.
            for state_class in states_below(AppState):
                await root.get_state(state_class)
            base.reset()
        base._owner = session_hash


def states_below(state_class: type[BaseState]) -> list[type[BaseState]]:
    """Every screen state, wherever it is defined."""
    children = list(state_class.get_substates())
    return [*children, *(below for child in children for below in states_below(child))]
