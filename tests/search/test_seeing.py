"""Nobody finds what they may not read, not even by counting; what changes is found as it is now."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum import text
from forum.methods import actions as methods
from forum.models import Membership
from forum.threads import actions
from tests.methods.cards import published, soup
from tests.search.test_search import answered, asked, begun, titles

pytestmark = pytest.mark.django_db

HOSTILE = [
    '"',
    "'",
    "''",
    "\\",
    "a'b\"c",
    "*",
    "warsz*",
    "NEAR(a b, 5)",
    "title:secret",
    "a AND OR NOT b",
    "^a + -b",
    "{title words}: a",
    ")(",
    "a & | ! <-> b",
    ":* 'x':1A",
    "%s %(x)s",
    "a\x00b",
    "\x00",
    "\ud83d",
    "🎪🎪",
    "\u202e\u200b",
    "a\u0301" * 90,
    "word " * 10_000,
    "x" * 100_000,
    "'; DROP TABLE forum_searchterms; --",
]


@pytest.fixture
def told(author, closed_house):
    """The same word in each kind of thing of a closed community."""
    thread = begun(author, closed_house, "Xylophone night")
    answered(author, thread, "A xylophone of pipes.")
    published(author, closed_house, title="Xylophone walk")
    return thread


def test_an_outsider_finds_nothing_of_a_closed_community_and_no_number_tells(
    client_of, author, outsider, visitor, told
):
    assert asked(client_of(author), "xylophone")["count"] == 3
    for client in (client_of(outsider), visitor):
        for kind in ("", "thread", "post", "method"):
            assert asked(client, "xylophone", kind=kind) == asked(client, "nothinglikeit", kind=kind)
        page = client.get("/search/", {"q": "xylophone"}).content.decode()
        nothing = client.get("/search/", {"q": "nothinglikeit"}).content.decode()
        assert page.count("<li>") == nothing.count("<li>")


def test_losing_access_silences_at_once(client_of, neighbour, closed_house, told):
    reader = client_of(neighbour)
    assert asked(reader, "xylophone")["count"] == 3
    Membership.objects.filter(community=closed_house, member=neighbour).delete()
    assert asked(reader, "xylophone")["count"] == 0


def test_what_was_written_for_members_stays_with_them_when_the_community_opens(visitor, closed_house, told):
    closed_house.audience = "anyone"
    closed_house.save(update_fields=["audience"])
    assert asked(visitor, "xylophone")["count"] == 0


def test_an_edit_is_found_by_its_new_words_only(author, visitor, open_house):
    thread = begun(author, open_house, "Tea", "We had a walnut cake.")
    for post in (thread.posts.get(), answered(author, thread, "Another walnut cake.")):
        words = text.clean("We had a plum pie.", "markdown")
        actions.edit_post(editor=author, post=post, body=words, based_on=1)
    assert asked(visitor, "walnut")["count"] == 0
    assert asked(visitor, "plums")["count"] == 2


def test_a_new_title_is_found_and_the_old_one_is_not(author, visitor, open_house):
    thread = begun(author, open_house, "Walnut cake")
    actions.retitle_thread(by=author, thread=thread, title="Plum pie", section=None, language="en")
    assert titles(visitor, "walnut") == []
    assert titles(visitor, "plum") == ["Plum pie"]


def test_words_taken_back_are_gone_at_once(author, visitor, open_house):
    thread = begun(author, open_house, "Tea", "A walnut cake.")
    answer = answered(author, thread, "My walnut cake.")
    for post in (answer, thread.posts.get(number=1)):
        actions.delete_post(by=author, post=post)
    assert asked(visitor, "walnut")["count"] == 0
    assert titles(visitor, "tea") == ["Tea"]  # the thread itself stands


def test_words_of_others_are_not_found_in_the_posts_that_quote_them(author, neighbour, visitor, open_house):
    thread = begun(author, open_house, "Tea")
    first = answered(author, thread, "A walnut cake.")
    answered(neighbour, thread, f">>{first.pk}.1\n\nYes, please.")
    assert [result["id"] for result in asked(visitor, "walnut")["results"]] == [first.pk]


def test_a_method_is_found_as_it_stands_now(author, visitor, open_house):
    method = published(author, open_house, tips="Bring a walnut cake.")
    assert asked(visitor, "walnut")["count"] == 1
    methods.revise_method(editor=author, method=method, card=soup(tips="A plum pie."), body=None, based_on=1, note="x")
    assert asked(visitor, "walnut")["count"] == 0
    assert asked(visitor, "plum")["count"] == 1


def test_what_was_redacted_is_found_no_more(author, steward, visitor, open_house):
    method = published(author, open_house, tips="Ask little Zbyszek for salt.")
    assert asked(visitor, "zbyszek")["count"] == 1
    methods.redact_method(by=steward, method=method, words="Zbyszek", reason="a child's name")
    assert asked(visitor, "zbyszek")["count"] == 0
    assert asked(visitor, "salt")["count"] == 1


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_break_it(author, visitor, open_house, words):
    begun(author, open_house, "Tea", words[:5000].replace("\x00", "").replace("\ud83d", "") + " tea")
    sent = words.encode("utf-8", "surrogatepass")
    for address in ("/search/", "/methods/"):
        for more in ({}, {"kind": sent[:50], "page": sent[:50]}):
            assert visitor.get(address, {"q": sent, **more}).status_code == 200
    answer = visitor.get("/search/", {"q": sent}, headers={"Accept": "application/json"})
    assert answer.json()["count"] <= 1


def test_more_results_are_no_more_questions(client_of, author, open_house):
    def questions(client):
        cache.clear()
        client.get("/search/", {"q": "tea"})
        with CaptureQueriesContext(connection) as asked_for:
            assert client.get("/search/", {"q": "tea"}).status_code == 200
        return len(asked_for)

    reader = client_of(author)
    thread = begun(author, open_house, "Tea")
    answered(author, thread, "Tea")
    published(author, open_house, title="Tea")
    before = questions(reader)
    for n in range(4):
        answered(author, begun(author, open_house, f"Tea {n}"), "Tea")
        published(author, open_house, title=f"Tea {n}")
    assert questions(reader) == before
    assert before <= 11  # the bell asks two of them
