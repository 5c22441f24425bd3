"""The cast: the same people in every test. Author, neighbour, steward and moderator belong to all three
communities (the last two in those roles); the outsider is a member of the site and of nothing else; the visitor
has no account."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum.models import Community, Membership, Section, Thread

HOUSES = {
    "open_house": ("anyone", "open"),
    "closed_house": ("members", "request"),
    "invited_house": ("members", "invitation"),
}


def person(name: str, **fields: Any) -> Member:
    fields.setdefault("vouched_at", timezone.now())  # invited, so that a newcomer's limits do not meet them
    return Member.objects.create_user(
        email=f"{name}@cast.example",
        username=name,
        display_name=name.capitalize(),
        password="a-good-password",
        **fields,
    )


@pytest.fixture
def author(db: None) -> Member:
    return person("author", function="culture department", organisation="City of Łódź")


@pytest.fixture
def neighbour(db: None) -> Member:
    return person("neighbour")


@pytest.fixture
def steward(db: None) -> Member:
    return person("steward")


@pytest.fixture
def moderator(db: None) -> Member:
    return person("moderator")


@pytest.fixture
def outsider(db: None) -> Member:
    return person("outsider")


@pytest.fixture
def visitor() -> Client:
    return Client()


@pytest.fixture
def cast(author: Member, neighbour: Member, steward: Member, moderator: Member) -> dict[str, Member]:
    return {"author": author, "neighbour": neighbour, "steward": steward, "moderator": moderator}


def build_house(name: str, cast: dict[str, Member]) -> Community:
    audience, joining = HOUSES[name]
    house = Community.objects.create(
        slug=name.replace("_", "-"),
        names={"en": name.replace("_", " ").capitalize(), "pl": name.replace("_", " ")},
        audience=audience,
        joining=joining,
    )
    Section.objects.create(community=house, names={"en": "Workshops", "pl": "Warsztaty"}, position=1)
    for role, member in cast.items():
        Membership.objects.create(
            community=house, member=member, role=role if role in {"steward", "moderator"} else "member"
        )
    return house


@pytest.fixture
def open_house(cast: dict[str, Member]) -> Community:
    return build_house("open_house", cast)


@pytest.fixture
def closed_house(cast: dict[str, Member]) -> Community:
    return build_house("closed_house", cast)


@pytest.fixture
def invited_house(cast: dict[str, Member]) -> Community:
    return build_house("invited_house", cast)


@pytest.fixture
def client_of() -> Callable[[Member], Client]:
    """A signed-in browser of this member."""

    def client_of(member: Member) -> Client:
        client = Client()
        client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_of


@pytest.fixture
def thread_in(author: Member) -> Callable[..., Thread]:
    """A thread by the author with `posts` posts, made by the real actions."""

    def thread_in(community: Community, posts: int = 1, title: str = "What the estate gave us") -> Thread:
        from forum import text
        from forum.threads import actions

        body = text.clean("We began with tea.", "markdown")
        thread = actions.start_thread(
            author=author, community=community, title=title, body=body, language="en", at=timezone.now()
        )
        for n in range(2, posts + 1):
            actions.reply(author=author, thread=thread, body=text.clean(f"Word {n}.", "markdown"), at=timezone.now())
        thread.refresh_from_db()
        return thread

    return thread_in
