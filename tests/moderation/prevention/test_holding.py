"""First texts of people nobody invited, where the community wants to read them first: held, published, sent back."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum import changes, text
from forum.communities import actions as communities
from forum.models import Catch, Community, Draft, HeldText, LogEntry, Membership, Post, Thread
from forum.moderation.prevention import actions as prevention
from forum.notifications.models import Line
from forum.notifications.spreading import spread
from forum.threads import actions as threads
from forum.threads.holding import actions
from forum.web.errors import Refusal
from tests.cast import person

SAID = "I live around the corner."


@pytest.fixture
def newcomer(open_house: Community) -> Member:
    member = person("newcomer", vouched_at=None)
    Membership.objects.create(community=open_house, member=member)
    return member


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community, steward: Member) -> Thread:
    prevention.set_guard(by=steward, community=open_house, first_posts=1, links=0)
    return thread_in(open_house)


def sent(browser: Client, thread: Thread, words: str = SAID, **more: str) -> str:
    answer = browser.post(f"/threads/{thread.pk}/posts/", {"body": words, "body_format": "markdown", **more})
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def test_nobody_but_its_author_and_the_moderators_can_read_it(
    client_of: Callable[..., Client],
    newcomer: Member,
    author: Member,
    moderator: Member,
    outsider: Member,
    visitor: Client,
    thread: Thread,
) -> None:
    head = changes.head_of(f"thread:{thread.pk}")
    page = sent(client_of(newcomer), thread)
    held = HeldText.objects.get()
    assert page == f"/held/{held.pk}/"
    assert Post.objects.filter(thread=thread).count() == 1
    assert changes.head_of(f"thread:{thread.pk}") == head
    assert SAID in client_of(newcomer).get(page).content.decode()
    assert SAID in client_of(moderator).get(page).content.decode()
    assert [client_of(who).get(page).status_code for who in (author, outsider)] == [404, 404]
    assert visitor.get(page).status_code == 302
    for address in (thread.get_absolute_url(), "/search/?q=corner", f"/members/{newcomer.username}/", "/"):
        assert SAID not in client_of(author).get(address, follow=True).content.decode(), address


def test_published_it_is_a_post_as_any_other(
    client_of: Callable[..., Client], newcomer: Member, moderator: Member, thread: Thread
) -> None:
    page = sent(client_of(newcomer), thread)
    for _ in range(2):
        client_of(moderator).post(f"{page}release/")
    post = Post.objects.get(thread=thread, author=newcomer)
    assert (post.number, text.plain(post.html)) == (2, SAID)
    assert "/posts/" in sent(client_of(newcomer), thread, "And I bring soup.")  # known from now on
    spread()
    assert Line.objects.filter(member=newcomer, topic="text").exists()
    assert LogEntry.objects.filter(kind="text.released", by=moderator, post=post).count() == 1


def test_the_same_form_sent_again_is_one_text(
    client_of: Callable[..., Client], newcomer: Member, moderator: Member, thread: Thread
) -> None:
    key = {"submission": "6f0d2a3e-9a50-4a5c-9f4a-0a3a5a2f9a11"}
    pages = {sent(client_of(newcomer), thread, **key) for _ in range(2)}
    assert len(pages) == HeldText.objects.count() == 1
    client_of(moderator).post(f"{pages.pop()}release/")
    assert "/posts/" in sent(client_of(newcomer), thread, **key)
    assert Post.objects.filter(author=newcomer).count() == 1


def test_sent_back_it_is_a_draft_with_a_sentence(
    client_of: Callable[..., Client], newcomer: Member, moderator: Member, steward: Member, thread: Thread
) -> None:
    page = sent(client_of(newcomer), thread)
    refused = client_of(moderator).post(f"{page}return/", {"words": " "})
    assert refused.status_code == 422
    client_of(moderator).post(f"{page}return/", {"words": "Please leave out the name."})
    assert Draft.objects.get(member=newcomer, place=f"thread:{thread.pk}").body == SAID
    shown = client_of(newcomer).get(page).content.decode()
    assert "Please leave out the name." in shown
    assert "Moderator" not in shown
    late = client_of(steward).post(f"{page}release/", follow=True).content.decode()
    assert "Moderator decided this first." in late
    assert Post.objects.filter(author=newcomer).count() == 0


def test_what_its_author_writes_meanwhile_stays_a_draft(
    client_of: Callable[..., Client], newcomer: Member, moderator: Member, thread: Thread
) -> None:
    page = sent(client_of(newcomer), thread)
    Draft.objects.create(member=newcomer, place=f"thread:{thread.pk}", body="Another thought")
    client_of(moderator).post(f"{page}release/")
    assert Draft.objects.get(member=newcomer).body == "Another thought"


def test_its_author_takes_it_back(
    client_of: Callable[..., Client], newcomer: Member, author: Member, moderator: Member, thread: Thread
) -> None:
    page = sent(client_of(newcomer), thread)
    assert client_of(author).post(f"{page}withdrawal/").status_code == 404
    client_of(newcomer).post(f"{page}withdrawal/")
    assert Draft.objects.get(member=newcomer).body == SAID
    late = client_of(moderator).post(f"{page}release/", follow=True)
    assert "took this text back" in late.content.decode()
    assert Post.objects.filter(author=newcomer).count() == 0


def test_only_moderators_decide_and_nobody_about_themselves(newcomer: Member, author: Member, thread: Thread) -> None:
    body = text.clean(SAID, "markdown")
    held = actions.publish_reply(author=newcomer, thread=thread, body=body)
    assert isinstance(held, HeldText)
    Membership.objects.filter(member=newcomer).update(role="moderator")
    for who in (author, newcomer):
        with pytest.raises(Refusal):
            actions.release(by=who, held=held)
    assert HeldText.objects.get().outcome == "waiting"


def test_invited_and_long_known_people_pass(newcomer: Member, author: Member, thread: Thread) -> None:
    body = text.clean(SAID, "markdown")
    assert isinstance(actions.publish_reply(author=author, thread=thread, body=body), Post)
    newcomer.date_joined = timezone.now() - timezone.timedelta(days=30)  # type: ignore[attr-defined]
    assert isinstance(actions.publish_reply(author=newcomer, thread=thread, body=body), Post)


def test_more_links_than_newcomers_may_use(
    client_of: Callable[..., Client], newcomer: Member, author: Member, thread: Thread
) -> None:
    words = "Look at https://example.org/ please."
    refused = client_of(newcomer).post(f"/threads/{thread.pk}/posts/", {"body": words, "body_format": "markdown"})
    assert refused.status_code == 422
    assert "take the others out" in refused.content.decode()
    assert words in refused.content.decode()
    assert not HeldText.objects.exists()
    assert "/posts/" in sent(client_of(author), thread, words)


def test_a_new_thread_waits_as_well(
    client_of: Callable[..., Client], newcomer: Member, moderator: Member, thread: Thread, open_house: Community
) -> None:
    form = {"title": "Soup on Friday", "body": SAID, "body_format": "markdown"}
    answer = client_of(newcomer).post(f"/c/{open_house.slug}/threads/new/", form)
    held = HeldText.objects.get()
    assert answer["Location"] == held.get_absolute_url()
    assert not Thread.objects.filter(title="Soup on Friday").exists()
    client_of(moderator).post(f"{held.get_absolute_url()}release/")
    begun = Thread.objects.get(title="Soup on Friday")
    assert (begun.author, begun.last_number) == (newcomer, 1)
    assert Catch.objects.get().held == held


def test_who_was_removed_keeps_their_words_and_sees_nothing_else(
    client_of: Callable[..., Client], newcomer: Member, steward: Member, thread: Thread, open_house: Community
) -> None:
    page = sent(client_of(newcomer), thread, f">>{thread.posts.get().pk}.1\n\n{SAID}")
    assert thread.title in client_of(newcomer).get(page).content.decode()
    Community.objects.filter(pk=open_house.pk).update(audience="members")
    communities.remove_member(by=steward, community=open_house, member=newcomer, reason="It is time.")
    shown = client_of(newcomer).get(page).content.decode()
    assert SAID in shown
    assert not [words for words in (thread.title, open_house.name, "We began with tea.") if words in shown]


def test_a_thread_that_was_locked_meanwhile(newcomer: Member, moderator: Member, thread: Thread) -> None:
    held = actions.publish_reply(author=newcomer, thread=thread, body=text.clean(SAID, "markdown"))
    assert isinstance(held, HeldText)
    threads.lock_thread(by=moderator, thread=thread, reason="Enough.")
    with pytest.raises(Refusal):
        actions.release(by=moderator, held=held)
    assert HeldText.objects.get().outcome == "waiting"
