"""What a thread has come to: in words or as a chosen post, on top, live, found, and never silently overwritten."""

import pytest

from forum import text
from forum.communities.models import Audience
from forum.models import Conclusion, Draft, Happening, Thread
from forum.threads import actions
from tests.threads.managing.conftest import kinds

pytestmark = pytest.mark.django_db


def conclude(client, thread, words="We meet on **Friday**.", **fields):
    place = f"conclusion:{thread.pk}"
    sent = {"body": words, "body_format": "markdown", "place": place, "language": "en", **fields}
    return client.post(f"/threads/{thread.pk}/conclusion/", sent)


def test_its_author_writes_it_and_it_stands_on_top(client_of, author, visitor, thread, page, logged):
    client = client_of(author)
    assert conclude(client, thread).status_code == 302
    shown = page()
    assert "<strong>Friday</strong>" in shown
    assert shown.index("<strong>Friday</strong>") < shown.index('id="posts"')
    assert "by Author," in shown
    assert kinds(thread) == ["thread.concluded"]
    assert logged() == []  # one's own thread: no moderating
    found = visitor.get("/search/?q=friday").content.decode()
    assert thread.title in found
    client.post(f"/threads/{thread.pk}/conclusion/removal/")
    assert "Friday" not in page()
    assert thread.title not in visitor.get("/search/?q=friday").content.decode()
    assert Conclusion.objects.count() == 1  # nobody's words are lost


def test_a_moderator_chooses_a_post(moderating, neighbour, author, say, thread, page, logged):
    post = say(neighbour, "We take the *red* benches.")
    assert moderating.get(f"/posts/{post.pk}/conclusion/").status_code == 200
    assert moderating.post(f"/posts/{post.pk}/conclusion/", {"based_on": "0"}).status_code == 302
    assert page().count("<em>red</em>") == 2
    assert "chosen by Moderator" in page()
    assert logged() == [("thread.concluded", "")]
    actions.edit_post(editor=neighbour, post=post, body=text.clean("The *blue* ones.", "markdown"), based_on=1)
    assert page().count("<em>blue</em>") == 2
    actions.delete_post(by=neighbour, post=post)
    assert "<em>blue</em>" not in page()
    assert "conclusion-title" not in page()


def test_what_becomes_of_the_post_reaches_the_open_page(moderating, neighbour, visitor, say, thread):
    post = say(neighbour, "The red benches.")
    moderating.post(f"/posts/{post.pk}/conclusion/", {"based_on": "0"})
    actions.edit_post(editor=neighbour, post=post, body=text.clean("The blue ones.", "markdown"), based_on=1)
    document = visitor.get("/changes/", {"stream": f"thread:{thread.pk}", "since": 2}).json()
    (change,) = document["changes"]
    assert change["kind"] == "post.edited"
    (also,) = change["also"]
    assert also["target"] == "#thread-conclusion"
    shown = visitor.get(thread.get_absolute_url()).content.decode()
    assert " ".join(also["html"].split()) in " ".join(shown.split())


def test_who_follows_hears_of_the_first_one(moderating, thread, author):
    conclude(moderating, thread)
    conclude(moderating, thread, "On Saturday.", based_on=Conclusion.objects.get().pk)
    happening = Happening.objects.get(kind="thread.concluded")
    assert (happening.topic_id, happening.withdrawn_at) == (thread.pk, None)
    moderating.post(f"/threads/{thread.pk}/conclusion/removal/")
    happening.refresh_from_db()
    assert happening.withdrawn_at


def test_another_ones_words_are_not_overwritten_unseen(moderating, client_of, steward, thread):
    conclude(moderating, thread)
    stands = Conclusion.objects.get()
    late = conclude(client_of(steward), thread, "On Sunday.")
    assert late.status_code == 409
    page = late.content.decode()
    assert "Friday" in page
    assert "On Sunday." in page
    assert Draft.objects.get(member=steward).body == "On Sunday."
    assert conclude(client_of(steward), thread, "On Sunday.", based_on=stands.pk).status_code == 302
    assert conclude(client_of(steward), thread, "On Sunday.", based_on=stands.pk).status_code == 302  # twice is once
    assert Conclusion.objects.count() == 2
    assert not Draft.objects.filter(member=steward).exists()


def test_two_choose_at_once(moderating, client_of, steward, neighbour, thread, say):
    first, second = say(neighbour, "This."), say(neighbour, "That.")
    moderating.post(f"/posts/{first.pk}/conclusion/", {"based_on": "0"})
    late = client_of(steward).post(f"/posts/{second.pk}/conclusion/", {"based_on": "0"})
    assert late.status_code == 409
    again = client_of(steward).post(f"/posts/{first.pk}/conclusion/", {"based_on": "0"}, follow=True)
    assert "Moderator chose this post first." in again.content.decode()
    assert Thread.objects.get().conclusion.post == first


@pytest.mark.parametrize(
    "words",
    [">>{post}.1\n\nJust so.", "As /methods/7/ says:\n\n/methods/7/", "See [[Soup in the yard]].", "", "x" * 31_000],
)
def test_it_is_words_and_links(moderating, thread, words):
    answer = conclude(moderating, thread, words.format(post=thread.posts.get().pk))
    assert answer.status_code == 422
    assert answer.context["form"].errors["body"]
    assert not Conclusion.objects.exists()


@pytest.mark.parametrize("who", ["neighbour", "outsider"])
def test_nobody_else_does(request, client_of, thread, who):
    client = client_of(request.getfixturevalue(who))
    assert conclude(client, thread).status_code == 404
    assert client.post(f"/threads/{thread.pk}/conclusion/removal/").status_code == 404
    assert client.post(f"/posts/{thread.posts.get().pk}/conclusion/", {"based_on": "0"}).status_code == 404
    assert not Conclusion.objects.exists()


def test_locked_its_author_waits_and_a_moderator_does_not(moderating, moderator, client_of, author, thread):
    actions.lock_thread(by=moderator, thread=thread, reason="x")
    assert conclude(client_of(author), thread).status_code == 422
    assert Draft.objects.get(member=author).body == "We meet on **Friday**."
    assert conclude(moderating, thread).status_code == 302


def test_what_members_concluded_stays_with_members(client_of, author, closed_house, thread_in, visitor):
    thread = thread_in(closed_house)
    conclude(client_of(author), thread)
    assert Conclusion.objects.get().audience == Audience.MEMBERS
    assert visitor.get(thread.get_absolute_url()).status_code == 404
    assert thread.title not in visitor.get("/search/?q=friday").content.decode()
