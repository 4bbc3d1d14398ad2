"""Screens that follow what others change."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from leadhub.domain.errors import LeadhubError
from leadhub.live import LiveEvent, hub
from leadhub.queries.actors import forget_actors

PEOPLE = ("app_user", "unit", "unit_member", "user_grant", "business_group", "web_session")
_log = logging.getLogger(__name__)


async def watch_changes(
    state: Any,
    *topics: str,
    refresh: Callable[[Any, LiveEvent], Awaitable[None]],
    at_most_every: float = 1.0,
) -> None:
    """Call `refresh(state, change)` under the state's lock at each change of these topics.

    Call it from a background handler in a page's on_load: that is cancelled when the page is left.
    What comes meanwhile is merged; after a lost connection one change with `missed` set stands for all.
    Ends when the person may not see the page any more.
    """
    async with hub.subscribe(*topics, at_most_every=at_most_every) as changes:
        async for change in changes:
            try:
                async with state:
                    await refresh(state, change)
            except LeadhubError as fault:
                _log.info("a watcher of %s ended: %s", topics, fault)
                return
            except Exception:  # noqa: BLE001 - one failed refresh must not end the watcher
                _log.exception("a refresh after a change of %s failed", topics)


async def keep_actors_fresh() -> None:
    """Lifespan task: ask again who is who as soon as people, units, rights or sessions change."""
    async with hub.subscribe(*PEOPLE, at_most_every=0.05, jitter=0.0) as changes:
        async for _ in changes:
            forget_actors()
