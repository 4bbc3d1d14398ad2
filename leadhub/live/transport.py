"""Which way events travel: Redis where there is one, else a socket in the data folder.

Redis is imported where it is used: its client costs a third of a second at start.
"""

import logging
from collections.abc import Callable

from leadhub.live import local_socket
from leadhub.live.events import LiveEvent, capped
from leadhub.settings import get_settings

logger = logging.getLogger(__name__)


def publish(event: LiveEvent) -> None:
    """Tell every process; never blocks, never raises."""
    try:
        settings = get_settings()
        if settings.redis_url:
            from leadhub.live import redis_channel

            redis_channel.send(settings.redis_url, capped(event))
        else:
            local_socket.send(settings.data_dir, capped(event))
    except Exception:
        logger.exception("a live event could not be published")


async def listen(deliver: Callable[[LiveEvent], None]) -> None:
    """Hand every published event to `deliver`, until cancelled."""
    settings = get_settings()
    if settings.redis_url:
        from leadhub.live import redis_channel

        await redis_channel.listen(settings.redis_url, deliver)
    else:
        await local_socket.listen(settings.data_dir, deliver)
