"""Split and merge of 500 posts: numbers, links, quotes, read marks and counts right, and few queries for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum import log, text
from forum.models import Post, PostQuote, ReadMark, Revision, Thread
from forum.threads import indexing
from forum.threads.moving.actions import merge_thread, split_thread
from tests.cast import person
from tests.threads.moving.conftest import order, say, whole

pytestmark = pytest.mark.django_db
COUNT = 500


def fill(thread, author, *, beginning, step):
    """As many posts as wanted, written `step` seconds apart, each quoting the one before."""
    body = text.clean("A word.", "markdown")
    first = thread.posts.get(number=1)
    Post.objects.filter(pk=first.pk).update(published_at=beginning)
    rows = [
        Post(
            thread=thread, number=n, author=author, source=f"W {n}", format="markdown", html=body.html,
            text_version=body.version, language="en", audience="anyone", reply_to=first,
            published_at=beginning + timedelta(seconds=step * n),
        )
        for n in range(2, COUNT + 1)
    ]  # fmt: skip
    posts = Post.objects.bulk_create(rows)
    Revision.objects.bulk_create(
        Revision(post=post, number=1, source=post.source, format="markdown", html=post.html, by=author)
        for post in posts
    )
    Thread.objects.filter(pk=thread.pk).update(
        last_number=COUNT, last_at=posts[-1].published_at, last_author=author, started_at=beginning
    )
    indexing.put_all("post", [post.pk for post in posts])
    PostQuote.objects.create(post=posts[100], source=posts[99])
    thread.refresh_from_db()


@pytest.fixture
def two(talk, open_house, neighbour):
    beginning = timezone.now() - timedelta(days=1)
    threads = talk(open_house, 1, "Benches"), talk(open_house, 1, "Lamps")
    for at, thread in enumerate(threads):
        fill(thread, neighbour, beginning=beginning + timedelta(seconds=at), step=2)
    ReadMark.objects.all().delete()
    for n in range(60):
        reader = person(f"reader-{n}")
        for thread in threads:
            ReadMark.objects.create(member=reader, thread=thread, number=n * 8)
    return threads


def test_merged_and_split_again(client_of, moderator, author, visitor, two):
    benches, lamps = two
    posts, others = order(lamps), order(benches)
    quoting = say(author, benches, f">>{posts[250]}.1\n\nJust so.")
    with CaptureQueriesContext(connection) as merging:
        done = merge_thread(by=moderator, thread=lamps, into=benches)
    assert len(merging) < 120, len(merging)
    whole(benches)
    assert order(benches) == [pk for pair in zip(others, posts, strict=True) for pk in pair] + [quoting.pk]
    marks = ReadMark.objects.filter(thread=benches).order_by("pk").values_list("number", "beyond")
    assert list(marks)[:60] == [(n * 16, None) for n in range(60)]
    assert not ReadMark.objects.filter(thread=lamps).exists()
    last = posts[-1]
    assert visitor.get(f"/posts/{last}/")["Location"] == f"{benches.get_absolute_url()}?from=981#post-{last}"
    page = visitor.get(f"/posts/{quoting.pk}/", follow=True).content.decode()
    assert f'href="/posts/{posts[250]}/"' in page
    assert "502" in page  # the number that stands at the quote
    assert "1000 replies" in page or "1,000 replies" in page
    with CaptureQueriesContext(connection) as splitting:
        new = split_thread(by=moderator, thread=benches, posts=posts, title="Lamps again").thread
    assert len(splitting) < 120, len(splitting)
    assert (order(new), order(benches)) == (posts, [*others, quoting.pk])
    whole(new)
    whole(benches)
    for thread in (benches, new):
        marks = ReadMark.objects.filter(thread=thread, member__username__startswith="reader").order_by("member")
        assert list(marks.values_list("number", "beyond")) == [(n * 8, None) for n in range(60)]
    assert done.entry.more["posts"] == posts


def test_undone_at_once(moderator, two):
    benches, lamps = two
    before = order(benches), order(lamps), list(ReadMark.objects.order_by("member", "thread").values_list("number"))
    done = merge_thread(by=moderator, thread=lamps, into=benches)
    log.undo(entry=done.entry, by=moderator)
    assert before == (
        order(benches), order(lamps), list(ReadMark.objects.order_by("member", "thread").values_list("number")),
    )  # fmt: skip
