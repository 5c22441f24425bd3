"""A thread goes into another one, whole."""

import pytest

from forum import log
from forum.drafts.actions import keep_draft
from forum.models import Draft, Following, Leaving, LogEntry, Merging, Pin, Post, ReadMark, Thread
from forum.threads import actions, queries
from forum.threads.moving.actions import merge_thread, split_thread
from forum.web.errors import Refusal
from tests.methods.cards import published
from tests.threads.moving.conftest import order, say, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(talk, open_house, author, neighbour):
    """Benches and Lamps, whose posts were written in turn: B L B L B L."""
    benches, lamps = talk(open_house, 1, "Benches"), talk(open_house, 1, "Lamps")
    for n in (2, 3):
        say(neighbour, benches, f"Bench {n}.")
        say(author, lamps, f"Lamp {n}.")
    for thread in (benches, lamps):
        thread.refresh_from_db()
    return benches, lamps


def in_turn(one, other):
    return [pk for pair in zip(one, other, strict=True) for pk in pair]


def test_a_moderator_merges(client_of, moderator, visitor, two):
    benches, lamps = two
    wanted = in_turn(order(benches), order(lamps))
    actions.pin_thread(by=moderator, thread=lamps)
    assert "Benches" in client_of(moderator).get(f"/threads/{lamps.pk}/merge/").content.decode()
    answer = client_of(moderator).post(f"/threads/{lamps.pk}/merge/", {"into": benches.pk, "reason": "The same."})
    assert answer["Location"] == benches.get_absolute_url()
    assert order(benches) == wanted
    whole(benches)
    whole(lamps)
    assert not Pin.objects.exists()
    page = visitor.get(f"/c/{benches.community.slug}/").content.decode()
    assert "Benches" in page
    assert "Lamps" not in page
    merging = Merging.objects.get()
    assert (merging.by, merging.reason, merging.into) == (moderator, "The same.", benches)
    entry = LogEntry.objects.get(kind="thread.merged")
    assert (entry.thread, entry.by, entry.words) == (benches, moderator, "The same.")


def test_old_addresses_lead_there(client_of, moderator, neighbour, visitor, talk, open_house):
    benches, lamps = talk(open_house, 22, "Benches"), talk(open_house, 25, "Lamps")
    moved = Post.objects.get(thread=lamps, number=21)
    old = f"/threads/{lamps.pk}/"
    address = lamps.get_absolute_url()
    merge_thread(by=moderator, thread=lamps, into=benches)
    assert visitor.get(f"/posts/{moved.pk}/")["Location"] == f"{benches.get_absolute_url()}?from=41#post-{moved.pk}"
    for path, target in (
        (old, benches.get_absolute_url()),
        (address, benches.get_absolute_url()),
        (f"{address}?from=21", f"{benches.get_absolute_url()}?from=41"),
        (f"{address}?from=99999999", f"{benches.get_absolute_url()}?from=1"),
        (f"{address}?from=unread", f"{benches.get_absolute_url()}?from=unread"),
    ):
        answer = visitor.get(path)
        assert (answer.status_code, answer["Location"]) == (301, target)
    answer = client_of(moderator).post(f"{old}lock/", {"reason": "x"})
    assert (answer.status_code, answer["Location"]) == (308, f"/threads/{benches.pk}/lock/")
    words = {"body": "Sent before I knew.", "body_format": "markdown", "place": f"thread:{lamps.pk}"}
    answer = client_of(neighbour).post(f"{old}posts/", words)
    assert (answer.status_code, answer["Location"]) == (308, f"/threads/{benches.pk}/posts/")
    say(neighbour, lamps, "On its way when they became one.")
    assert benches.posts.latest("number").source.startswith("On its way")
    hall = talk(open_house, 1, "Hall")
    merge_thread(by=moderator, thread=Thread.objects.get(pk=benches.pk), into=hall)
    assert visitor.get(old)["Location"] == hall.get_absolute_url()
    whole(hall)


def test_whoever_may_not_read_it_there_finds_nothing(client_of, visitor, moderator, outsider, two):
    benches, lamps = two
    Thread.objects.filter(pk=benches.pk).update(audience="members")
    merge_thread(by=moderator, thread=lamps, into=Thread.objects.get(pk=benches.pk))
    for client in (visitor, client_of(outsider)):
        assert client.get(lamps.get_absolute_url()).status_code == 404
        assert client.get(f"/changes/?stream=thread:{lamps.pk}&since=0").status_code == 404
        assert client.get(f"/posts/{order(benches)[1]}/").status_code == 404


def test_marks_tell_what_was_read(client_of, moderator, steward, neighbour, author, two):
    benches, lamps = two  # in turn: B1 L1 B2 L2 B3 L3
    ReadMark.objects.all().delete()
    for member, far in ((moderator, (3, 0)), (steward, (1, 3)), (neighbour, (3, 3)), (author, (2, 1))):
        for thread, number in zip((benches, lamps), far, strict=True):
            ReadMark.objects.create(member=member, thread=thread, number=number)
    merge_thread(by=moderator, thread=lamps, into=benches)
    marks = {mark.member.username: (mark.number, mark.beyond) for mark in ReadMark.objects.all()}
    assert marks == {
        "moderator": (1, [[3, 3], [5, 5]]),
        "steward": (2, [[4, 4], [6, 6]]),
        "neighbour": (6, None),
        "author": (3, None),
    }
    [row] = queries.news_for(steward)
    assert (row.unread, row.first_unread) == (2, 3)
    assert "2 new" in client_of(steward).get("/").content.decode()
    client_of(steward).get(benches.get_absolute_url())
    assert queries.news_for(steward) == []


def test_marks_beyond_go_on_with_their_posts(moderator, two):
    """Merged, then taken apart again by hand: each thread is read as far as it was."""
    benches, lamps = two
    posts = order(lamps)
    ReadMark.objects.all().delete()
    ReadMark.objects.create(member=moderator, thread=benches, number=3)
    ReadMark.objects.create(member=moderator, thread=lamps, number=1)
    merge_thread(by=moderator, thread=lamps, into=benches)
    new = split_thread(by=moderator, thread=benches, posts=posts, title="Lamps again").thread
    marks = {mark.thread_id: (mark.number, mark.beyond) for mark in ReadMark.objects.filter(member=moderator)}
    assert marks == {benches.pk: (3, None), new.pk: (1, None)}


def test_drafts_and_choices_go_there(moderator, neighbour, author, two):
    benches, lamps = two
    for member, thread, body in (
        (neighbour, lamps, "Half a thought"),
        (author, lamps, "and more"),
        (author, benches, "Some"),
    ):
        keep_draft(member=member, place=f"thread:{thread.pk}", body=body)
    Following.objects.create(member=neighbour, topic="thread", topic_id=lamps.pk, how="watch")
    Following.objects.create(member=author, topic="thread", topic_id=lamps.pk, how="watch")
    Following.objects.create(member=author, topic="thread", topic_id=benches.pk, how="mute")
    merge_thread(by=moderator, thread=lamps, into=benches)
    drafts = dict(Draft.objects.filter(place=f"thread:{benches.pk}").values_list("member", "body"))
    assert drafts == {neighbour.pk: "Half a thought", author.pk: "Some\n\nand more"}
    followed = Following.objects.filter(topic_id=benches.pk)
    assert dict(followed.values_list("member", "how")) == {neighbour.pk: "watch", author.pk: "mute"}


def test_undone_they_are_two_again(moderator, neighbour, steward, two):
    benches, lamps = two
    keep_draft(member=neighbour, place=f"thread:{lamps.pk}", body="Half a thought")
    actions.mark_read(member=steward, thread=lamps, number=2)
    actions.pin_thread(by=moderator, thread=lamps)
    split_thread(by=moderator, thread=lamps, posts=order(lamps)[1:2], into=benches)

    def state():
        rows = Thread.objects.order_by("pk").values_list(
            "pk", "title", "author", "started_at", "last_at", "last_author", "last_number", "audience"
        )
        marks = ReadMark.objects.order_by("member", "thread").values_list("member", "thread", "number", "beyond")
        lines = Leaving.objects.order_by("pk").values_list("pk", "thread", "target", "after", "count")
        more = Pin.objects.values_list("pk", "by"), Draft.objects.values_list("pk", "place")
        return [order(benches), order(lamps), *map(list, (rows, marks, lines, *more))]

    before = state()
    done = merge_thread(by=moderator, thread=lamps, into=benches)
    assert state() != before
    log.undo(entry=done.entry, by=moderator)
    assert state() == before
    whole(benches)
    whole(lamps)
    again = merge_thread(by=moderator, thread=lamps, into=benches)
    say(neighbour, benches, "Meanwhile.")
    with pytest.raises(Refusal, match="written there since"):
        log.undo(entry=again.entry, by=moderator)


def test_into_itself_across_and_unseen(client_of, moderator, talk, two, closed_house):
    benches, lamps = two
    elsewhere = talk(closed_house, 2, "Elsewhere")
    client = client_of(moderator)
    for fields, said in (
        ({"address": str(lamps.pk)}, "this thread itself"),
        ({"address": elsewhere.get_absolute_url()}, "No thread of this community"),
        ({"address": f"{'9' * 400}"}, "No thread of this community"),
        ({}, "Choose a thread"),
    ):
        answer = client.post(f"/threads/{lamps.pk}/merge/", {"reason": "x", **fields})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    for into in (lamps, elsewhere):
        with pytest.raises(Refusal):
            merge_thread(by=moderator, thread=lamps, into=into)
    assert (len(order(benches)), len(order(lamps)), LogEntry.objects.count()) == (3, 3, 0)


def test_the_thread_of_a_method_takes_others_in_and_keeps_its_card_on_top(moderator, author, open_house, two):
    benches, _lamps = two
    method = published(author, open_house)
    with pytest.raises(Refusal, match="thread of a method"):
        merge_thread(by=moderator, thread=method.thread, into=benches)
    with pytest.raises(Refusal, match="card"):
        split_thread(
            by=moderator, thread=say(author, method.thread, "Well.").thread, posts=order(method.thread)[:1], title="x"
        )
    card = order(method.thread)[0]
    merge_thread(by=moderator, thread=benches, into=method.thread)
    assert order(method.thread)[0] == card
    assert len(order(method.thread)) == 5


def test_the_second_moderator_is_told(client_of, moderator, steward, two, talk, open_house):
    benches, lamps = two
    hall = talk(open_house, 1, "Hall")
    first = merge_thread(by=moderator, thread=lamps, into=benches)
    assert merge_thread(by=moderator, thread=lamps, into=benches).entry == first.entry
    with pytest.raises(Refusal, match="Moderator was first") as refused:
        merge_thread(by=steward, thread=lamps, into=hall)
    assert refused.value.status == 409
    assert len(order(hall)) == 1


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_nobody_else_merges(request, client_of, two, who):
    benches, lamps = two
    client = client_of(request.getfixturevalue(who))
    assert client.post(f"/threads/{lamps.pk}/merge/", {"into": benches.pk, "reason": "x"}).status_code == 404
    assert len(order(lamps)) == 3
