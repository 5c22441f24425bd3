"""A hidden post: its number, its author and its time stay, its words are nowhere; and come back as they were."""

import pytest

from forum import text
from forum.models import Post, PostHiding, PostQuote
from forum.notifications.models import Line
from forum.notifications.spreading import spread
from forum.threads import actions
from forum.threads.hiding import steps
from forum.web.errors import Refusal
from tests.threads.hiding.conftest import SECRET, World, same, telling, written

pytestmark = pytest.mark.django_db

STUB = "Hidden by the moderators"
EVERYBODY = ("author", "neighbour", "moderator", "outsider", "visitor")
OPEN = ("thread", "quoted", "options", "revisions", "search", "json", "profile", "changes", "changes quoted")


def hide(world: World, **more: object) -> None:
    steps.hide_post(post=world.post, by=world.people["moderator"], reason="Clause 3.", **more)  # type: ignore[arg-type]


def show(world: World) -> None:
    steps.show_post(post=world.post, by=world.people["moderator"])


def test_the_words_are_nowhere_and_come_back_as_they_were(world: World) -> None:
    world.visit()
    before = world.answers()
    told = telling(before)
    assert {(name, where) for name in EVERYBODY for where in OPEN} <= told
    assert {("author", "edit"), ("author", "wish")} <= told
    assert before["outsider", "picture"] == "200"
    hide(world)
    hidden = world.answers()
    # To its author they are not lost; moderators may have to judge them again.
    assert telling(hidden) == {("author", "profile"), ("moderator", "options")}
    assert {hidden[name, "picture"] for name in EVERYBODY} == {"404"}
    assert STUB in hidden["outsider", "thread"]
    assert hidden["neighbour", "wish"].startswith("404")
    assert f'id="post-{world.post.pk}"' in hidden["outsider", "thread"]
    show(world)
    assert same(before, world.answers())


def test_what_was_a_page_of_its_own_is_gone(world: World) -> None:
    pk = world.post.pk
    gone = [f"/posts/{pk}/{page}/" for page in ("revisions", "reply", "quote", "card")]
    assert [world.get("neighbour", each).status_code for each in gone] == [200, 302, 302, 200]
    hide(world)
    assert [world.get("neighbour", each).status_code for each in gone] == [404] * 4
    assert world.get("outsider", f"/posts/{pk}/").status_code == 302  # where it stood


def test_nothing_is_done_with_it(world: World) -> None:
    author, neighbour = world.people["author"], world.people["neighbour"]
    hide(world)
    post = Post.objects.get(pk=world.post.pk)
    body = text.clean("Now otherwise.", "markdown")
    with pytest.raises(Refusal):
        actions.edit_post(editor=author, post=post, body=body, based_on=post.revision)
    with pytest.raises(Refusal):
        actions.react(member=neighbour, post=post, kind="agree")
    browser = world.browsers["author"]
    sent = browser.post(f"/posts/{post.pk}/edit/", {"body": "My better words.", "based_on": post.revision})
    assert sent.status_code == 422
    assert "My better words." in sent.content.decode()  # what was typed stays
    assert browser.get(f"/posts/{post.pk}/edit/").status_code == 422
    assert written(neighbour, world.thread, "An answer.", reply_to=post).reply_to is None
    assert not world.get("neighbour", world.addresses["thread"] + f"?reply={post.pk}").context["form"].answering
    actions.delete_post(by=author, post=post)
    show(world)
    assert "took this post back" in world.get("outsider", world.addresses["thread"]).content.decode()


def test_its_author_reads_it_before_deleting_it(world: World) -> None:
    hide(world)
    assert SECRET in world.get("author", f"/posts/{world.post.pk}/deletion/").content.decode()
    assert world.get("neighbour", f"/posts/{world.post.pk}/deletion/").status_code == 404


def test_it_is_told_no_more_and_never_again(world: World) -> None:
    steward = world.people["steward"]

    def reasons() -> set[str]:
        spread()
        return {reason for line in Line.objects.filter(member=steward) for reason in line.counts}

    assert "named" in reasons()
    hide(world)
    assert "named" not in reasons()
    show(world)
    assert "named" not in reasons()


def test_what_waits_to_be_told_is_not(world: World) -> None:
    """Hidden before the worker came by."""
    hide(world)
    assert spread()
    assert not [line for line in Line.objects.all() if "named" in line.counts]


def test_a_quote_of_it_folds_also_when_made_later(world: World) -> None:
    hide(world)
    quote = written(world.people["neighbour"], world.other, f">>{world.post.pk}.1\n\nOnce more.")
    assert PostQuote.objects.filter(post=quote, source=world.post).exists()
    body = {"body": f">>{world.post.pk}.1", "place": f"thread:{world.other.pk}"}
    preview = world.browsers["neighbour"].post("/preview/", body)
    assert preview.status_code == 200
    assert SECRET not in preview.content.decode()


def test_numbers_stay(world: World) -> None:
    row = f"{world.thread.community.get_absolute_url()}"
    before = world.get("visitor", row).context["threads"][0].replies
    hide(world)
    assert world.get("visitor", row).context["threads"][0].replies == before


def test_a_thread_begun_with_hidden_words_is_found_by_its_title(world: World) -> None:
    first = world.thread.posts.get(number=1)

    def found(words: str) -> int:
        return world.get("outsider", f"/search/?q={words}", accept="application/json").json()["count"]

    assert (found("tea"), found("estate")) == (2, 1)
    steps.hide_post(post=first, by=world.people["moderator"], reason="x")
    assert (found("tea"), found("estate")) == (1, 1)
    steps.show_post(post=first, by=world.people["moderator"])
    assert (found("tea"), found("estate")) == (2, 1)


def test_twice_is_once_and_a_person_comes_before_the_house(world: World) -> None:
    hide(world, how="folded", is_automatic=True)
    stream = f"/changes/?stream=thread:{world.thread.pk}&since=0"
    head = world.get("visitor", stream).json()["head"]
    hide(world, how="folded", is_automatic=True)
    assert world.get("visitor", stream).json()["head"] == head
    hide(world, how="folded")
    assert not PostHiding.objects.get().is_automatic
    hide(world)
    hide(world, how="folded", is_automatic=True)
    assert PostHiding.objects.get().how == "hidden"
    show(world)
    head = world.get("visitor", stream).json()["head"]
    show(world)
    assert world.get("visitor", stream).json()["head"] == head


def test_a_folded_post_opens_with_a_click_and_is_read_nowhere_else(world: World) -> None:
    hide(world, how="folded", is_automatic=True)
    page = world.get("outsider", world.addresses["thread"]).content.decode()
    assert "Folded until somebody has looked" in page
    # Its own page, folded, and a form to change it; a wish for a card waits.
    assert {where for _name, where in telling(world.answers())} == {"thread", "quoting", "options", "changes", "edit"}
    assert world.answers()["outsider", "picture"] == "200"
    hide(world, how="folded")
    page = world.get("outsider", world.addresses["thread"]).content.decode()
    assert "Folded by the moderators" in page
    assert page.index("<details class=") < page.index(SECRET)
    author, post = world.people["author"], Post.objects.get(pk=world.post.pk)
    body = text.clean("In kinder words.", "markdown")
    actions.edit_post(editor=author, post=post, body=body, based_on=post.revision)
    show(world)
    assert "In kinder words." in world.get("outsider", world.addresses["thread"]).content.decode()
