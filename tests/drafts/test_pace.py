"""Limits of what the composer asks while somebody writes: far beyond hands, asked before the work, the text kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import Member
from forum import text
from forum.drafts import views
from forum.models import Community, Draft, Thread
from forum.web import kept
from tests.drafts.helpers import kept_body, posted, put

ClientOf = Callable[[Member], Client]
SCRIPT = {"accept": "application/json"}


@pytest.fixture
def thread(open_house: Community, thread_in: Callable[..., Thread]) -> Thread:
    return thread_in(open_house)


@pytest.fixture(autouse=True)
def two_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MOST_SAVES", "MOST_PREVIEWS", "MOST_LOOK_UPS"):
        monkeypatch.setattr(views, limit, 2)


@pytest.fixture
def never_cleaned(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def fail(*_: Any) -> None:
        pytest.fail("the text was read before the limit was asked")

    return lambda: monkeypatch.setattr(text, "clean", fail)


def test_drafts_are_saved_so_often_and_the_last_one_stays(
    thread: Thread, neighbour: Member, client_of: ClientOf
) -> None:
    client, place = client_of(neighbour), f"thread:{thread.pk}"
    known = put(client, place, "one").json()["version"]
    assert put(client, place, "one two", known).status_code == 200
    refused = put(client, place, "one two three", None)
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert "kept on this device" in refused.json()["error"]
    assert kept_body(neighbour, place) == "one two"


def test_one_members_pace_is_nobody_elses(
    thread: Thread, neighbour: Member, author: Member, client_of: ClientOf
) -> None:
    for _again in range(3):
        last = put(client_of(neighbour), f"thread:{thread.pk}", "words", None)
    assert last.status_code == 429
    assert put(client_of(author), f"thread:{thread.pk}", "words").status_code == 200


def test_the_demos_accounts_are_many_people(thread: Thread, author: Member, client_of: ClientOf, settings: Any) -> None:
    settings.DEMO = True
    Member.objects.filter(pk=author.pk).update(email="author@demo.example")
    answers = {put(client_of(author), f"thread:{thread.pk}", "words", None).status_code for _again in range(20)}
    assert answers == {200}


def test_a_limited_preview_cleans_nothing_and_keeps_the_text(
    thread: Thread, neighbour: Member, client_of: ClientOf, never_cleaned: Callable[[], None]
) -> None:
    client, sent = client_of(neighbour), posted(thread, neighbour, "A **lamp** in the yard")
    for _again in range(2):
        assert "<strong>lamp</strong>" in client.post("/preview/", sent, headers=SCRIPT).json()["html"]
    never_cleaned()
    refused = client.post("/preview/", sent, headers=SCRIPT)
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert refused.json() == {"html": "", "stored": "", "error": "That was very quick. Please try again in a moment."}
    page = client.post("/preview/", sent)
    assert page.status_code == 429
    assert page["Retry-After"]
    assert "That was very quick" in page.content.decode()
    assert 'value="A **lamp** in the yard"' in page.content.decode()
    assert Draft.objects.get(member=neighbour).body == "A **lamp** in the yard"


def test_looking_people_up_has_a_limit(thread: Thread, neighbour: Member, client_of: ClientOf) -> None:
    client, question = client_of(neighbour), {"place": f"thread:{thread.pk}", "q": "auth"}
    for _again in range(2):
        assert client.get("/mentions/", question).json()["members"]
    refused = client.get("/mentions/", question)
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert refused.json()["members"] == []


def test_strangers_fill_no_shelves(thread: Thread, neighbour: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a workshop's worth of lost sessions a text of nobody's is shown, to be copied, and not kept."""
    monkeypatch.setattr(kept, "MOST_AN_HOUR_FROM_ONE_ADDRESS", 2)
    pages = [
        Client(headers={"accept-language": "en"}).post(
            f"/threads/{thread.pk}/posts/", posted(thread, neighbour, "Words")
        )
        for _again in range(3)
    ]
    assert [page.status_code for page in pages] == [401, 401, 401]
    assert all(">Words</textarea>" in page.content.decode() for page in pages)
    assert ["please copy it" in page.content.decode() for page in pages] == [False, False, True]
    assert Session.objects.count() == 2
