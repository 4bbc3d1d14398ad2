import asyncio
import contextlib
import os
import shutil
import subprocess
import sys

import pytest
import redis

from leadhub.live import Hub, LiveEvent, publish
from leadhub.live.local_socket import socket_folder
from leadhub.settings import get_settings

SOON = 5.0

PUBLISH_FROM_ANOTHER_PROCESS = """
from leadhub.live import LiveEvent, publish
publish(LiveEvent(tables={"lead": (42,)}, action="assign lead"))
"""


@pytest.fixture(params=["local", "redis"])
def transport(request, data_dir, monkeypatch):
    if request.param == "redis":
        monkeypatch.setenv("LEADHUB_REDIS_URL", request.getfixturevalue("redis_url"))
        get_settings.cache_clear()
    return request.param


@contextlib.asynccontextmanager
async def running_hub():
    """A hub that has proved that it hears."""
    hub = Hub()
    async with hub.running():
        async with hub.subscribe("ready", at_most_every=0, jitter=0) as ready:
            while True:
                publish(LiveEvent(tables={"ready": (1,)}))
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(anext(ready), 0.2)
                    break
        yield hub


async def next_of(subscription):
    return await asyncio.wait_for(anext(subscription), SOON)


async def test_a_change_reaches_those_who_listen_and_nobody_else(transport):
    """Guards against screens that wake for other people's leads, or sleep through their own."""
    async with running_hub() as hub:
        quick = {"at_most_every": 0, "jitter": 0}
        async with (
            hub.subscribe("lead", **quick) as all_leads,
            hub.subscribe("lead:42", **quick) as this_lead,
            hub.subscribe("lead:4", "contact", **quick) as other,
            hub.subscribe("notification:user:7", **quick) as bell,
        ):
            sent = LiveEvent(tables={"lead": (42,)}, topics=frozenset({"notification:user:7"}), actor_id=3)
            publish(sent)
            assert await next_of(all_leads) == sent
            assert await next_of(this_lead) == sent
            assert await next_of(bell) == sent
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(anext(other), 0.05)


async def test_a_change_comes_from_another_process(transport):
    """Guards against a command line or a job process whose writes no screen shows."""
    async with running_hub() as hub, hub.subscribe("lead:42", at_most_every=0, jitter=0) as changes:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PUBLISH_FROM_ANOTHER_PROCESS, env=os.environ.copy()
        )
        assert (await asyncio.wait_for(anext(changes), 30)).action == "assign lead"
        assert await process.wait() == 0


async def test_many_changed_wakes_each_listener_of_that_table(transport):
    """Guards against an open lead page that misses a bulk edit."""
    async with running_hub() as hub, hub.subscribe("lead:42", at_most_every=0, jitter=0) as changes:
        publish(LiveEvent(tables={"lead": tuple(range(1000, 9000))}))
        assert (await next_of(changes)).is_many("lead")


async def test_changes_that_come_while_a_reader_is_busy_become_one():
    """Guards against a queue that grows behind a slow screen."""
    hub = Hub()
    async with hub.subscribe("lead", at_most_every=0, jitter=0) as changes:
        for record_id in range(1, 50):
            hub.deliver(LiveEvent(tables={"lead": (record_id,)}))
        assert (await next_of(changes)).tables["lead"] == tuple(range(1, 50))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(changes), 0.02)


async def test_a_reader_that_is_cancelled_leaves_nothing_behind():
    """Guards against subscriptions that pile up with every page that is left."""
    hub = Hub()

    async def watch():
        async with hub.subscribe("lead", "lead:1") as changes:
            async for _ in changes:
                pass

    task = asyncio.create_task(watch())
    await asyncio.sleep(0)
    assert hub.count_subscriptions() == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert hub.count_subscriptions() == 0
    assert not hub._listeners


async def test_a_flood_ends_in_the_newest_state_or_in_missed(data_dir):
    """Guards against a full socket that silently swallows the last change."""
    async with running_hub() as hub, hub.subscribe("lead", "last", at_most_every=0, jitter=0) as changes:
        for number in range(3000):
            publish(LiveEvent(tables={"lead": (number + 1,)}, fields=frozenset({"lead.title"})))
        publish(LiveEvent(tables={"last": (1,)}))
        while not (event := await next_of(changes)).touches("last"):
            pass
        assert event.missed or "last" in event.tables


async def test_a_lost_connection_to_redis_counts_as_missed(data_dir, redis_url, monkeypatch):
    """Guards against screens that stay old after Redis was away."""
    monkeypatch.setenv("LEADHUB_REDIS_URL", redis_url)
    get_settings.cache_clear()
    async with running_hub() as hub, hub.subscribe("lead", at_most_every=0, jitter=0) as changes:
        client = redis.Redis.from_url(redis_url)
        for listener in client.client_list(_type="pubsub"):
            if listener["db"] == redis_url.rpartition("/")[2]:
                client.client_kill_filter(_id=listener["id"])
        assert (await next_of(changes)).missed


async def test_sockets_of_dead_processes_are_cleared_away(data_dir):
    """Guards against a folder that fills with every restart."""
    dead = socket_folder(data_dir) / "1-dead.sock"
    subprocess.run(
        [sys.executable, "-c", f"import socket;socket.socket(1, 2).bind({str(dead)!r})"], check=True
    )
    assert dead.exists()
    publish(LiveEvent(tables={"lead": (1,)}))
    assert not dead.exists()


async def test_a_very_long_data_folder_still_gets_a_socket(tmp_path, monkeypatch):
    """Guards against the 104 bytes that a socket's path may have."""
    deep = tmp_path / ("long" * 30)
    monkeypatch.setenv("LEADHUB_DATA_DIR", str(deep))
    monkeypatch.setenv("LEADHUB_REDIS_URL", "")
    get_settings.cache_clear()
    try:
        async with running_hub():
            pass
    finally:
        shutil.rmtree(socket_folder(deep), ignore_errors=True)
        get_settings.cache_clear()


def test_publishing_with_nobody_there_is_no_error(tmp_path, monkeypatch):
    """Guards against a commit that fails because Redis is away."""
    monkeypatch.setenv("LEADHUB_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LEADHUB_REDIS_URL", "redis://127.0.0.1:1/0")
    get_settings.cache_clear()
    publish(LiveEvent(tables={"lead": (1,)}))
    get_settings.cache_clear()
