"""A server under a bench: `python -m tests.bench.server ours|tutorial PORT`.

Both write the same way, with the forum's own action and in the server's own process, at POST /bench/put/THREAD/
(body: the text), which answers when it was committed. So what differs is how the change reaches the readers.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any

import django

from realtime.server import Server  # before anything else of Django's, which might start a loop of its own

django.setup()
logging.getLogger().setLevel(logging.WARNING)


def write(thread: int, words: str) -> dict[str, Any]:
    from django.utils import timezone

    from forum import text
    from forum.models import Thread
    from forum.threads import actions

    found = Thread.objects.select_related("community", "author").get(pk=thread)
    body = text.clean(words, "markdown")
    post = actions.reply(author=found.author, thread=found, body=body, at=timezone.now())
    return {"post": post.pk, "number": post.number, "at": time.time()}


def with_writing(application: Any, put: Callable[[int, str], Coroutine[Any, Any, dict[str, Any]]]) -> Any:
    async def handle(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/bench/put/"):
            await application(scope, receive, send)
            return
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message.get("more_body"):
                break
        answer = json.dumps(await put(int(scope["path"].split("/")[3]), body.decode())).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return handle


def main(kind: str, port: int) -> None:
    from realtime.management.commands.serve import allow_many_files

    allow_many_files()
    if kind == "ours":
        from realtime import asgi

        async def put(thread: int, words: str) -> dict[str, Any]:
            asgi.messenger.wake()
            return await asgi.threads.run(write, thread, words)

        application = with_writing(asgi.application, put)
    else:
        from tests.bench import tutorial

        application = with_writing(tutorial.application, tutorial.put)
    Server(application, host="127.0.0.1", port=port, body_max_bytes=1_000_000).run()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
