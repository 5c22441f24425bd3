"""A lock that ends by itself: rules and pages know at once, a chore tidies up and tells."""

import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from forum import changes, text
from forum.management.chores import end_locks
from forum.models import Happening, Lock
from forum.threads import actions
from forum.web.errors import Refusal
from tests.threads.managing.conftest import kinds
from tests.threads.test_parallel import at_once

pytestmark = pytest.mark.django_db


def lock(client, thread, **more):
    return client.post(f"/threads/{thread.pk}/lock/", {"reason": "Sleep on it.", **more})


def test_for_a_day_or_until_an_hour_of_ones_own(moderating, moderator, thread):
    lock(moderating, thread, span="24")
    assert timedelta(hours=23) < Lock.objects.get().until - timezone.now() < timedelta(hours=25)
    moderating.post(f"/threads/{thread.pk}/lock/removal/")
    moderator.time_zone = "Europe/Warsaw"
    moderator.save(update_fields=["time_zone"])
    local = timezone.localtime(timezone.now() + timedelta(days=2), timezone.get_default_timezone())
    lock(moderating, thread, span="1", until=f"{local:%Y-%m-%dT%H:%M}")
    assert abs(Lock.objects.get().until - timezone.now() - timedelta(days=2)) < timedelta(hours=3)


@pytest.mark.parametrize("until", ["2020-01-01T10:00", "9999-12-31T23:59", "0001-01-01T00:00", "x", "2030-01-01\0"])
def test_a_moment_that_is_none_is_refused_on_its_field(moderating, thread, until):
    answer = lock(moderating, thread, until=until)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["until"]
    assert 'value="Sleep on it."' in answer.content.decode()
    assert not Lock.objects.exists()


def test_when_its_time_is_over_it_locks_nothing(moderating, thread, page, client_of, neighbour):
    lock(moderating, thread, span="24")
    reply = {"body": "Too soon.", "body_format": "markdown"}
    assert "Opens again" in page()
    assert client_of(neighbour).post(f"/threads/{thread.pk}/posts/", reply).status_code == 422
    Lock.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert "Sleep on it." not in page()
    assert client_of(neighbour).post(f"/threads/{thread.pk}/posts/", reply).status_code == 302
    assert lock(moderating, thread).status_code == 302  # and is no first one
    assert Lock.objects.get().until is None


def test_the_chore_takes_it_away_once_and_tells(moderating, thread, thread_in, open_house, logged):
    lock(moderating, thread, span="1")
    lock(moderating, thread_in(open_house, title="Another"), span="24")
    assert end_locks() == 0
    Lock.objects.filter(thread=thread).update(until=timezone.now() - timedelta(seconds=1))
    assert (end_locks(), end_locks()) == (1, 0)
    assert Lock.objects.get().thread_id != thread.pk
    assert kinds(thread) == ["thread.locked", "thread.unlocked"]
    assert logged()[-1] == ("thread.unlocked", "")
    assert Happening.objects.filter(kind="thread.locked", withdrawn_at=None).count() == 1  # the other thread's


@pytest.mark.django_db(transaction=True)
def test_a_reply_that_waited_for_an_ending_gets_in(author, moderator, thread):
    """The chore has taken the lock away and not committed yet; the reply waits for the row and then sees none."""
    actions.lock_thread(by=moderator, thread=thread, reason="x", until=timezone.now() + timedelta(hours=1))
    Lock.objects.update(until=timezone.now() - timedelta(seconds=1))
    ending = threading.Event()

    def end():
        with changes.writing():
            end_locks()
            ending.set()
            time.sleep(0.3)  # the reply comes now

    def reply():
        ending.wait(5)
        actions.reply(author=author, thread=thread, body=text.clean("In time.", "markdown"))

    at_once(2, lambda n: (end, reply)[n]())
    assert thread.posts.count() == 2


@pytest.mark.django_db(transaction=True)
def test_ten_moderators_at_once_lock_once(moderator, steward, thread, logged):
    done = at_once(10, lambda n: actions.lock_thread(by=(moderator, steward)[n % 2], thread=thread, reason=f"{n}"))
    assert len([each for each in done if each.entry]) == 1
    first = Lock.objects.get().by
    assert {each.first for each in done if not each.entry} == {first}
    assert len(logged()) == 1


def test_the_past_is_refused_by_the_verb_too(moderator, thread):
    with pytest.raises(Refusal) as refused:
        actions.lock_thread(by=moderator, thread=thread, reason="x", until=timezone.now() - timedelta(seconds=1))
    assert refused.value.field == "until"
