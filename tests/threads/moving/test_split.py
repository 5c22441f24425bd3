"""Posts of a thread become one of their own, or part of another."""

import pytest

from forum import log, text
from forum.models import Change, Following, Leaving, LogEntry, Post, ReadMark, Thread
from forum.notifications.spreading import spread
from forum.threads import actions
from forum.threads.moving.actions import split_thread
from forum.web.errors import Refusal
from tests.threads.moving.conftest import order, say, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(talk, open_house):
    return talk(open_house, 6)


def split(client, thread, *posts, **fields):
    fields = {"title": "A new one", "reason": "Another matter."} | fields
    return client.post(f"/threads/{thread.pk}/split/", {"post": posts, **fields})


def test_a_moderator_chooses_posts_and_gives_them_a_title(client_of, moderator, visitor, thread):
    client, pks = client_of(moderator), order(thread)
    page = client.get(f"{thread.get_absolute_url()}?select=1").content.decode()
    assert page.count('name="post"') == 6
    assert f'value="{pks[1]}"' in page
    assert "2 posts go" in client.get(f"/threads/{thread.pk}/split/?post={pks[1]}&post={pks[3]}").content.decode()
    answer = split(client, thread, pks[1], pks[3])
    new = Thread.objects.latest("pk")
    assert answer["Location"] == new.get_absolute_url()
    assert (order(thread), order(new)) == ([pks[0], pks[2], pks[4], pks[5]], [pks[1], pks[3]])
    whole(thread)
    whole(new)
    assert (new.title, new.author.username, new.started_at) == (
        "A new one",
        "neighbour",
        new.posts.get(number=1).published_at,
    )
    assert visitor.get(f"/posts/{pks[3]}/")["Location"] == f"{new.get_absolute_url()}#post-{pks[3]}"
    page = visitor.get(thread.get_absolute_url()).content.decode()
    assert "2 posts were moved" in page
    assert "Another matter." in page
    assert page.index(f"post-{pks[0]}") < page.index("2 posts were moved") < page.index(f"post-{pks[2]}")
    entry = LogEntry.objects.get(kind="thread.split")
    assert (entry.by, entry.thread, entry.words) == (moderator, thread, "Another matter.")
    kinds = [Change.objects.filter(stream=f"thread:{pk}").latest("n").kind for pk in (thread.pk, new.pk)]
    assert kinds == ["thread.split", "thread.split"]


def test_from_one_post_on(client_of, moderator, thread):
    pks = order(thread)
    client = client_of(moderator)
    assert "4 posts go" in client.get(f"/threads/{thread.pk}/split/?since={pks[2]}").content.decode()
    client.post(f"/threads/{thread.pk}/split/", {"since": pks[2], "title": "The rest", "reason": "Long."})
    assert order(thread) == pks[:2]
    assert Leaving.objects.get().after == 2


def test_into_a_thread_there_is_by_time(client_of, moderator, thread, talk, open_house):
    other = talk(open_house, 2, "Lamps")
    late = say(thread.author, thread, "Also about lamps.")
    first, *_rest = order(thread)
    last = say(thread.author, other, "Yes.")
    split(client_of(moderator), thread, first, late.pk, title="", into=other.pk)
    whole(other)
    assert order(other) == [first, *order(other)[1:3], late.pk, last.pk]
    whole(thread)
    assert thread.author.username == "neighbour"  # whose post is the first now
    assert Leaving.objects.get().after == 0


def test_a_pasted_address_will_do(client_of, moderator, thread, talk, open_house):
    other, post = talk(open_house, 1, "Lamps"), order(thread)[2]
    split(client_of(moderator), thread, post, title="", address=f"http://testserver{other.get_absolute_url()}?from=1")
    assert post in order(other)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": ""}, "Give the new thread a title"),
        ({"address": "987654"}, "No thread of this community"),
        ({"address": "unseen"}, "No thread of this community"),
        ({"address": "elsewhere"}, "No thread of this community"),
        ({"address": "itself"}, "That is this thread itself"),
        ({"section": "99"}, "id_section_error"),
        ({"reason": ""}, "id_reason_error"),
        ({"title": "x\0y" * 99}, "id_title_error"),
    ],
)
def test_what_cannot_be_says_so(client_of, moderator, thread, talk, closed_house, fields, said):
    from forum.models import Membership

    elsewhere = talk(closed_house, 1)
    named = {"itself": thread.get_absolute_url(), "elsewhere": str(elsewhere.pk), "unseen": str(elsewhere.pk)}
    if fields.get("address") == "unseen":
        Membership.objects.filter(community=closed_house, member=moderator).delete()
    fields = {name: named.get(value, value) for name, value in fields.items()}
    before = order(thread)
    answer = split(client_of(moderator), thread, before[1], **fields)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert order(thread) == before
    assert not LogEntry.objects.exists()


def test_everything_nothing_and_the_posts_of_others(client_of, moderator, thread, talk, open_house):
    client, pks = client_of(moderator), order(thread)
    other = talk(open_house, 2, "Lamps")
    for posts, said in (
        (pks, "the whole thread"),
        ([], "Choose at least one post"),
        ([pks[1], order(other)[1]], "Not all of these posts"),
        ([10**14], "Not all of these posts"),
    ):
        assert said in split(client, thread, *posts).content.decode()
    assert client.get(f"/threads/{thread.pk}/split/")["Location"].endswith("?select=1")
    assert (order(thread), Thread.objects.count()) == (pks, 2)


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_nobody_else_splits(request, client_of, thread, who):
    client = client_of(request.getfixturevalue(who))
    assert split(client, thread, order(thread)[1]).status_code == 404
    assert 'name="post"' not in client.get(f"{thread.get_absolute_url()}?select=1").content.decode()


def test_twice_is_once_and_the_second_moderator_is_told(client_of, moderator, steward, thread):
    pks = order(thread)
    twice = [split(client_of(moderator), thread, pks[1], pks[2]) for _ in range(2)]
    assert twice[0]["Location"] == twice[1]["Location"]
    told = split(client_of(steward), thread, pks[2], pks[3])
    assert told.status_code == 409
    assert "Moderator was first" in told.content.decode()
    assert Thread.objects.count() == 2


def test_answers_quotes_and_marks(moderator, neighbour, author, visitor, thread):
    third = thread.posts.get(number=3)
    answer = say(neighbour, thread, f">>{third.pk}.1\n\nSo it is.", reply_to=third)
    actions.mark_read(member=moderator, thread=thread, number=4)
    going = [third.pk, thread.posts.get(number=5).pk]
    new = split_thread(by=moderator, thread=thread, posts=going, title="New").thread
    marks = dict(ReadMark.objects.filter(member=moderator).values_list("thread", "number"))
    assert marks == {thread.pk: 3, new.pk: 1}  # 1, 2, 4 of those that stayed; one of the two that went
    page = visitor.get(thread.get_absolute_url()).content.decode()
    assert "Benches word 3." in page  # quoted still
    assert "to Author, 1" not in page  # the number is another thread's
    answer.refresh_from_db()
    assert answer.reply_to_id == third.pk


def test_notices_go_with_the_post(client_of, moderator, neighbour, author, thread):
    post = thread.posts.get(number=5)
    say(neighbour, thread, "To you.", reply_to=post)
    answer = thread.posts.get(number=7)
    spread()
    from forum.models import Line

    before = Line.objects.get(member=author, topic_id=thread.pk)
    new = split_thread(by=moderator, thread=thread, posts=[answer.pk], title="New").thread
    line = Line.objects.get(member=author, topic_id=new.pk)
    assert [entry[3] for entry in line.told] == [answer.pk]
    assert line.read_at is None
    stays = Line.objects.get(member=author, topic_id=thread.pk)
    assert len(stays.told) == len(before.told) - 1
    page = client_of(author).get("/notifications/").content.decode()
    assert f"/posts/{answer.pk}/" in page


def test_who_watches_or_mutes_goes_on_doing_so(moderator, steward, thread):
    Following.objects.create(member=steward, topic="thread", topic_id=thread.pk, how="mute")
    new = split_thread(by=moderator, thread=thread, posts=order(thread)[3:], title="New").thread
    assert Following.objects.get(member=steward, topic_id=new.pk).how == "mute"


def test_undone_it_is_as_it_was(moderator, neighbour, steward, thread):
    actions.mark_read(member=neighbour, thread=thread, number=6)
    actions.mark_read(member=steward, thread=thread, number=2)

    def state():
        rows = Thread.objects.filter(pk=thread.pk).values_list(
            "title", "author", "started_at", "last_at", "last_author", "last_number", "audience"
        )
        marks = ReadMark.objects.filter(thread=thread).order_by("member").values_list("member", "number", "beyond")
        return order(thread), list(rows), list(marks), list(Leaving.objects.values_list("pk"))

    before = state()
    done = split_thread(by=moderator, thread=thread, posts=order(thread)[:1] + order(thread)[3:5], title="New")
    assert state() != before
    log.undo(entry=done.entry, by=moderator)
    assert state() == before
    whole(thread)
    whole(done.thread)


def test_what_was_written_since_is_not_undone(client_of, moderator, neighbour, thread):
    done = split_thread(by=moderator, thread=thread, posts=order(thread)[3:], title="New")
    say(neighbour, done.thread, "Meanwhile.")
    with pytest.raises(Refusal, match="written there since"):
        log.undo(entry=done.entry, by=moderator)
    assert done.thread.posts.count() == 4


def test_an_undone_threads_address_leads_back(visitor, moderator, thread):
    done = split_thread(by=moderator, thread=thread, posts=order(thread)[3:], title="New")
    log.undo(entry=done.entry, by=moderator)
    assert visitor.get(done.thread.get_absolute_url())["Location"] == thread.get_absolute_url()


def test_a_narrower_thread_takes_nobody_in_and_shows_nothing(
    client_of, visitor, moderator, author, thread, talk, open_house
):
    """Where it went only members may read: no line, and no change on the old stream tells the words."""
    other = talk(open_house, 2, "Lamps")
    Thread.objects.filter(pk=other.pk).update(audience="members")
    post = thread.posts.get(number=3)
    actions.edit_post(editor=author, post=post, body=text.clean("Secretly.", "markdown"), based_on=1)
    split_thread(by=moderator, thread=thread, posts=[post.pk], into=Thread.objects.get(pk=other.pk), reason="Hm.")
    page = visitor.get(thread.get_absolute_url()).content.decode()
    news = visitor.get(f"/changes/?stream=thread:{thread.pk}&since=0").content.decode()
    for seen in (page, news):
        assert "Secretly" not in seen
        assert "Lamps" not in seen
    assert "was moved" not in page
    assert "Lamps" in client_of(author).get(thread.get_absolute_url()).content.decode()
    assert visitor.get(f"/posts/{post.pk}/").status_code == 404
    assert Post.objects.get(pk=post.pk).audience == "anyone"
