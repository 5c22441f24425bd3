"""What a moderator does to a thread: each with who, when and why."""

import pytest

from forum.models import Change, Lock, Pin

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(thread_in, open_house):
    return thread_in(open_house)


def test_a_moderator_locks_with_a_reason_and_unlocks(client_of, moderator, visitor, thread):
    client = client_of(moderator)
    assert client.post(f"/threads/{thread.pk}/lock/", {"reason": ""}).status_code == 422
    client.post(f"/threads/{thread.pk}/lock/", {"reason": "It is settled."})
    lock = Lock.objects.get()
    assert (lock.by, lock.reason) == (moderator, "It is settled.")
    page = visitor.get(thread.get_absolute_url()).content.decode()
    assert "It is settled." in page
    assert "Moderator" in page
    client.post(f"/threads/{thread.pk}/lock/removal/")
    assert not Lock.objects.exists()
    kinds = Change.objects.filter(stream=f"thread:{thread.pk}").order_by("n").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["thread.locked", "thread.unlocked"]


def test_the_second_moderator_is_told_who_was_first(client_of, moderator, steward, thread):
    client_of(moderator).post(f"/threads/{thread.pk}/lock/", {"reason": "First."})
    page = client_of(steward).post(f"/threads/{thread.pk}/lock/", {"reason": "Second."}, follow=True)
    assert "Moderator" in page.content.decode()
    assert Lock.objects.get().reason == "First."


def test_a_pinned_thread_stands_first(client_of, moderator, visitor, thread, thread_in, open_house):
    thread_in(open_house, title="Newer")
    client_of(moderator).post(f"/threads/{thread.pk}/pin/")
    rows = visitor.get(f"/c/{open_house.slug}/").context["threads"]
    assert [row.title for row in rows] == [thread.title, "Newer"]
    client_of(moderator).post(f"/threads/{thread.pk}/pin/removal/")
    assert not Pin.objects.exists()


def test_a_community_pins_so_many_and_then_says_so(client_of, moderator, thread_in, open_house, closed_house):
    """Each stands above everything new."""
    client = client_of(moderator)
    first, *rest = [thread_in(open_house, title=f"Thread {n}") for n in range(6)]
    for each in (first, *rest[:4]):
        assert client.post(f"/threads/{each.pk}/pin/").status_code == 302
    refused = client.post(f"/threads/{rest[4].pk}/pin/")
    assert refused.status_code == 422
    assert "Unpin one first" in refused.content.decode()
    assert client.post(f"/threads/{first.pk}/pin/").status_code == 302  # it is pinned: twice is once
    assert client.post(f"/threads/{thread_in(closed_house).pk}/pin/").status_code == 302  # each community its own
    client.post(f"/threads/{first.pk}/pin/removal/")
    client.post(f"/threads/{rest[4].pk}/pin/")
    assert set(Pin.objects.filter(thread__community=open_house).values_list("thread", flat=True)) == {
        each.pk for each in rest
    }


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
@pytest.mark.parametrize("what", ["lock", "lock/removal", "pin", "pin/removal"])
def test_nobody_else_does(request, client_of, thread, who, what):
    client = client_of(request.getfixturevalue(who))
    assert client.post(f"/threads/{thread.pk}/{what}/", {"reason": "x"}).status_code == 404
    assert not Lock.objects.exists()
    assert not Pin.objects.exists()


def test_the_author_and_the_moderators_change_the_title(client_of, author, moderator, neighbour, thread):
    for who, status in ((author, 302), (moderator, 302), (neighbour, 404)):
        said = {"title": f"By {who.username}", "language": "en", "reason": "So that it is found."}
        answer = client_of(who).post(f"/threads/{thread.pk}/title/", said)
        assert answer.status_code == status
    thread.refresh_from_db()
    assert thread.title == "By moderator"
    old = client_of(author).get(f"/threads/{thread.pk}/what-the-estate-gave-us/?from=1")
    assert old["Location"] == f"/threads/{thread.pk}/by-moderator/?from=1"
