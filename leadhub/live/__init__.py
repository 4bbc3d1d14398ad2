""" "Lead 42 changed", told to every process after the commit.

A screen's watcher:

    async with hub.subscribe("lead", "activity") as changes:
        async for change in changes:
            if change.touches("lead", ids=self._shown_ids, fields={"lead.stage_id"}):
                ...
"""

from leadhub.live.events import LiveEvent
from leadhub.live.hub import Hub, Subscription, hub
from leadhub.live.transport import publish

__all__ = ["Hub", "LiveEvent", "Subscription", "hub", "publish"]
