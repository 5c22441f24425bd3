"""The audience a text was written for never widens without its author's yes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from forum import log, text
from forum.mail import sending
from forum.models import Leaving, Letter, Line, LogEntry, Membership, MoveAnswer, MoveRequest, Post, Thread
from forum.notifications.spreading import spread
from forum.threads import actions
from forum.threads.moving.actions import answer, move_thread
from forum.threads.moving.asking import digest, words_of
from tests.cast import person
from tests.threads.moving.conftest import order, say, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(talk, closed_house):
    return talk(closed_house, 4, "Secret benches")


@pytest.fixture
def asked(client_of, moderator, thread, open_house):
    client = client_of(moderator)
    client.post(f"/threads/{thread.pk}/move/", {"place": f"{open_house.pk}.0", "reason": "For all."})
    return MoveRequest.objects.get()


def says(client, asked, word, **more):
    page = client.get(f"/move-requests/{asked.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return client.post(f"/move-requests/{asked.pk}/", {"says": word, "seen": seen} | more)


def nothing_shows(client: Any, thread: Thread) -> None:
    """No page, search, list or change of what only members may read."""
    for address in (
        thread.get_absolute_url(),
        f"/posts/{order(thread)[1]}/",
        f"/changes/?stream=thread:{thread.pk}&since=0",
    ):
        assert client.get(address).status_code == 404
    for address in ("/search/?q=benches", "/c/open-house/", "/", "/notifications/"):
        assert "Secret" not in client.get(address, follow=True).content.decode()


def test_its_authors_are_asked_on_a_page_and_by_mail(client_of, author, neighbour, visitor, outsider, thread, asked):
    assert set(asked.answers.values_list("author__username", flat=True)) == {"author", "neighbour"}
    assert sending.send_due() == 0  # as long as it can be undone
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_due() == 2
    letter = next(each for each in mail.outbox if each.to == [neighbour.email])
    assert f"/move-requests/{asked.pk}/" in letter.body
    assert "word 2" not in letter.body
    spread()
    assert "may what you wrote move" in client_of(neighbour).get("/notifications/").content.decode()
    page = client_of(neighbour).get(f"/move-requests/{asked.pk}/").content.decode()
    for shown in ("Secret benches word 2.", "Open house", "For all.", "Everyone on the internet"):
        assert shown in page
    assert "Secret benches word 3." not in page  # another's
    assert client_of(outsider).get(f"/move-requests/{asked.pk}/").status_code == 404
    nothing_shows(visitor, thread)
    nothing_shows(client_of(outsider), thread)


def test_with_the_last_yes_it_moves(client_of, author, neighbour, visitor, thread, asked, open_house):
    says(client_of(neighbour), asked, "yes")
    nothing_shows(visitor, thread)
    says(client_of(author), asked, "yes")
    thread.refresh_from_db()
    assert (thread.community, thread.audience) == (open_house, "anyone")
    whole(thread)
    assert "Secret benches word 2." in visitor.get(thread.get_absolute_url()).content.decode()
    assert set(thread.posts.values_list("audience", flat=True)) == {"anyone"}
    entry = LogEntry.objects.get(kind="thread.moved")
    assert (entry.by.username, entry.words) == ("moderator", "For all.")
    assert client_of(neighbour).get(f"/move-requests/{asked.pk}/").status_code == 200
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_due() == 0  # nothing left to ask


def test_a_no_stays_and_what_has_a_yes_moves_now(
    client_of, moderator, author, neighbour, visitor, outsider, thread, asked, open_house
):
    say(author, thread, f">>{order(thread)[1]}.1\n\nAs neighbour said.", reply_to=Post.objects.get(pk=order(thread)[1]))
    own = say(moderator, thread, "My own words.")
    says(client_of(neighbour), asked, "no")
    says(client_of(author), asked, "yes")
    nothing_shows(visitor, thread)
    client = client_of(moderator)
    page = client.get(f"/move-requests/{asked.pk}/").content.decode()
    assert "Move 4 posts" in page
    pks = order(thread)
    new_at = client.post(f"/move-requests/{asked.pk}/completion/")["Location"]
    new = Thread.objects.latest("pk")
    assert new_at == new.get_absolute_url()
    assert order(new) == [pks[0], pks[2], pks[4], own.pk]
    assert order(thread) == [pks[1], pks[3]]
    whole(new)
    whole(thread)
    page = visitor.get(new_at).content.decode()
    assert "word 3" in page
    assert "word 2" not in page  # quoted, but left behind
    assert "to Neighbour" not in page
    for client in (visitor, client_of(outsider)):
        assert client.get(thread.get_absolute_url()).status_code == 404
        assert client.get(f"/posts/{pks[1]}/").status_code == 404
        assert "word 2" not in client.get("/search/?q=word").content.decode()
    assert "4 posts were moved" in client_of(neighbour).get(thread.get_absolute_url()).content.decode()


def test_words_written_since_are_asked_about_anew(client_of, author, neighbour, steward, thread, asked):
    says(client_of(neighbour), asked, "yes")
    post = thread.posts.get(number=2)
    body = text.clean("Only among us: other words.", "markdown")
    actions.edit_post(editor=neighbour, post=post, body=body, based_on=1)
    say(steward, thread, "I was not asked.")
    says(client_of(author), asked, "yes")
    thread.refresh_from_db()
    assert thread.community_id == asked.source_id
    answers = dict(asked.answers.values_list("author__username", "said"))
    assert answers == {"author": "yes", "neighbour": "", "steward": ""}
    page = client_of(neighbour).get(f"/move-requests/{asked.pk}/").content.decode()
    assert "other words" in page
    assert "Secret benches word 2." in page  # the earlier version, which goes as well
    says(client_of(neighbour), asked, "yes")
    says(client_of(steward), asked, "yes")
    thread.refresh_from_db()
    assert thread.community_id == asked.target_id


def test_a_yes_is_for_the_words_the_page_showed(client_of, neighbour, thread, asked):
    client, post = client_of(neighbour), thread.posts.get(number=2)
    seen = digest(words_of(asked, neighbour))
    actions.edit_post(editor=neighbour, post=post, body=text.clean("Worse.", "markdown"), based_on=1)
    for stale in (seen, "", "x" * 999):
        answer_ = client.post(f"/move-requests/{asked.pk}/", {"says": "yes", "seen": stale})
        assert answer_.status_code == 409
        assert "changed since" in answer_.content.decode()
    assert client.post(f"/move-requests/{asked.pk}/", {"says": "perhaps", "seen": seen}).status_code == 404
    assert set(asked.answers.values_list("said", flat=True)) == {""}


def test_silence_stays(client_of, moderator, author, neighbour, thread, asked, open_house):
    says(client_of(author), asked, "yes")
    MoveRequest.objects.update(until=timezone.now() - timedelta(seconds=1))
    answer_ = client_of(neighbour).post(
        f"/move-requests/{asked.pk}/", {"says": "yes", "seen": digest(words_of(asked, neighbour))}
    )
    assert answer_.status_code == 409
    assert client_of(moderator).post(f"/move-requests/{asked.pk}/completion/").status_code == 409
    assert Thread.objects.get(pk=thread.pk).community_id == asked.source_id
    again = move_thread(by=moderator, thread=thread, community=open_house)
    assert isinstance(again, MoveRequest)
    assert MoveRequest.objects.get(pk=asked.pk).outcome == "ended"


def test_from_members_to_members_of_another_is_asked_too(moderator, author, thread, invited_house):
    asked = move_thread(by=moderator, thread=thread, community=invited_house)
    assert isinstance(asked, MoveRequest)
    assert (asked.audience, thread.community_id) == ("members", asked.source_id)


def test_a_target_that_opens_meanwhile_was_not_asked_about(
    client_of, moderator, author, neighbour, visitor, thread, invited_house
):
    asked = move_thread(by=moderator, thread=thread, community=invited_house)
    type(invited_house).objects.filter(pk=invited_house.pk).update(audience="anyone")
    for member in (author, neighbour):
        answer(by=member, request=asked, is_yes=True, seen=digest(words_of(asked, member)))
    assert client_of(moderator).post(f"/move-requests/{asked.pk}/completion/").status_code == 422
    nothing_shows(visitor, thread)


def test_a_members_thread_of_an_open_house_is_asked(moderator, author, talk, open_house, invited_house):
    thread = talk(open_house, 2)
    Thread.objects.filter(pk=thread.pk).update(audience="members")
    thread.refresh_from_db()
    assert isinstance(move_thread(by=moderator, thread=thread, community=invited_house), MoveRequest)


def test_ones_own_words_need_no_asking(moderator, closed_house, open_house):
    body = text.clean("Mine alone.", "markdown")
    thread = actions.start_thread(author=moderator, community=closed_house, title="Mine", body=body, language="en")
    done = move_thread(by=moderator, thread=thread, community=open_house)
    assert done.thread.audience == "anyone"
    log.undo(entry=done.entry, by=moderator)
    thread.refresh_from_db()
    assert (thread.community, thread.audience, thread.posts.get().audience) == (closed_house, "members", "members")


def test_who_left_is_asked_and_sees_only_their_own(client_of, neighbour, author, thread, asked):
    Membership.objects.filter(member=neighbour, community_id=asked.source_id).delete()
    client = client_of(neighbour)
    page = client.get(f"/move-requests/{asked.pk}/").content.decode()
    assert "word 2" in page
    assert "word 3" not in page
    assert f'href="{thread.get_absolute_url()}"' not in page
    says(client, asked, "yes")
    spread()
    assert not Line.objects.filter(member=neighbour, topic="move", read_at=None).exists()


def test_only_moderators_decide(client_of, moderator, author, outsider, visitor, thread, asked):
    for client in (client_of(author), client_of(outsider)):
        for what in ("completion", "withdrawal"):
            assert client.post(f"/move-requests/{asked.pk}/{what}/").status_code == 404
    assert client_of(moderator).post(f"/move-requests/{asked.pk}/", {"says": "yes", "seen": ""}).status_code == 404
    assert visitor.get(f"/move-requests/{asked.pk}/").status_code == 302
    assert client_of(moderator).post(f"/move-requests/{asked.pk}/completion/").status_code == 422  # nobody said yes
    client_of(moderator).post(f"/move-requests/{asked.pk}/withdrawal/")
    asked.refresh_from_db()
    assert asked.outcome == "withdrawn"
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_due() == 0


def test_asking_is_undone_before_any_letter(moderator, asked):
    log.undo(entry=LogEntry.objects.get(kind="move.asked"), by=moderator)
    asked.refresh_from_db()
    assert asked.outcome == "withdrawn"
    Letter.objects.update(due_at=timezone.now())
    assert sending.send_due() == 0


def test_a_part_that_moved_comes_back(client_of, moderator, author, visitor, thread, asked):
    before = order(thread)
    says(client_of(author), asked, "yes")
    client_of(moderator).post(f"/move-requests/{asked.pk}/completion/")
    new = Thread.objects.latest("pk")
    assert visitor.get(new.get_absolute_url()).status_code == 200
    log.undo(entry=LogEntry.objects.get(kind="thread.moved"), by=moderator)
    assert order(thread) == before
    whole(thread)
    nothing_shows(visitor, thread)
    assert visitor.get(new.get_absolute_url()).status_code == 404
    assert set(Post.objects.filter(thread=thread).values_list("audience", flat=True)) == {"members"}
    assert not Leaving.objects.exists()
    asked.refresh_from_db()
    assert asked.is_waiting


def test_an_account_that_cannot_answer_stays(client_of, moderator, author, neighbour, thread, asked):
    gone = person("gone")
    Membership.objects.create(member=gone, community_id=asked.source_id)
    say(gone, thread, "And then I left.")
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    for member in (author, neighbour):
        answer(by=member, request=asked, is_yes=True, seen=digest(words_of(asked, member)))
    thread.refresh_from_db()
    assert thread.community_id == asked.source_id
    assert not MoveAnswer.objects.filter(author=gone).exists()
