"""Threads that only members read, in a community that everyone may read by now: nobody else learns that anything
happens there. And what is left of one's own words when one is out."""

import pytest

from forum import text
from forum.communities import actions as communities
from forum.models import Change, Community, Deletion, Stream, Thread
from forum.threads import actions

pytestmark = pytest.mark.django_db

SECRET = "The budget is 12 000."


def say(author, thread, words=SECRET):
    return actions.reply(author=author, thread=thread, body=text.clean(words, "markdown"))


def head(client, stream):
    answer = client.get("/changes/", {"stream": stream, "since": 0})
    return answer.json()["head"] if answer.status_code == 200 else None


@pytest.fixture
def narrow(thread_in, closed_house):
    """A thread of before its community opened."""
    thread = thread_in(closed_house)
    Community.objects.filter(pk=closed_house.pk).update(audience="anyone")
    return Thread.objects.get(pk=thread.pk)


def test_what_members_do_moves_nothing_an_outsider_can_follow(client_of, visitor, outsider, author, cast, narrow):
    house = narrow.community_id
    outside = (visitor, client_of(outsider))
    streams = [f"{kind}:{house}" for kind in ("community", "house", "inside")] + [f"thread:{narrow.pk}"]
    before = [[head(client, stream) for stream in streams] for client in outside]
    inside = head(client_of(cast["neighbour"]), f"inside:{house}")
    say(author, narrow)
    actions.retitle_thread(by=author, thread=narrow, title="Money", section=None, language="en")
    actions.pin_thread(by=cast["moderator"], thread=narrow)
    actions.unpin_thread(by=cast["moderator"], thread=narrow)
    actions.lock_thread(by=cast["moderator"], thread=narrow, reason="Settled.")
    actions.unlock_thread(by=cast["moderator"], thread=narrow)
    assert [[head(client, stream) for stream in streams] for client in outside] == before
    assert before[0][2:] == before[1][2:] == [None, None]
    assert head(client_of(cast["neighbour"]), f"inside:{house}") == inside + 6


def test_the_past_of_a_closed_community_is_not_in_its_public_stream(visitor, author, narrow):
    """Its stream can be read from the beginning once it is open."""
    assert head(visitor, f"community:{narrow.community_id}") == 0
    kinds = Change.objects.filter(stream=f"inside:{narrow.community_id}").values_list("kind", flat=True)
    assert list(kinds) == ["thread.started"]


def test_what_everyone_reads_is_told_to_everyone(visitor, author, open_house, thread_in):
    thread = thread_in(open_house)
    say(author, thread, "Come in.")
    assert head(visitor, f"community:{open_house.pk}") == 2
    assert not Stream.objects.filter(key=f"inside:{open_house.pk}").exists()


@pytest.mark.parametrize("who", ["neighbour", "outsider"])
def test_members_pages_follow_what_members_hear(request, client_of, who, narrow):
    member = request.getfixturevalue(who)
    client, follows = client_of(member), f'data-follow="inside:{narrow.community_id}" data-since="1"'
    page = client.get(f"/c/{narrow.community.slug}/").content.decode()
    assert (follows in page) == (who == "neighbour")
    assert (follows in client.get("/").content.decode()) == (who == "neighbour")


def test_leaving_ends_hearing_what_members_hear(client_of, neighbour, narrow):
    client, stream = client_of(neighbour), f"inside:{narrow.community_id}"
    assert head(client, stream) == 1
    communities.leave(member=neighbour, community=narrow.community)
    assert head(client, stream) is None
    assert head(client, "inside:987654") is None


@pytest.fixture
def removed(author, steward, thread_in, closed_house):
    """The author quotes the neighbour, and is removed."""
    thread = thread_in(closed_house, title="Who pays")
    post = say(author, thread, f">>{thread.posts.get().pk}.1\n\nMy own words.")
    communities.remove_member(by=steward, community=closed_house, member=author, reason="Asked twice.")
    return post


def test_ones_own_words_are_deleted_from_outside(client_of, author, removed):
    client, address = client_of(author), f"/posts/{removed.pk}/deletion/"
    assert client.get(removed.get_absolute_url()).status_code == 404
    profile = client.get(author.get_absolute_url()).content.decode()
    assert "My own words." in profile
    assert address in profile
    page = client.get(address)
    assert "My own words." in page.content.decode()
    answer = client.post(address)
    assert answer["Location"] == author.get_absolute_url()
    assert Deletion.objects.get().post_id == removed.pk
    assert "My own words." not in client.get(author.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404


def test_nothing_else_of_the_thread_comes_with_them(client_of, author, neighbour, steward, thread_in, closed_house):
    thread = thread_in(closed_house, title="Who pays")
    other = say(neighbour, thread)
    mine = say(author, thread, f">>{other.pk}.1\n\nMy own words.")
    communities.remove_member(by=steward, community=closed_house, member=author, reason="Asked twice.")
    client = client_of(author)
    for address in (author.get_absolute_url(), f"/posts/{mine.pk}/deletion/"):
        page = client.get(address).content.decode()
        assert "My own words." in page
        for hidden in ("Who pays", "who-pays", SECRET, "Neighbour", "Closed house", closed_house.slug):
            assert hidden not in page, (address, hidden)


@pytest.mark.parametrize("who", ["neighbour", "steward", "outsider"])
def test_nobody_else_finds_them_there(request, client_of, author, who, removed):
    client = client_of(request.getfixturevalue(who))
    page = client.get(author.get_absolute_url()).content.decode()
    assert ("My own words." in page) == (who != "outsider")  # members read them in the thread
    assert "Where you no longer read" not in page
    assert client.post(f"/posts/{removed.pk}/deletion/").status_code == 404
