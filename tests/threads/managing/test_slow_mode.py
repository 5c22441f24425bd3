"""Slow mode: one post a member every so many minutes; nothing typed is lost; moderators go on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.models import Change, Draft, Pace, Post
from forum.threads import actions
from tests.threads.managing.conftest import kinds

pytestmark = pytest.mark.django_db


def slow(client, thread, **fields):
    return client.post(f"/threads/{thread.pk}/pace/", {"minutes": "15", "reason": "Breathe.", **fields})


def reply(client, thread, words="Once more."):
    sent = {"body": words, "body_format": "markdown", "place": f"thread:{thread.pk}"}
    return client.post(f"/threads/{thread.pk}/posts/", sent)


def test_one_post_each_and_the_text_is_kept(moderating, client_of, neighbour, steward, thread, page):
    assert slow(moderating, thread).status_code == 302
    assert "One post each every 15 minutes." in page()
    assert "Breathe." in page()
    client = client_of(neighbour)
    assert reply(client, thread, "First.").status_code == 302
    refused = reply(client, thread, "Second, with care.")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 15 * 60
    assert "Second, with care." in refused.content.decode()
    assert "slow mode" in refused.context["form"].errors["body"][0]
    assert Draft.objects.get(member=neighbour).body == "Second, with care."
    assert reply(client_of(steward), thread).status_code == 302
    assert reply(client_of(steward), thread, "And again.").status_code == 302
    Post.objects.filter(author=neighbour).update(published_at=timezone.now() - timedelta(minutes=15))
    assert reply(client, thread, "Second, with care.").status_code == 302


def test_the_composer_says_from_when_on(moderating, client_of, neighbour, author, thread):
    slow(moderating, thread)
    client = client_of(neighbour)
    address = thread.get_absolute_url()
    assert "write here again" not in client.get(address).content.decode()
    reply(client, thread)
    due = timezone.localtime(timezone.now() + timedelta(minutes=15), timezone.get_default_timezone())
    shown = client.get(address).context["next_post"]
    assert shown in {f"{due - timedelta(minutes=late):%H:%M}" for late in (0, 1)} or "," in shown
    assert "write here again" not in moderating.get(address).content.decode()
    changes = Change.objects.filter(stream=f"member:{neighbour.pk}", kind="composer.changed")
    assert changes.count() == 1  # their other pages hear


def test_the_same_form_sent_twice_is_one_post(moderating, client_of, neighbour, thread):
    slow(moderating, thread)
    sent = {"body": "Only once.", "body_format": "markdown", "submission": "11111111-1111-4111-8111-111111111111"}
    client = client_of(neighbour)
    answers = [client.post(f"/threads/{thread.pk}/posts/", sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert thread.posts.count() == 2


@pytest.mark.parametrize("minutes", ["", "0", "7", "-5", "99999999999999999999", "x"])
def test_a_pace_that_is_none(moderating, thread, minutes):
    answer = slow(moderating, thread, minutes=minutes)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["minutes"]
    assert not Pace.objects.exists()


def test_it_ends_and_who_was_first_is_said(moderating, client_of, steward, thread, logged):
    slow(moderating, thread)
    second = client_of(steward)
    page = second.post(f"/threads/{thread.pk}/pace/", {"minutes": "5", "reason": "Mine."}, follow=True)
    assert "Moderator switched slow mode on first." in page.content.decode()
    assert Pace.objects.get().minutes == 15
    moderating.post(f"/threads/{thread.pk}/pace/removal/")
    page = second.post(f"/threads/{thread.pk}/pace/removal/", follow=True)
    assert "Moderator switched slow mode off first." in page.content.decode()
    assert logged() == [("thread.slowed", "Breathe."), ("thread.unslowed", "")]
    assert kinds(thread) == ["thread.slowed", "thread.unslowed"]


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_nobody_else_does(request, client_of, thread, who):
    client = client_of(request.getfixturevalue(who))
    assert slow(client, thread).status_code == 404
    assert client.post(f"/threads/{thread.pk}/pace/removal/").status_code == 404
    assert not Pace.objects.exists()


def test_imports_and_edits_are_not_slowed(moderator, neighbour, thread, say):
    actions.slow_thread(by=moderator, thread=thread, minutes=60, reason="x")
    say(neighbour)
    say(neighbour, "Dated, as an import.")
    assert thread.posts.filter(author=neighbour).count() == 2
