"""The server's entry: pages and sockets of one process, on the same small pool of threads."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.config.settings")
django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402  Django stands first
from channels.security.websocket import OriginValidator  # noqa: E402
from channels.sessions import CookieMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from realtime.consumer import Consumer  # noqa: E402
from realtime.hub import Hub  # noqa: E402
from realtime.messenger import Messenger  # noqa: E402
from realtime.pages import Pages  # noqa: E402
from realtime.threads import Threads  # noqa: E402


class FullOrigin(OriginValidator):  # type: ignore[misc]  # channels carries no types
    """Scheme, host and port; what is no origin at all is a refusal and not a traceback."""

    def valid_origin(self, parsed_origin: Any) -> bool:
        try:
            return bool(super().valid_origin(parsed_origin))
        except ValueError:
            return False


async def nowhere(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "websocket.close"})


threads = Threads()
hub = Hub(threads)
messenger = Messenger(hub)
_consumer: Any = CookieMiddleware(Consumer(hub))
_nowhere: Any = nowhere  # Django's paths take any callable, its types only views
_sockets = URLRouter([path("ws/", _consumer), re_path("", _nowhere)])
_router = ProtocolTypeRouter({"http": Pages(threads), "websocket": FullOrigin(_sockets, settings.SITE_ORIGINS)})


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    messenger.wake()
    await _router(scope, receive, send)
