"""A thread in an open house, and what every file here asks of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.log import LogEntry
from forum.models import Change, Community, Post, Thread
from forum.threads import actions


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house)


@pytest.fixture
def moderating(client_of: Callable[[Member], Client], moderator: Member) -> Client:
    return client_of(moderator)


@pytest.fixture
def page(visitor: Client, thread: Thread) -> Callable[[], str]:
    """The thread as anybody reads it now."""

    def page() -> str:
        return visitor.get(f"/threads/{thread.pk}/", follow=True).content.decode()

    return page


@pytest.fixture
def logged() -> Callable[..., list[tuple[str, str]]]:
    return lambda: [(entry.kind, entry.words) for entry in LogEntry.objects.order_by("pk")]


@pytest.fixture
def undo(moderating: Client) -> Callable[[], Any]:
    """Presses the button that stands on the next page."""

    def undo() -> Any:
        offer = moderating.get("/drafts/").context["undo_offer"]
        return moderating.post(f"/log/{offer.first}/undo/", {"also": offer.others, "back": "/"}, follow=True)

    return undo


@pytest.fixture
def say(thread: Thread) -> Callable[..., Post]:
    def say(by: Member, words: str = "A word.", **more: Any) -> Post:
        body = text.clean(words, "markdown")
        return actions.reply(author=by, thread=thread, body=body, at=timezone.now(), **more)

    return say


def kinds(thread: Thread) -> list[str]:
    rows = Change.objects.filter(stream=f"thread:{thread.pk}").order_by("n")
    return list(rows.values_list("kind", flat=True))
