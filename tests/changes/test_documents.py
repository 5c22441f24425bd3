"""GET /changes/: what a page missed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import changes
from forum.changes.documents import MOST, document
from forum.changes.models import Change
from tests.changes.stub import Boxes, put


def ask(client: Client, stream: object = "box:2", since: object = 0, **headers: str):
    return client.get("/changes/", {"stream": stream, "since": since}, headers=headers)


def test_what_is_newer_in_order(boxes: Boxes, visitor: Client) -> None:
    for item in (7, 8, 9):
        put("box:2", item)
    answer = ask(visitor, since=1)
    assert answer.json() == {
        "stream": "box:2",
        "since": 1,
        "head": 3,
        "gap": False,
        "changes": [
            {"n": 2, "kind": "item.put", "op": "append", "target": "#items", "id": "item-8",
             "html": '<p id="item-8" lang="en">ś</p>'},
            {"n": 3, "kind": "item.put", "op": "append", "target": "#items", "id": "item-9",
             "html": '<p id="item-9" lang="en">ś</p>'},
        ],
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]
    assert boxes.rendered == [("en", 2)], "one call for all the changes"


def test_nothing_new(boxes: Boxes, visitor: Client) -> None:
    assert ask(visitor).json() == {"stream": "box:2", "since": 0, "head": 0, "gap": False, "changes": []}
    put("box:2", 1)
    assert ask(visitor, since=1).json()["changes"] == []


def test_in_the_language_of_the_page(boxes: Boxes, visitor: Client) -> None:
    put("box:2", 1)
    answer = ask(visitor, **{"accept-language": "pl"})
    assert 'lang="pl"' in answer.json()["changes"][0]["html"]


def test_unseen_and_absent_are_the_same(boxes: Boxes, visitor: Client, outsider: Member, client_of) -> None:
    put("box:1", 1)
    for client in (visitor, client_of(outsider)):
        answers = [ask(client, stream) for stream in ("box:1", "box:3", "nobody:1", "box:x", "thread:99999999", "x")]
        assert {answer.status_code for answer in answers} == {404}
        assert len({without_address_and_tokens(answer.content.decode()) for answer in answers}) == 1


def without_address_and_tokens(page: str) -> str:
    return re.sub(r'nonce="[^"]*"|value="[^"]{32,}"|value="/changes/[^"]*"|stream(=|%3D)[^&"]*', "", page)


def test_the_rule_is_asked_for_this_viewer(boxes: Boxes, author: Member, neighbour: Member, client_of) -> None:
    put("box:1", 1)
    boxes.readers = {author.pk}
    assert ask(client_of(author), "box:1").status_code == 200
    assert ask(client_of(neighbour), "box:1").status_code == 404
    assert document(neighbour, "box:1", 0, "en") is None


@pytest.mark.parametrize("since", ["", "x", "-1", "1.5", "٣", "9" * 30, str(2**63)])
def test_a_bad_number_is_said_so(boxes: Boxes, visitor: Client, since: str) -> None:
    answer = ask(visitor, since=since)
    assert answer.status_code == 400
    assert "since" in answer.json()["error"]


@pytest.mark.parametrize("stream", ["", "box:" + "1" * 80])
def test_a_bad_name_is_said_so(boxes: Boxes, visitor: Client, stream: str) -> None:
    answer = ask(visitor, stream)
    assert answer.status_code == 400
    assert "stream" in answer.json()["error"]


def test_only_reading(boxes: Boxes, visitor: Client) -> None:
    assert visitor.post("/changes/").status_code == 405


def test_too_far_behind_is_a_gap(boxes: Boxes, visitor: Client) -> None:
    with changes.writing():
        for item in range(MOST + 1):
            changes.record("box:2", "item.put", item=item)
    behind = ask(visitor, since=0).json()
    assert (behind["gap"], behind["head"], behind["changes"]) == (True, MOST + 1, [])
    assert len(ask(visitor, since=1).json()["changes"]) == MOST


def test_forgotten_history_is_a_gap(boxes: Boxes, visitor: Client) -> None:
    for item in range(4):
        put("box:2", item)
    Change.objects.filter(n__lte=2).update(at=timezone.now() - timedelta(days=60))
    changes.prune()
    assert ask(visitor, since=1).json()["gap"] is True
    assert [change["n"] for change in ask(visitor, since=2).json()["changes"]] == [3, 4]


def test_a_page_from_the_future_is_a_gap(boxes: Boxes, visitor: Client) -> None:
    """The database was restored from yesterday; the page has seen more."""
    put("box:2", 1)
    assert ask(visitor, since=5).json() == {"stream": "box:2", "since": 5, "head": 1, "gap": True, "changes": []}


def test_as_many_queries_for_many_as_for_one(boxes: Boxes, visitor: Client, django_assert_num_queries) -> None:
    with changes.writing():
        for item in range(50):
            changes.record("box:2", "item.put", item=item)
    with django_assert_num_queries(2):
        ask(visitor, since=49)
    with django_assert_num_queries(2):
        ask(visitor, since=0)
