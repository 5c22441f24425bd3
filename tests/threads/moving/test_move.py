"""A thread moves to another section, or where nobody reads it whom it was not written for."""

import pytest

from forum import log
from forum.communities import actions as communities
from forum.models import Line, LogEntry, Membership, MoveRequest, Pin, Post, Thread
from forum.notifications.spreading import spread
from forum.threads import actions
from forum.threads.moving.actions import move_thread
from forum.web.errors import Refusal
from tests.methods.cards import published
from tests.threads.moving.conftest import say, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(talk, open_house):
    return talk(open_house, 4)


def place(house, section=None):
    return f"{house.pk}.{section.pk if section else 0}"


def move(client, thread, where, **more):
    return client.post(f"/threads/{thread.pk}/move/", {"place": where, "reason": "It fits better.", **more})


def test_to_a_section(client_of, moderator, visitor, thread, open_house):
    section = open_house.sections.get()
    client = client_of(moderator)
    assert "Workshops" in client.get(f"/threads/{thread.pk}/move/").content.decode()
    assert move(client, thread, place(open_house, section))["Location"] == thread.get_absolute_url()
    thread.refresh_from_db()
    assert thread.section == section
    assert "Workshops" in visitor.get(thread.get_absolute_url()).content.decode()
    entry = LogEntry.objects.get(kind="thread.moved")
    assert (entry.by, entry.words, entry.community) == (moderator, "It fits better.", open_house)
    assert "stands there already" in move(client, thread, place(open_house, section)).content.decode()


def test_an_open_thread_to_members_at_once(client_of, moderator, neighbour, visitor, thread, open_house, closed_house):
    say(neighbour, thread, "To you.", reply_to=thread.posts.get(number=1))
    actions.pin_thread(by=moderator, thread=thread)
    spread()
    move(client_of(moderator), thread, place(closed_house))
    thread.refresh_from_db()
    assert (thread.community, thread.audience) == (closed_house, "anyone")
    whole(thread)
    assert not Pin.objects.exists()
    assert visitor.get(thread.get_absolute_url()).status_code == 404
    assert visitor.get(f"/changes/?stream=thread:{thread.pk}&since=0").status_code == 404
    assert "Benches" not in visitor.get("/search/?q=benches").content.decode()
    assert "Benches" not in visitor.get(f"/c/{open_house.slug}/").content.decode()
    assert "Benches" in client_of(neighbour).get(f"/c/{closed_house.slug}/").content.decode()
    assert Line.objects.get(member=thread.author).community == closed_house
    assert say(neighbour, thread, "Between us.").audience == "members"


def test_undone_it_stands_where_it_stood(moderator, thread, neighbour, open_house, closed_house):
    section = open_house.sections.get()
    actions.retitle_thread(by=moderator, thread=thread, title="Benches", section=section, language="en")
    actions.pin_thread(by=moderator, thread=thread)
    thread.refresh_from_db()
    done = move_thread(by=moderator, thread=thread, community=closed_house)
    log.undo(entry=done.entry, by=moderator)
    thread.refresh_from_db()
    assert (thread.community, thread.section, thread.is_pinned) == (open_house, section, True)
    whole(thread)
    done = move_thread(by=moderator, thread=thread, community=closed_house)
    say(neighbour, thread, "Here now.")
    with pytest.raises(Refusal):
        log.undo(entry=done.entry, by=moderator)
    assert Thread.objects.get(pk=thread.pk).community == closed_house


def test_only_into_what_one_moderates(client_of, moderator, steward, thread, open_house, closed_house, invited_house):
    Membership.objects.filter(community=closed_house, member=moderator).update(role="member")
    Membership.objects.filter(community=invited_house, member=moderator).delete()
    client = client_of(moderator)
    page = client.get(f"/threads/{thread.pk}/move/").content.decode()
    assert "Closed house" not in page
    for house in (closed_house, invited_house):
        answer = move(client, thread, place(house))
        assert answer.status_code == 422
        assert "Invited house" not in answer.content.decode()
        with pytest.raises(Refusal):
            move_thread(by=moderator, thread=thread, community=house)
    for nonsense in ("", "x", "1.x", "0.0", f"{open_house.pk}.{'9' * 30}"):
        assert move(client, thread, nonsense).status_code == 422
    communities.close_community(by=steward, community=invited_house, reason="Done.")
    assert move(client_of(steward), thread, place(invited_house)).status_code == 422
    assert Thread.objects.get(pk=thread.pk).community == open_house
    assert not MoveRequest.objects.exists()


def test_a_method_stays_in_its_community(client_of, moderator, author, open_house, closed_house):
    thread = published(author, open_house).thread
    client = client_of(moderator)
    assert "Closed house" not in client.get(f"/threads/{thread.pk}/move/").content.decode()
    with pytest.raises(Refusal, match="method"):
        move_thread(by=moderator, thread=thread, community=closed_house)
    assert move(client, thread, place(open_house, open_house.sections.get())).status_code == 302


def test_the_second_moderator_is_told(client_of, moderator, steward, thread, open_house, closed_house):
    seen = place(open_house)
    move(client_of(moderator), thread, place(closed_house), shown=seen)
    again = move(client_of(moderator), thread, place(closed_house), shown=seen)
    assert again.status_code == 302
    told = move(client_of(steward), thread, place(open_house, open_house.sections.get()), shown=seen)
    assert told.status_code == 409
    assert "Moderator was first" in told.content.decode()
    assert LogEntry.objects.filter(kind="thread.moved").count() == 1


@pytest.mark.parametrize("who", ["author", "neighbour", "outsider"])
def test_nobody_else_moves(request, client_of, thread, closed_house, who):
    assert move(client_of(request.getfixturevalue(who)), thread, place(closed_house)).status_code == 404


def test_a_hidden_thread_is_shown_first(moderator, thread, closed_house):
    from forum.models import ThreadHiding

    ThreadHiding.objects.create(thread=thread, by=moderator)
    with pytest.raises(Refusal, match="hidden"):
        move_thread(by=moderator, thread=thread, community=closed_house)
    assert Post.objects.filter(thread__community=closed_house).count() == 0
