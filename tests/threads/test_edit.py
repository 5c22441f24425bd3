"""Changing what one wrote: history kept, nobody overwrites anybody."""

import pytest

from forum import text
from forum.models import Draft, Post, Revision
from forum.threads import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thread_in, open_house):
    return thread_in(open_house).posts.get()


def send(client, post, body, based_on=1, **more):
    return client.post(
        f"/posts/{post.pk}/edit/", {"place": f"post:{post.pk}", "body": body, "based_on": based_on, **more}, follow=True
    )


def test_the_author_changes_a_post_and_its_history_is_kept(client_of, author, visitor, post):
    page = send(client_of(author), post, "We began with coffee.")
    assert page.status_code == 200
    post.refresh_from_db()
    assert (post.revision, post.html) == (2, "<p>We began with coffee.</p>")
    assert [row.source for row in post.revisions.order_by("number")] == ["We began with tea.", "We began with coffee."]
    history = visitor.get(f"/posts/{post.pk}/revisions/").content.decode()
    assert "<del>" in history
    assert "<ins>" in history


def test_a_long_history_comes_in_pages(client_of, author, visitor, post):
    """Each version costs a comparison: somebody who edits all day must not make one page cost minutes."""
    for number in range(1, 25):
        actions.edit_post(
            editor=author, post=post, body=text.clean(f"Words of day {number}.", "markdown"), based_on=number
        )

    def page(number):
        return visitor.get(f"/posts/{post.pk}/revisions/?page={number}").content.decode()

    assert [page(number).count('<section class="revision') for number in (1, 2, 3)] == [10, 10, 5]
    assert "<del>14</del><ins>15</ins>" in page(1)  # also the oldest of a page says what it changed
    assert "<del>" not in page(3).rsplit('<section class="revision', 1)[1]
    assert "?page=2" in page(1)
    assert "?page=4" not in page(3)
    assert visitor.get(f"/posts/{post.pk}/revisions/?page=4").status_code == 404


def test_the_form_holds_the_source(client_of, author, post):
    page = client_of(author).get(f"/posts/{post.pk}/edit/").content.decode()
    assert "We began with tea." in page
    assert 'name="based_on" value="1"' in page


@pytest.mark.parametrize("who", ["neighbour", "moderator", "outsider"])
def test_nobody_else_changes_it(request, client_of, post, who):
    client = client_of(request.getfixturevalue(who))
    assert client.get(f"/posts/{post.pk}/edit/").status_code == 404
    assert send(client, post, "Mine now.").status_code == 404
    assert Post.objects.get(pk=post.pk).revision == 1


def test_a_visitor_is_asked_to_sign_in(visitor, post):
    assert visitor.get(f"/posts/{post.pk}/edit/")["Location"].startswith("/accounts/login/")
    assert send(visitor, post, "Mine now.").status_code == 401


def test_a_stale_edit_gets_both_texts(client_of, author, post):
    client = client_of(author)
    send(client, post, "From the phone.")
    page = send(client, post, "From the desk.", based_on=1)
    html = page.content.decode()
    assert page.status_code == 409
    assert "From the phone." in html
    assert "From the desk." in html
    assert 'name="based_on" value="2"' in html
    assert send(client, post, "From both.", based_on=2).status_code == 200
    assert Revision.objects.filter(post=post).count() == 3


def test_the_same_edit_twice_is_one_revision(client_of, author, post):
    client = client_of(author)
    send(client, post, "Better.")
    assert send(client, post, "Better.").status_code == 200
    assert Revision.objects.filter(post=post).count() == 2


def test_a_locked_thread_keeps_the_words(client_of, author, moderator, post):
    actions.lock_thread(by=moderator, thread=post.thread, reason="Enough.")
    page = send(client_of(author), post, "Too late.")
    assert page.status_code == 422
    assert "Too late." in page.content.decode()
    assert Post.objects.get(pk=post.pk).revision == 1


def test_an_empty_text_is_refused(client_of, author, post):
    page = send(client_of(author), post, " \u200b ")
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["body"]


def test_words_changed_while_only_members_read_stay_with_members(client_of, author, visitor, post, open_house):
    """Beneath the form stood who would see it: opening the community again does not make that untrue."""
    open_house.audience = "members"
    open_house.save()
    send(client_of(author), post, "The budget is 12 000.")
    open_house.audience = "anyone"
    open_house.save()
    assert visitor.get(post.thread.get_absolute_url()).status_code == 404
    assert client_of(author).get(post.thread.get_absolute_url()).status_code == 200


def test_changing_faster_than_people_write_is_429_and_keeps_the_text(client_of, author, post):
    for n in range(1, 31):
        actions.edit_post(editor=author, post=post, body=text.clean(f"Text {n}", "markdown"), based_on=n)
    page = send(client_of(author), post, "Once more.", based_on=31)
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 0
    assert Draft.objects.get(member=author).body == "Once more."
