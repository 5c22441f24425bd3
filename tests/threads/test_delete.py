"""Taking one's words back: a stub keeps the thread readable."""

import pytest

from forum import text
from forum.models import Deletion
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


def test_a_deleted_post_is_not_edited_nor_thanked(client_of, author, neighbour, post):
    actions.delete_post(by=author, post=post)
    assert client_of(author).post(f"/posts/{post.pk}/edit/", {"body": "Back", "based_on": 1}).status_code == 422
    assert client_of(neighbour).post(f"/posts/{post.pk}/reactions/", {"kind": "thanks"}).status_code == 422
