"""The cast walks every address and every stream, in every kind of community: who is outside learns nothing, not even
that something exists."""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, resolve

from accounts.models import Member
from forum import changes, text
from forum.communities import actions as communities
from forum.communities.models import Audience
from forum.models import Community, Draft, Thread
from forum.threads import actions
from tests.house.test_addresses import ADMIN, SIGNING_IN, every_address
from tests.house.walk import INSIDE, KINDS, NEVER, ROLES, WAYS, Way, browser_of, furnish, nowhere, people
from tests.house.walk import undone, upload, without_traces

pytestmark = pytest.mark.django_db

OUTSIDE = ("outsider", "visitor")
CLOSED = [kind for kind, (audience, _, _) in KINDS.items() if audience == "members"]
#: Where signed-in outsiders may read the name and the description of a community its stewards listed.
DOORS = {"directory", "community_request", "home"}
Cast = dict[str, Member]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(db: None) -> Cast:
    return people()


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    return {role: browser_of(cast.get(role)) for role in ROLES}


def filled(way: Way, place: SimpleNamespace) -> dict[str, Any]:
    if way.fields is None:
        return {}
    names = vars(place)
    return {
        field: upload() if value == "{file}" else value.format(**names) if isinstance(value, str) else value
        for field, value in way.fields.items()
    }


def questions(way: Way, place: SimpleNamespace) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(method, address, statuses of the roles, fields)"""
    address = way.address.format(**vars(place))
    yield "GET", address, way.get, {}
    yield "POST", address, way.post, {}
    if way.fields is not None:
        yield "POST", address, way.filled, filled(way, place)


def ask(browser: Client, method: str, address: str, fields: dict[str, Any]) -> HttpResponse:
    with undone():
        return browser.get(address) if method == "GET" else browser.post(address, fields)


def echoes(place: SimpleNamespace, address: str) -> list[str]:
    """What an answer may repeat because the question said it."""
    return [address, f"thread:{place.thread}", f"post:{place.post}", f"community:{place.community}", place.slug] + [
        f"/threads/{place.thread}/posts/"
    ]


def words_in(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(dict(answer.headers))


def test_every_address_has_its_entry() -> None:
    names = {name for name, _ in every_address(get_resolver().url_patterns, "/")}
    ours = {name for name in names if not name.startswith(("admin:", "account_", "usersessions_"))}
    assert ours == set(WAYS), "a new address needs its line in tests/house/walk.py"
    for name, way in WAYS.items():
        assert resolve(way.address.format(**vars(nowhere())).partition("?")[0]).url_name == name


def test_the_outsider_exists_and_can_do_things(cast: Cast, browsers: dict[str, Client]) -> None:
    place, outsider = furnish("open", cast), browsers["outsider"]
    assert outsider.post(f"/c/{place.slug}/membership/").status_code == 302
    fields = filled(WAYS["reply"], place)
    answer = outsider.post(f"/threads/{place.thread}/posts/", fields, follow=True)
    assert answer.status_code == 200
    assert "Good words." in answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_the_cast_walks_everywhere(kind: str, cast: Cast, browsers: dict[str, Client]) -> None:
    place, absent = furnish(kind, cast), nowhere()
    wrong, told = [], []
    for name, way in WAYS.items():
        for (method, address, statuses, fields), there in zip(
            questions(way, place), questions(way, absent), strict=True
        ):
            for role in OUTSIDE if statuses == NEVER else ROLES:
                answer = ask(browsers[role], method, address, fields)
                wanted = way.expected(statuses, kind, role)
                if answer.status_code != wanted:
                    wrong.append(f"{name} {method} {sorted(fields)} {role}: {answer.status_code}, not {wanted}")
                if kind == "open" or role in INSIDE or (kind == "listed" and name in DOORS and role == "outsider"):
                    continue
                if place.secret in words_in(answer) and name != "invitation":
                    told.append(f"{name} {method} {role}: its words")
                nothing = ask(browsers[role], method, there[1], there[3]) if there[1:] != (address, statuses, fields) else answer
                here_, there_ = without_traces(answer, *echoes(place, address)), without_traces(nothing, *echoes(absent, there[1]))
                if name != "invitation" and here_ != there_:
                    told.append(f"{name} {method} {role}: another answer than for nothing {here_} {there_}"[:1500])
    assert wrong == []
    assert told == []
