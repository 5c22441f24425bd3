"""Taking one's words back: a stub keeps the thread readable."""

import pytest

from forum import changes, text
from forum.models import Change, Deletion
from forum.threads import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thread_in, open_house):
    return thread_in(open_house, posts=3).posts.get(number=2)


def test_the_author_deletes_and_a_stub_stays(client_of, author, visitor, post):
    client = client_of(author)
    assert client.get(f"/posts/{post.pk}/deletion/").status_code == 200
    for _twice in range(2):
        assert client.post(f"/posts/{post.pk}/deletion/", follow=True).status_code == 200
    page = visitor.get(post.thread.get_absolute_url()).content.decode()
    assert "Word 2." not in page
    assert f'id="post-{post.pk}"' in page
    assert "Word 3." in page
    assert Deletion.objects.get().by == author
    assert visitor.get(f"/posts/{post.pk}/revisions/").status_code == 404


@pytest.mark.parametrize("who", ["neighbour", "moderator", "outsider"])
def test_nobody_else_deletes(request, client_of, post, who):
    assert client_of(request.getfixturevalue(who)).post(f"/posts/{post.pk}/deletion/").status_code == 404
    assert not Deletion.objects.exists()


def test_quotes_of_it_fold(visitor, neighbour, author, post):
    quote = text.clean(f">>{post.pk}.1\n\nI agree.", "markdown")
    actions.reply(author=neighbour, thread=post.thread, body=quote)
    page = visitor.get(post.thread.get_absolute_url()).content.decode()
    assert page.count("Word 2.") == 2
    actions.delete_post(by=author, post=post)
    page = visitor.get(post.thread.get_absolute_url()).content.decode()
    assert "Word 2." not in page
    assert "is-folded" in page
    assert "I agree." in page


def heard(thread, since):
    rows = Change.objects.filter(stream=f"thread:{thread.pk}", n__gt=since).order_by("n")
    return [(change.kind, change.about["post"]) for change in rows]


def test_the_pages_that_quote_it_hear_of_it_wherever_they_are(neighbour, author, post, thread_in, open_house):
    other = thread_in(open_house, title="Another")
    here = actions.reply(author=neighbour, thread=post.thread, body=text.clean(f">>{post.pk}.1\n\nYes.", "markdown"))
    there = actions.reply(author=neighbour, thread=other, body=text.clean(f">>{post.pk}.1\n\nNo.", "markdown"))
    since, elsewhere = changes.head_of(f"thread:{post.thread_id}"), changes.head_of(f"thread:{other.pk}")
    actions.delete_post(by=author, post=post)
    assert heard(post.thread, since) == [("post.deleted", post.pk), ("post.edited", here.pk)]
    assert heard(other, elsewhere) == [("post.edited", there.pk)]


def test_a_quote_that_was_edited_away_hears_nothing(neighbour, author, post, thread_in, open_house):
    other = thread_in(open_house, title="Another")
    there = actions.reply(author=neighbour, thread=other, body=text.clean(f">>{post.pk}.1\n\nNo.", "markdown"))
    actions.edit_post(editor=neighbour, post=there, body=text.clean("My own.", "markdown"), based_on=1)
    since = changes.head_of(f"thread:{other.pk}")
    actions.delete_post(by=author, post=post)
    assert heard(other, since) == []


def test_a_quote_that_was_folded_from_the_start_tells_nobody(author, thread_in, open_house, closed_house):
    """An open page that quotes a closed one must not say when something happens there."""
    secret, public = thread_in(closed_house), thread_in(open_house)
    quoted = secret.posts.get()
    actions.reply(author=author, thread=public, body=text.clean(f">>{quoted.pk}.1\n\nHm.", "markdown"))
    since = changes.head_of(f"thread:{public.pk}")
    actions.delete_post(by=author, post=quoted)
    assert heard(public, since) == []


def test_a_deleted_post_is_not_edited_nor_thanked(client_of, author, neighbour, post):
    actions.delete_post(by=author, post=post)
    assert client_of(author).post(f"/posts/{post.pk}/edit/", {"body": "Back", "based_on": 1}).status_code == 422
    assert client_of(neighbour).post(f"/posts/{post.pk}/reactions/", {"kind": "thanks"}).status_code == 422
