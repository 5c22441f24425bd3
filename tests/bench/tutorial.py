"""The pattern of the tutorials, for comparison: each socket a consumer, each consumer a member of a channel layer's
group, each change sent to the group as a message. The layer is the one in memory: a Redis would only add to it."""

from typing import Any

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.layers import get_channel_layer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import path

settings.CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


class Consumer(AsyncJsonWebsocketConsumer):
    group = ""

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        self.group = content["stream"].replace(":", "-")
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.send_json({"type": "followed", "stream": content["stream"]})

    async def disconnect(self, code: int) -> None:
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def post_published(self, event: dict[str, Any]) -> None:
        await self.send_json({"type": "changes", "changes": [event["change"]]})


def write_and_render(thread: int, words: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The same document that the hub renders, so that both send the same bytes."""
    from forum.changes.documents import news
    from forum.changes.journal import head_of
    from tests.bench.server import write

    written = write(thread, words)
    stream = f"thread:{thread}"
    return written, news(stream, head_of(stream) - 1).document("en")["changes"][0]


async def put(thread: int, words: str) -> dict[str, Any]:
    written, change = await database_sync_to_async(write_and_render)(thread, words)
    layer = get_channel_layer()
    assert layer is not None
    await layer.group_send(f"thread-{thread}", {"type": "post.published", "change": change})
    return written


application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": AuthMiddlewareStack(URLRouter([path("ws/", Consumer.as_asgi())])),
    }
)
