"""How the hub hears of commits: from this process at once, from the others through Redis when there is one.

Nothing here may fail or delay a write. What gets lost is found within a second by the hub's look at the journal.
"""

import asyncio
import contextlib
import logging
import random
import uuid
from typing import Any

from django.conf import settings

from forum import changes
from realtime.hub import Hub

log = logging.getLogger(__name__)
GROUP = "changes"


class Messenger:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.me = uuid.uuid4().hex
        self.layer: Any = None
        if settings.REDIS_URL:
            from channels_redis.pubsub import RedisPubSubChannelLayer

            self.layer = RedisPubSubChannelLayer(hosts=[settings.REDIS_URL], prefix="courtyard")
        changes.announce_to(self.hear)

    def wake(self) -> None:
        """On the loop, before the first page or socket; cheap to repeat."""
        if self.hub.loop is None:
            self.hub.loop = asyncio.get_running_loop()
            if self.layer is not None:
                self.hub.begin(self.listen())

    def hear(self, streams: list[str]) -> None:
        """After a commit, on whichever thread made it."""
        if self.hub.loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop has closed: nobody is here any more
                self.hub.loop.call_soon_threadsafe(self.spread, streams)

    def spread(self, streams: list[str]) -> None:
        self.hub.publish(streams)
        if self.layer is not None:
            self.hub.begin(self.tell(streams))

    async def tell(self, streams: list[str]) -> None:
        try:
            await self.layer.group_send(GROUP, {"type": "moved", "streams": streams, "by": self.me})
        except Exception as error:
            log.warning("the other processes were not told: %s", error)

    async def listen(self) -> None:
        """For ever one member of one group; after a failure again, and not all processes in the same moment."""
        while True:
            try:
                channel = await self.layer.new_channel()
                await self.layer.group_add(GROUP, channel)
                while True:
                    message = await self.layer.receive(channel)
                    if message["by"] != self.me:
                        self.hub.publish(message["streams"])
            except Exception as error:
                log.warning("listening to the other processes failed, trying again: %s", error)
                await asyncio.sleep(1 + random.random())  # noqa: S311  spreads load, hides nothing
