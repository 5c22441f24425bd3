"""What happens in threads is told to those it concerns, gathered in one line a thread, as far as they may see it."""

import pytest

from forum import text
from forum.models import Happening, Line, Thread
from forum.notifications import actions as choices
from forum.threads import actions
from tests.notifications.conftest import write

pytestmark = pytest.mark.django_db
TITLE = "What the estate gave us"


def test_replies_gather_in_one_line(reader, author, neighbour, moderator, outsider, thread_in, open_house):
    thread = thread_in(open_house)
    for who in (neighbour, moderator, neighbour):
        write(who, thread)
    assert reader(author).lines() == [(TITLE, "3 new replies")]
    assert reader(author).bell() == 1
    assert "Neighbour, Moderator" in reader(author).page().content.decode()  # who spoke last, first
    assert reader(moderator).lines() == [(TITLE, "1 new reply")]  # whoever wrote watches
    assert reader(outsider).lines() == []
    assert Line.objects.filter(member=author).count() == 1


def test_the_nearest_reason_is_told_once(reader, author, neighbour, moderator, thread_in, open_house):
    thread = thread_in(open_house)
    first = thread.posts.get()
    words = f">>{first.pk}.1\n\nWhat do you think, @author, and @moderator?"
    write(neighbour, thread, words, reply_to=first)
    assert reader(author).lines() == [(TITLE, "1 reply to you")]
    assert reader(moderator).lines() == [(TITLE, "you are mentioned")]
    write(neighbour, thread, f">>{first.pk}.1\n\nOnce more.")
    assert reader(author).lines() == [(TITLE, "1 reply to you, your words are quoted")]
    assert reader(moderator).lines() == [(TITLE, "you are mentioned")]


def test_reactions_gather_and_go(reader, author, neighbour, moderator, thread_in, open_house):
    post = thread_in(open_house).posts.get()
    for who, kind in ((neighbour, "thanks"), (moderator, "agree"), (neighbour, "agree")):
        actions.react(member=who, post=post, kind=kind)
    assert reader(author).lines() == [(TITLE, "2 reactions to what you wrote")]
    actions.unreact(member=neighbour, post=post)
    assert reader(author).lines() == [(TITLE, "1 reaction to what you wrote")]
    actions.unreact(member=moderator, post=post)
    assert reader(author).lines() == []
    assert reader(author).bell() == 0


def test_a_deleted_reply_counts_less_and_the_last_one_takes_the_line(reader, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    one, two = write(neighbour, thread), write(neighbour, thread, "Two.")
    assert reader(author).lines() == [(TITLE, "2 new replies")]
    actions.delete_post(by=neighbour, post=one)
    assert reader(author).lines() == [(TITLE, "1 new reply")]
    actions.delete_post(by=neighbour, post=two)
    assert reader(author).lines() == []
    late = write(neighbour, thread, "Three.")
    actions.delete_post(by=neighbour, post=late)  # before anybody was told
    assert reader(author).lines() == []


def test_an_edit_tells_only_whom_it_names_since(reader, author, neighbour, moderator, thread_in, open_house):
    thread = thread_in(open_house)
    post = write(neighbour, thread, "Hello @author.")
    reader(author).client.get(thread.get_absolute_url())
    for n, words in enumerate(("Hello @author, again.", "Hello @author and @moderator."), start=1):
        actions.edit_post(editor=neighbour, post=post, body=text.clean(words, "markdown"), based_on=n)
    assert reader(author).lines("?show=unread") == []
    assert reader(moderator).lines() == [(TITLE, "you are mentioned")]


def test_a_lock_is_told_to_who_wrote(reader, author, neighbour, moderator, thread_in, open_house):
    thread = thread_in(open_house)
    actions.lock_thread(by=moderator, thread=thread, reason="It is settled.")
    assert reader(author).lines() == [(TITLE, "locked by the moderators")]
    assert reader(neighbour).lines() == []
    actions.unlock_thread(by=moderator, thread=thread)
    assert reader(author).lines() == []


def test_a_conclusion_is_told_to_who_wrote(reader, author, neighbour, moderator, thread_in, open_house):
    thread = thread_in(open_house)
    body = text.clean("We meet on Friday.", "markdown")
    actions.conclude_thread(by=moderator, thread=thread, body=body, based_on=0)
    assert reader(author).lines() == [(TITLE, "a conclusion stands on top")]
    assert reader(neighbour).lines() == []
    actions.unconclude_thread(by=moderator, thread=thread)
    assert reader(author).lines() == []


def test_new_threads_come_where_one_watches(reader, author, neighbour, moderator, open_house):
    section = open_house.sections.get()
    body = text.clean("x", "markdown")
    made = {"author": author, "community": open_house, "body": body, "language": "en"}
    assert reader(neighbour).client.post(f"/notifications/sections/{section.pk}/", {"how": "watch"}).status_code == 302
    choices.choose(member=moderator, levels={open_house.pk: "everything"})
    actions.start_thread(title="Tables", section=section, **made)
    actions.start_thread(title="Chairs", **made)
    assert reader(neighbour).lines() == [("Tables", "a new thread")]
    assert reader(moderator).lines() == [("Chairs", "a new thread"), ("Tables", "a new thread")]
    write(author, Thread.objects.get(title="Chairs"))
    assert reader(moderator).lines()[0] == ("Chairs", "a new thread, 1 new reply")


def test_one_is_not_told_of_ones_own_deeds_nor_is_the_house(reader, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house, posts=3)
    neighbour.is_house = True
    neighbour.save(update_fields=["is_house"])
    write(author, thread, "@neighbour @author")
    assert reader(author).lines() == []
    reader(author).page()
    assert not Line.objects.exists()
    assert not Happening.objects.filter(done_at=None).exists()


def test_opening_the_thread_reads_its_line(reader, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    write(neighbour, thread)
    seen = reader(author)
    assert seen.bell() == 1
    for headers in ({"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Mode": "cors"}):
        seen.client.get(thread.get_absolute_url(), headers=headers)
        assert seen.bell() == 1
    assert seen.bell(thread.get_absolute_url()) == 0  # on the page itself already
    assert seen.lines("?show=unread") == []
    assert seen.lines() == [(TITLE, "1 new reply")]
    write(neighbour, thread, "Later.")
    assert seen.lines() == [(TITLE, "1 new reply")]
    assert seen.bell() == 1
    seen.client.post(f"/threads/{thread.pk}/read-marks/", {"number": "3"})
    assert seen.bell() == 0


def test_what_was_read_on_the_open_page_before_it_was_told_makes_no_line(
    reader, author, neighbour, thread_in, open_house
):
    thread = thread_in(open_house)
    write(neighbour, thread)
    reader(author).client.post(f"/threads/{thread.pk}/read-marks/", {"number": "2"})
    assert reader(author).lines() == []
