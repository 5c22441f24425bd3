"""One deed for many threads of a list: each its own entry, what was not done is named, one button undoes all."""

import pytest

from forum.log import LogEntry
from forum.models import Lock, Pin, Thread
from forum.threads import actions
from forum.threads.moderating import MOST_PINNED

pytestmark = pytest.mark.django_db


@pytest.fixture
def threads(thread_in, open_house):
    return [thread_in(open_house, title=f"Thread {n}") for n in range(3)]


def choose(client, house, threads, deed, reason="It is over."):
    chosen = [thread.pk for thread in threads]
    return client.post(
        f"/c/{house.slug}/threads/chosen/", {"thread": chosen, "deed": deed, "reason": reason}, follow=True
    )


def test_boxes_are_for_moderators(moderating, client_of, author, visitor, open_house, threads):
    page = moderating.get(f"/c/{open_house.slug}/?select=1").content.decode()
    assert page.count('name="thread"') == 3
    assert 'name="thread"' not in moderating.get(f"/c/{open_house.slug}/").content.decode()
    for somebody in (client_of(author), visitor):
        assert 'name="thread"' not in somebody.get(f"/c/{open_house.slug}/?select=1").content.decode()


def test_each_is_locked_and_all_are_undone(moderating, open_house, threads, undo, logged):
    choose(moderating, open_house, threads[:2], "lock")
    assert logged() == [("thread.locked", "It is over.")] * 2
    assert set(Lock.objects.values_list("thread", flat=True)) == {thread.pk for thread in threads[:2]}
    assert "Undone in 2 threads." in undo().content.decode()
    assert not Lock.objects.exists()
    assert LogEntry.objects.filter(kind="undone").count() == 2


def test_what_could_not_be_done_is_named_with_why(moderating, steward, open_house, threads, thread_in):
    actions.lock_thread(by=steward, thread=threads[1], reason="Mine.")
    page = choose(moderating, open_house, threads, "lock").content.decode()
    assert "Not done: “Thread 1”. Steward did this first." in page
    assert Lock.objects.count() == 3
    assert Lock.objects.get(thread=threads[1]).reason == "Mine."
    many = [thread_in(open_house, title=f"More {n}") for n in range(MOST_PINNED)]
    page = choose(moderating, open_house, [*many, threads[0]], "pin").content.decode()
    assert Pin.objects.count() == MOST_PINNED
    assert page.count("Not done:") == 1


@pytest.mark.parametrize(("deed", "stands"), [("section-{}", True), ("section-none", False)])
def test_into_another_section(moderating, open_house, threads, deed, stands, undo, visitor):
    section = open_house.sections.get()
    if not stands:
        Thread.objects.update(section=section)
    choose(moderating, open_house, threads, deed.format(section.pk))
    assert Thread.objects.filter(section=section if stands else None).count() == 3
    assert "Put into another section by Moderator" in visitor.get(threads[0].get_absolute_url()).content.decode()
    undo()
    assert Thread.objects.filter(section=None if stands else section).count() == 3
    assert "another section" not in visitor.get(threads[0].get_absolute_url()).content.decode()


def test_the_opposites(moderating, moderator, open_house, threads, logged):
    for thread in threads:
        actions.lock_thread(by=moderator, thread=thread, reason="x")
        actions.pin_thread(by=moderator, thread=thread)
    choose(moderating, open_house, threads, "unlock", "")
    choose(moderating, open_house, threads, "unpin", "")
    assert not Lock.objects.exists()
    assert not Pin.objects.exists()
    page = choose(moderating, open_house, threads[:1], "pin-section", "").content.decode()
    assert "This thread is in no section." in page


@pytest.mark.parametrize(
    ("deed", "reason", "field"),
    [
        ("lock", "", "reason"),
        ("section-none", "", "reason"),
        ("", "x", "deed"),
        ("burn", "x", "deed"),
        ("lock", "x" * 301, "reason"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_chosen(moderating, open_house, threads, deed, reason, field):
    answer = choose(moderating, open_house, threads[:2], deed, reason)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert page.count("checked>") == 2
    assert f'value="{reason}"' in page or not reason
    assert not Lock.objects.exists()


def test_none_foreign_and_too_many(moderating, open_house, closed_house, outsider, thread_in, client_of, threads):
    assert choose(moderating, open_house, [], "lock").status_code == 422
    foreign = thread_in(closed_house, title="Elsewhere")
    answer = choose(moderating, open_house, [foreign], "lock")  # its moderator, on another community's list
    assert answer.status_code == 422
    assert "Elsewhere" not in answer.content.decode()
    numbers = {"thread": ["x", "9" * 40, "-1", "\0", "٣"], "deed": "lock", "reason": "x"}
    assert moderating.post(f"/c/{open_house.slug}/threads/chosen/", numbers).status_code == 422
    rows = [thread_in(open_house, title=f"R{n}") for n in range(48)]
    assert choose(moderating, open_house, [*threads, *rows], "lock").status_code == 422
    assert not Lock.objects.exists()
    assert moderating.get(f"/c/{open_house.slug}/threads/chosen/")["Location"].endswith("?select=1")


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_nobody_else_does(request, client_of, open_house, threads, who):
    client = client_of(request.getfixturevalue(who))
    assert choose(client, open_house, threads, "lock").status_code == 404
    assert not Lock.objects.exists()
