"""Reading: pages by number, what is new for me, addresses, and a constant number of queries."""

import pytest
from django.test.utils import CaptureQueriesContext

from forum import text
from forum.models import ReadMark
from forum.threads import actions

pytestmark = pytest.mark.django_db


def test_pages_of_twenty_by_number(visitor, thread_in, open_house):
    thread = thread_in(open_house, posts=45)
    for wanted, first, last in (
        ("", 1, 20),
        ("?from=20", 1, 20),
        ("?from=21", 21, 40),
        ("?from=999", 41, 45),
        ("?from=x", 1, 20),
    ):
        page = visitor.get(thread.get_absolute_url() + wanted)
        assert (page.context["first"], page.context["last"]) == (first, last), wanted
        assert [post.number for post in page.context["posts"]] == list(range(first, last + 1))
    post = thread.posts.get(number=33)
    assert visitor.get(f"/posts/{post.pk}/")["Location"] == f"{thread.get_absolute_url()}?from=21#post-{post.pk}"


def test_the_list_counts_what_is_new_for_me(client_of, neighbour, author, thread_in, open_house):
    thread, client = thread_in(open_house, posts=3), client_of(neighbour)

    def row():
        return client.get(f"/c/{open_house.slug}/").context["threads"][0]

    assert row().unread == 3
    client.get(thread.get_absolute_url())
    assert row().unread == 0
    for n in range(2):
        actions.reply(author=author, thread=thread, body=text.clean(f"More {n}", "markdown"))
    assert row().unread == 2
    jump = client.get(thread.get_absolute_url() + "?from=unread")
    assert jump["Location"].endswith("#n4")
    assert "New since" in client.get(thread.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    client.post(f"/threads/{thread.pk}/read-marks/", {"number": "2"})
    assert ReadMark.objects.get(member=neighbour).number == 5  # reading never goes backwards


def test_one_does_not_read_ones_own_words_as_new(client_of, author, thread_in, open_house):
    thread_in(open_house, posts=2)
    assert client_of(author).get(f"/c/{open_house.slug}/").context["threads"][0].unread == 0
    assert client_of(author).get("/").context["threads"] == []


def test_orders_and_sections(visitor, author, thread_in, open_house):
    old, new = thread_in(open_house, title="Old"), thread_in(open_house, title="New")
    actions.reply(author=author, thread=old, body=text.clean("Up.", "markdown"))

    def titles(query):
        return [row.title for row in visitor.get(f"/c/{open_house.slug}/{query}").context["threads"]]

    assert titles("") == ["Old", "New"]
    assert titles("?order=newest") == ["New", "Old"]
    assert titles("?order=unanswered") == ["New"]
    section = open_house.sections.get()
    actions.retitle_thread(by=author, thread=new, title="New", section=section, language="en")
    assert titles(f"?section={section.pk}") == ["New"]
    assert titles("?section=nonsense&page=-3&order=x") == ["Old", "New"]


def test_an_outsider_learns_nothing(client_of, outsider, visitor, thread_in, open_house, closed_house):
    seen, hidden = thread_in(open_house), thread_in(closed_house, title="Budget")
    post = hidden.posts.get()
    for client in (client_of(outsider), visitor):
        assert client.get(seen.get_absolute_url()).status_code == 200
        for address in (
            hidden.get_absolute_url(),
            f"/threads/{hidden.pk}/wrong/",
            f"/threads/{hidden.pk}/",
            f"/posts/{post.pk}/",
            f"/posts/{post.pk}/revisions/",
            f"/posts/{post.pk}/options/",
            f"/posts/{post.pk}/quote/",
            f"/c/{closed_house.slug}/",
            f"/c/{closed_house.slug}/?section=1",
        ):
            answer = client.get(address)
            assert answer.status_code == 404, address
            assert "Budget" not in answer.content.decode()


def queries_of(client, url):
    from django.db import connection

    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.fixture
def rich_thread(author, neighbour, thread_in, open_house):
    """Twenty posts that quote and mention."""
    thread = thread_in(open_house)
    first = thread.posts.get()
    for n in range(19):
        words = text.clean(f">>{first.pk}.1\n\n@author and @neighbour, {n}", "markdown")
        actions.reply(author=(author, neighbour)[n % 2], thread=thread, body=words, at=thread.started_at)
    return thread


def test_the_number_of_queries_does_not_grow(client_of, visitor, author, neighbour, rich_thread, thread_in, open_house):
    url, member = rich_thread.get_absolute_url(), client_of(neighbour)
    assert queries_of(visitor, url) <= 5
    assert queries_of(member, url) <= 8
    lists = ("/", f"/c/{open_house.slug}/")
    few = {(who, page): queries_of(client, page) for who, client in (("v", visitor), ("m", member)) for page in lists}
    for n in range(12):
        thread_in(open_house, title=f"Thread {n}")
    for (who, page), count in few.items():
        again = queries_of(visitor if who == "v" else member, page)
        assert again <= (6 if who == "v" else 10), (who, page)
        assert again <= count + 1, (who, page)
