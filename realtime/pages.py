"""Pages: Django's handler for a site whose views and middlewares are all sync, one hop to a thread a request.

Django's own asynchronous handler crosses between loop and thread at every change of kind in the chain, and twice
more for its signals; a visitor's page is half as quick with it.
"""

from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.http import HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from realtime.threads import Threads

Scope = dict[str, Any]


class Pages(ASGIHandler):
    def __init__(self, threads: Threads) -> None:
        BaseHandler.__init__(self)  # ASGIHandler's would build the chain of middlewares asynchronously
        self.threads = threads
        self.load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        scope = with_real_client(scope)
        async with self.threads.one():
            response = await sync_to_async(self.answer)(scope, body)
            if response.streaming:
                await self.stream(response, send)
                return
        await self.send_response(response, send)

    def answer(self, scope: Scope, body: Any) -> HttpResponseBase:
        """On the page's thread, a whole request as WSGI would do it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=self.__class__, scope=scope)
        request, refusal = self.create_request(scope, body)
        if request is None or refusal is not None:
            body.close()
            return refusal or HttpResponseBadRequest()
        response = self.get_response(request)
        response._handler_class = self.__class__  # type: ignore[attr-defined]  # for request_finished, as Django does
        if not response.streaming:
            response.close()  # also closes the request, and with it the body; the content stays
        return response

    async def stream(self, response: Any, send: Any) -> None:
        """A file, a chunk at a time, read on the thread."""
        headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
        headers += [(b"Set-Cookie", cookie.OutputString().encode("ascii")) for cookie in response.cookies.values()]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        try:
            chunks = iter(response.streaming_content)
            while (chunk := await sync_to_async(lambda: next(chunks, None))()) is not None:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body"})
        finally:
            await sync_to_async(response.close)()


def with_real_client(scope: Scope) -> Scope:
    """The address our own outermost proxy saw. What stands further left in the header, anyone can write."""
    if not settings.TRUSTED_PROXY_COUNT:
        return scope
    values = [value.decode("latin1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    addresses = [part.strip() for value in values for part in value.split(",") if part.strip()]
    if len(addresses) < settings.TRUSTED_PROXY_COUNT:
        return scope
    return {**scope, "client": [addresses[-settings.TRUSTED_PROXY_COUNT], 0]}
