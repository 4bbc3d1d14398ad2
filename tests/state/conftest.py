from collections.abc import Callable, Iterator

import pytest
import reflex as rx

from leadhub.db import derived_session
from leadhub.domain.actor import system_actor
from leadhub.domain.sessions import SESSION_HASH_COOKIE, hash_session_token
from leadhub.queries.actors import forget_actors
from leadhub.services.shared.web_sessions import open_session


@pytest.fixture
def signed_in(database: str) -> Iterator[Callable[[int | None], rx.State]]:
    """Open a tab's whole state tree for a user, or for nobody."""
    forget_actors()

    def tab(user_id: int | None) -> rx.State:
        root = rx.State(_reflex_internal_init=True)
        carry_session(root, user_id)
        return root

    yield tab
    forget_actors()


def carry_session(root: rx.State, user_id: int | None, path: str = "/leads/1") -> None:
    """Let a tab's connection stand for a user's session, as the gate hands it over."""
    cookie = ""
    if user_id is not None:
        with derived_session(system_actor(), "sign in") as session:
            opened = open_session(session, user_id, address="", user_agent="")
        cookie = f"{SESSION_HASH_COOKIE}={hash_session_token(opened.token)}"
    data = {
        "headers": {"cookie": cookie, "origin": "http://leadhub.test"},
        "pathname": path,
        "asPath": path,
        "query": {},
    }
    root._update_router_vars(data, root.router_data or {})
    root.router_data = data
