"""A post that stands in as many places as a post can, and what each of the cast sees of its words there."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.files.actions import keep_picture
from forum.methods import actions as methods
from forum.models import Community, Post, Thread
from forum.notifications.spreading import spread
from forum.threads import actions
from tests.house.walk import tiny_png

SOUGHT, SECRET = "zqlampions", "zqtwigs"
#: Differs from answer to answer, and tells nothing.
_PASSING = re.compile(
    r'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"|"csrf[^"]*": *"[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}'
)
_HEADS = re.compile(r'data-since="\d+"|"(head|n|since)": \d+')
ENGLISH = {"accept-language": "en"}


def written(author: Member, thread: Thread, words: str, **more: Any) -> Post:
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown"), at=timezone.now(), **more)


@dataclass
class World:
    """`post`: number 2 of `thread`, with the secret in it; `other`: a thread that quotes it."""

    post: Post
    thread: Thread
    other: Thread
    picture: Any
    wish: Any
    people: dict[str, Member]
    browsers: dict[str, Client] = field(default_factory=dict)

    def get(self, name: str, address: str, **headers: str) -> Any:
        return self.browsers[name].get(address, headers=ENGLISH | headers)

    @property
    def addresses(self) -> dict[str, str]:
        pk = self.post.pk
        return {
            "thread": self.thread.get_absolute_url(),
            "quoted": self.other.get_absolute_url(),
            "options": f"/posts/{pk}/options/",
            "revisions": f"/posts/{pk}/revisions/",
            "card": f"/posts/{pk}/card/",
            "edit": f"/posts/{pk}/edit/",
            "search": f"/search/?q={SOUGHT}",
            "profile": "/members/author/",
            "changes": f"/changes/?stream=thread:{self.thread.pk}&since=0",
            "changes quoted": f"/changes/?stream=thread:{self.other.pk}&since=0",
            "wish": f"/wishes/{self.wish.pk}/",
            "home": "/",
            "list": self.thread.community.get_absolute_url(),
            "quoting": f"{self.thread.get_absolute_url()}?quote={pk}",
        }

    def visit(self) -> None:
        """Everybody has read what is new: what a page looks like the second time is how it stays."""
        spread()
        for name in self.browsers:
            for where in ("thread", "quoted", "wish", "card"):
                self.get(name, self.addresses[where])

    def answers(self) -> dict[tuple[str, str], str]:
        """(who, where) -> what is answered there, without what differs each time."""
        spread()
        found = {}
        for name in self.browsers:
            for where, address in self.addresses.items():
                answer = self.get(name, address)
                found[name, where] = f"{answer.status_code} {_PASSING.sub('', answer.content.decode())}"
            json = self.get(name, self.addresses["search"], accept="application/json").json()
            found[name, "json"] = str(json)
            found[name, "picture"] = str(self.get(name, self.picture.get_absolute_url()).status_code)
        return found


def telling(answers: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
    """Where the secret is read."""
    return {key for key, answer in answers.items() if SECRET in answer}


def same(before: dict[tuple[str, str], str], after: dict[tuple[str, str], str]) -> bool:
    """Do all pages show again what they showed? Streams have gone on."""
    for key, answer in before.items():
        if not key[1].startswith("changes"):
            assert _lasting(answer) == _lasting(after[key]), key
    return True


def _lasting(answer: str) -> list[str]:
    return [line for line in _HEADS.sub("", answer).splitlines() if line.strip()]


@pytest.fixture
def world(
    settings: Any,
    tmp_path: Any,
    client_of: Callable[[Member], Client],
    visitor: Client,
    outsider: Member,
    cast: dict[str, Member],
    thread_in: Callable[..., Thread],
    open_house: Community,
) -> World:
    settings.MEDIA_ROOT = tmp_path
    people = SimpleNamespace(**cast)
    thread, other = thread_in(open_house), thread_in(open_house, title="Elsewhere")
    picture = keep_picture(uploader=people.author, file=io.BytesIO(tiny_png()), size=10)
    words = f"Paper {SOUGHT} and {SECRET} by @steward over the whole street, from tree to tree."
    shown = f"{words}\n\n![x](/pictures/{picture.pk}/)"
    post = written(people.author, thread, shown)
    actions.edit_post(editor=people.author, post=post, body=text.clean(f"{shown}\n\nLater.", "markdown"), based_on=1)
    for place in (thread, other):
        written(people.neighbour, place, f">>{post.pk}.1\n\nAs was said.")
    written(people.moderator, thread, "I will come.", reply_to=post)
    actions.react(member=people.steward, post=post, kind="thanks")
    wish = methods.wish_card(member=people.neighbour, post=post)
    browsers = {name: client_of(member) for name, member in {**cast, "outsider": outsider}.items() if name != "steward"}
    post.refresh_from_db()
    return World(post, thread, other, picture, wish, cast, {**browsers, "visitor": visitor})
