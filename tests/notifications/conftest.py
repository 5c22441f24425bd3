"""Deeds, told at once: `told()` spreads what waits; `bell(member)` is the number on any page of theirs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.models import Post, Thread
from forum.notifications.spreading import spread
from forum.threads import actions

ENGLISH = {"accept-language": "en"}


def write(author: Member, thread: Thread, words: str = "I can bring benches.", **more: Any) -> Post:
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown"), at=timezone.now(), **more)


class Reader:
    """A member with a browser, and what stands on the pages they open."""

    def __init__(self, member: Member, client: Client) -> None:
        self.member, self.client = member, client

    def page(self, query: str = "") -> Any:
        spread()
        return self.client.get(f"/notifications/{query}", headers=ENGLISH)

    def lines(self, query: str = "") -> list[tuple[str, str]]:
        """[(title, what is said of it)], newest first, as the page says it."""
        return [(line.shown["title"], ", ".join(line.shown["said"])) for line in self.page(query).context["lines"]]

    def bell(self, where: str = "/") -> int:
        spread()
        html = self.client.get(where, headers=ENGLISH).content.decode()
        found = re.search(r'id="bell-count" class="bell-count">(?:<span aria-hidden="true">(\d+))?', html)
        assert found, html[:500]
        return int(found[1] or 0)


@pytest.fixture
def reader(client_of: Callable[[Member], Client]) -> Callable[[Member], Reader]:
    return lambda member: Reader(member, client_of(member))
