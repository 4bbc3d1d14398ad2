"""Events between machines: Redis publish and subscribe."""

import asyncio
import atexit
import contextlib
import logging
import os
import queue
import threading
from collections.abc import Callable
from functools import lru_cache

import redis
import redis.asyncio

from leadhub.live.events import MISSED, LiveEvent, decode, encode

logger = logging.getLogger(__name__)

ROOM = 1000
LONGEST_PAUSE_SECONDS = 5.0


def channel_of(url: str) -> str:
    """Return the channel's name: Redis publishes across its numbered databases."""
    number = redis.ConnectionPool.from_url(url).connection_kwargs.get("db", 0)
    return f"leadhub:live:{number}"


def send(url: str, event: LiveEvent) -> None:
    """Hand the event to this process's sending thread."""
    _sender(url, os.getpid()).put(event)


@lru_cache
def _sender(url: str, pid: int) -> "_Sender":
    # A thread does not survive a fork, so there is one per process id.
    return _Sender(url)


class _Sender:
    def __init__(self, url: str):
        self._client = redis.Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2)
        self._channel = channel_of(url)
        self._waiting: queue.Queue[LiveEvent] = queue.Queue(ROOM)
        self._missed = False
        threading.Thread(target=self._run, name="live sender", daemon=True).start()
        # A command that ends at once after its commit still tells the others.
        atexit.register(self._drain, 2.0)

    def put(self, event: LiveEvent) -> None:
        try:
            self._waiting.put_nowait(event)
        except queue.Full:
            self._missed = True

    def _run(self) -> None:
        while True:
            event = self._waiting.get()
            try:
                if self._missed:
                    event = event.merged_with(MISSED)
                self._client.publish(self._channel, encode(event))
                self._missed = False
            except redis.RedisError as error:
                self._missed = True
                logger.warning("live events are not getting through: %s", error)
            finally:
                self._waiting.task_done()

    def _drain(self, seconds: float) -> None:
        waiting = threading.Thread(target=self._waiting.join, daemon=True)
        waiting.start()
        waiting.join(seconds)


async def listen(url: str, deliver: Callable[[LiveEvent], None]) -> None:
    """Receive until cancelled; after every reconnection everything counts as changed."""
    channel, pause, connected_before = channel_of(url), 0.1, False
    while True:
        client = redis.asyncio.Redis.from_url(url, health_check_interval=15, socket_connect_timeout=2)
        try:
            async with client.pubsub() as subscription:
                await subscription.subscribe(channel)
                async for message in subscription.listen():
                    if message["type"] == "subscribe":
                        if connected_before:
                            deliver(MISSED)
                        connected_before, pause = True, 0.1
                    elif message["type"] == "message":
                        deliver(decode(message["data"]))
        except (redis.RedisError, OSError) as error:
            logger.warning("live events: Redis is away (%s); trying again", error)
        finally:
            with contextlib.suppress(redis.RedisError, OSError):
                await client.aclose()
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
