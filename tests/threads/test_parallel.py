"""Many at once: numbers without a hole, one post from twenty submissions. On SQLite and on PostgreSQL."""

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from forum import changes, text
from forum.communities import actions as communities
from forum.models import Change, Post, Stream, Thread
from forum.threads import actions
from forum.web.errors import Conflict, Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(count, deed):
    """`deed(n)` from `count` threads that start together; their results."""
    gate = threading.Barrier(min(count, 20))

    def run(n):
        try:
            if n < 20:
                gate.wait()
            return deed(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=min(count, 20)) as pool:
        return list(pool.map(run, range(count)))


def test_fifty_replies_get_fifty_numbers(author, thread_in, open_house):
    thread = thread_in(open_house)
    before = Stream.objects.get(key=f"community:{open_house.pk}").head

    def reply(n):
        body = text.clean(f"Voice {n}.", "markdown")
        return actions.reply(author=author, thread=thread, body=body, at=timezone.now()).number

    assert sorted(at_once(50, reply)) == list(range(2, 52))
    thread.refresh_from_db()
    assert thread.last_number == 51
    assert list(thread.posts.order_by("number").values_list("number", flat=True)) == list(range(1, 52))
    numbers = Change.objects.filter(stream=f"thread:{thread.pk}").order_by("n").values_list("n", "about")
    posts = {post.pk: post.number for post in thread.posts.all()}
    assert [n for n, _ in numbers] == list(range(1, 51))
    assert [posts[about["post"]] for _, about in numbers] == list(range(2, 52))  # in the order they were committed
    assert Stream.objects.get(key=f"community:{open_house.pk}").head == before + 50


def test_twenty_identical_submissions_are_one_post(author, thread_in, open_house):
    thread, submission = thread_in(open_house), uuid.uuid4()
    body = text.clean("Only once.", "markdown")
    made = at_once(20, lambda n: actions.reply(author=author, thread=thread, body=body, submission=submission).pk)
    assert len(set(made)) == 1
    assert thread.posts.count() == 2


def test_twenty_identical_starts_are_one_thread(author, open_house):
    submission, body = uuid.uuid4(), text.clean("Only once.", "markdown")

    def start(n):
        return actions.start_thread(
            author=author, community=open_house, title="Once", body=body, language="en", submission=submission
        ).pk

    assert len(set(at_once(20, start))) == 1
    assert Post.objects.count() == 1


def test_reactions_of_many_are_all_counted(cast, thread_in, open_house):
    post = thread_in(open_house).posts.get()
    members = list(cast.values())
    at_once(20, lambda n: actions.react(member=members[n % 4], post=post, kind="thanks"))
    post.refresh_from_db()
    assert post.reactions == {"thanks": 4}


def test_two_edits_at_once_keep_both_texts(author, thread_in, open_house):
    post = thread_in(open_house).posts.get()

    def edit(n):
        try:
            actions.edit_post(editor=author, post=post, body=text.clean(f"Text {n}", "markdown"), based_on=1)
        except Conflict as conflict:
            return conflict.present.revision
        return 0

    assert sorted(at_once(4, edit)) == [0, 2, 2, 2]


def test_a_reply_that_waited_for_a_lock_is_refused(author, moderator, thread_in, open_house):
    """A moderator locks; the reply that came in the meantime waits for the row and then sees the lock."""
    thread, locked = thread_in(open_house), threading.Event()

    def lock():
        with changes.writing():
            actions.lock_thread(by=moderator, thread=thread, reason="Settled.")
            locked.set()
            time.sleep(0.5)  # the reply comes now

    def reply():
        locked.wait(5)
        with pytest.raises(Refusal):
            actions.reply(author=author, thread=thread, body=text.clean("Too late.", "markdown"))

    at_once(2, lambda n: (lock, reply)[n]())
    assert thread.posts.count() == 1


def late(before, deed):
    """`before` is done but not committed when `deed` begins: what it is refused with."""
    done, answers = threading.Event(), []

    def first():
        with changes.writing():
            before()
            done.set()
            time.sleep(0.5)  # the other one comes now

    def second():
        done.wait(5)
        with pytest.raises(Refusal) as refused:
            deed()
        answers.append(refused.value)

    at_once(2, lambda n: (first, second)[n]())
    return answers[0]


def close(steward, house):
    return lambda: communities.close_community(by=steward, community=house, reason="It ended.")


def remove(steward, house, member):
    return lambda: communities.remove_member(by=steward, community=house, member=member, reason="Asked twice.")


@pytest.mark.parametrize("how", [close, remove])
@pytest.mark.parametrize("deed", ["reply", "start", "edit", "react"])
def test_what_waited_for_a_closing_or_a_removal_is_refused(how, deed, author, steward, thread_in, open_house):
    thread, body = thread_in(open_house), text.clean("Too late.", "markdown")
    post = Post.objects.select_related("thread").get()
    deeds = {
        "reply": lambda: actions.reply(author=author, thread=thread, body=body),
        "start": lambda: actions.start_thread(
            author=author, community=open_house, title="Late", body=body, language="en"
        ),
        "edit": lambda: actions.edit_post(editor=author, post=post, body=body, based_on=1),
        "react": lambda: actions.react(member=author, post=post, kind="thanks"),
    }
    before = close(steward, open_house) if how is close else remove(steward, open_house, author)
    late(before, deeds[deed])
    assert Post.objects.get() == post
    assert (Post.objects.get().revision, Post.objects.get().reactions) == (1, {})


def test_a_thread_that_waited_for_its_section_to_go_is_refused(author, steward, thread_in, open_house):
    thread, section, body = thread_in(open_house), open_house.sections.get(), text.clean("Late.", "markdown")

    def start():
        actions.start_thread(
            author=author, community=open_house, title="Late", body=body, language="en", section=section
        )

    refusal = late(lambda: communities.remove_section(by=steward, section=section), start)
    assert refusal.field == "section"
    with pytest.raises(Refusal):
        actions.retitle_thread(by=author, thread=thread, title="New", section=section, language="en")


def test_a_section_that_goes_while_threads_come_leaves_them_in_none(author, steward, open_house):
    section, body = open_house.sections.get(), text.clean("In time.", "markdown")

    def deed(n):
        if n == 3:
            return communities.remove_section(by=steward, section=section)
        try:
            return actions.start_thread(
                author=author, community=open_house, title="T", body=body, language="en", section=section
            )
        except Refusal as refusal:
            return refusal.field

    answers = at_once(8, deed)
    assert {answer for answer in answers if isinstance(answer, str)} <= {"section"}
    assert not Thread.objects.exclude(section=None).exists()


def test_an_edit_that_waited_for_a_deletion_is_refused(author, thread_in, open_house):
    post, deleted = thread_in(open_house).posts.get(), threading.Event()

    def delete():
        with changes.writing():
            actions.delete_post(by=author, post=post)
            deleted.set()
            time.sleep(0.5)

    def edit():
        deleted.wait(5)
        with pytest.raises(Refusal):
            actions.edit_post(editor=author, post=post, body=text.clean("New.", "markdown"), based_on=1)
        with pytest.raises(Refusal):
            actions.react(member=author, post=post, kind="thanks")

    at_once(2, lambda n: (delete, edit)[n]())
    post.refresh_from_db()
    assert post.revision == 1


def test_answers_and_reactions_to_one_post_never_wait_in_a_circle(cast, thread_in, open_house):
    """An answer refers to the post's row, a reaction holds it, and both end at the thread's stream."""
    thread = thread_in(open_house)
    post, members = thread.posts.get(), list(cast.values())

    def deed(n):
        member = members[n % 4]
        if n % 2:
            actions.react(member=member, post=post, kind=("thanks", "agree", "try")[n % 3])
        else:
            body = text.clean(f"Answer {n}.", "markdown")
            actions.reply(author=member, thread=thread, body=body, reply_to=post, at=timezone.now())

    at_once(120, deed)
    assert thread.posts.count() == 61
