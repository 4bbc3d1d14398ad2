"""One hub per process: takes what every process publishes and wakes the screens that listen."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Self

from leadhub.live.events import LiveEvent
from leadhub.live.transport import listen


class Subscription:
    """A stream of changes with room for one: what comes while its reader is busy is merged.

    Leaving the `async with` block, also by cancellation, ends it.
    """

    def __init__(self, hub: "Hub", topics: frozenset[str], at_most_every: float, jitter: float):
        self._hub = hub
        self._topics = topics
        self._at_most_every = at_most_every
        self._jitter = jitter
        self._pending: LiveEvent | None = None
        self._arrived = asyncio.Event()
        self._next_at = 0.0

    async def __aenter__(self) -> Self:
        self._hub._add(self, self._topics)
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._hub._remove(self, self._topics)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> LiveEvent:
        await self._arrived.wait()
        loop = asyncio.get_running_loop()
        pause = max(0.0, self._next_at - loop.time()) + random.uniform(0, self._jitter)
        if pause:
            await asyncio.sleep(pause)
        event, self._pending = self._pending, None
        self._arrived.clear()
        self._next_at = loop.time() + self._at_most_every
        assert event is not None
        return event

    def _offer(self, event: LiveEvent) -> None:
        self._pending = event if self._pending is None else self._pending.merged_with(event)
        self._arrived.set()


class Hub:
    """The listeners of one process, by topic: "lead" (any lead), "lead:42", "notification:user:7"."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Subscription]] = {}

    def subscribe(self, *topics: str, at_most_every: float = 1.0, jitter: float = 0.1) -> Subscription:
        """Listen to topics, at most once in so many seconds, each time a little off the other listeners."""
        return Subscription(self, frozenset(topics), at_most_every, jitter)

    def count_subscriptions(self) -> int:
        return len({s for listeners in self._listeners.values() for s in listeners})

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Receive until the block ends; registered as a lifespan task of each web process."""
        task = asyncio.create_task(listen(self.deliver), name="live hub")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def deliver(self, event: LiveEvent) -> None:
        """Wake whoever listens to what the event touches; called in the event loop."""
        for subscription in self._touched_by(event):
            subscription._offer(event)

    def _touched_by(self, event: LiveEvent) -> set[Subscription]:
        if event.missed:
            return {s for listeners in self._listeners.values() for s in listeners}
        topics = set(event.topics)
        for table, ids in event.tables.items():
            topics.add(table)
            if ids:
                topics.update(f"{table}:{record_id}" for record_id in ids)
            else:
                topics.update(topic for topic in self._listeners if topic.startswith(f"{table}:"))
        return {s for topic in topics for s in self._listeners.get(topic, ())}

    def _add(self, subscription: Subscription, topics: frozenset[str]) -> None:
        for topic in topics:
            self._listeners.setdefault(topic, set()).add(subscription)

    def _remove(self, subscription: Subscription, topics: frozenset[str]) -> None:
        for topic in topics:
            listeners = self._listeners.get(topic, set())
            listeners.discard(subscription)
            if not listeners:
                self._listeners.pop(topic, None)


hub = Hub()
