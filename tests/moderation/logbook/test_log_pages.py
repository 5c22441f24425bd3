"""The pages of the log: what everybody may know of, and what moderators do; to nobody more than they may see."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Member
from forum import changes, log
from forum.log.models import LogEntry
from forum.models import Case, Community, Report, Thread
from forum.moderation.logbook.labels import LABELS
from tests.cast import person

ClientOf = Callable[[Member], Client]
ENGLISH = {"accept-language": "en"}


def entered(kind: str, by: Member | None, community: Community, **about: Any) -> LogEntry:
    with changes.writing():
        return log.enter(kind, by=by, community=community.pk, **about)


def page_of(browser: Client, address: str = "/c/open-house/log/") -> str:
    answer = browser.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house, title="Benches for the yard")


def test_everybody_reads_acts_with_their_reasons_and_no_names(
    outsider: Member, thread: Thread, open_house: Community, moderator: Member, author: Member, visitor: Client
) -> None:
    entered("thread.locked", moderator, open_house, thread=thread, words="Everything is said.")
    entered("post.hidden", moderator, open_house, post=thread.posts.get(), words="A telephone number.")
    entered("member.warned", moderator, open_house, person=author, words="A warning of theirs.")
    case = Case.objects.create(post=thread.posts.get(), community=open_house)
    entered("case.opened", None, open_house, case=case, words="A case of theirs.")
    entered("decision.made", moderator, open_house, post=thread.posts.get(), words="A decision of theirs.")
    page = page_of(visitor)
    assert "A thread was locked" in page
    assert "Benches for the yard" in page
    assert "Everything is said." in page
    assert "A telephone number." in page
    assert "of theirs." not in page
    assert "Moderator" not in page.partition("<main")[2].partition("</main>")[0]


def test_the_log_of_a_closed_community_is_its_members(
    outsider: Member, closed_house: Community, author: Member, client_of: ClientOf, visitor: Client
) -> None:
    assert client_of(author).get("/c/closed-house/log/").status_code == 200
    assert client_of(outsider).get("/c/closed-house/log/").status_code == 404
    assert visitor.get("/c/closed-house/log/").status_code == 404


def test_a_members_thread_stands_in_no_log_of_strangers(
    outsider: Member, thread_in: Callable[..., Thread], open_house: Community, moderator: Member, client_of: ClientOf
) -> None:
    Community.objects.filter(pk=open_house.pk).update(audience="members")
    closed = thread_in(Community.objects.get(pk=open_house.pk), title="Quarrel about keys")
    Community.objects.filter(pk=open_house.pk).update(audience="anyone")
    entered("thread.locked", moderator, open_house, thread=closed, words="About the keys.")
    entered("post.hidden", moderator, open_house, post=closed.posts.get(), words="About the keys, too.")
    page = page_of(client_of(outsider))
    assert "the keys" not in page
    assert "Quarrel" not in page
    assert "A thread was locked" not in page
    assert "Quarrel about keys" in page_of(client_of(moderator))


def test_what_was_moved_out_of_sight_is_not_named(
    outsider: Member, thread: Thread, open_house: Community, closed_house: Community, moderator: Member, visitor: Client
) -> None:
    entered("thread.moved", moderator, open_house, thread=thread, words="To those who plan the benches.")
    Thread.objects.filter(pk=thread.pk).update(community=closed_house)
    page = page_of(visitor)
    assert "A thread was moved" in page
    assert "enches" not in page


def test_what_was_undone_says_so(thread: Thread, open_house: Community, moderator: Member, visitor: Client) -> None:
    entry = entered("thread.locked", moderator, open_house, thread=thread)
    entered("undone", moderator, open_house, thread=thread, undoes=entry)
    page = page_of(visitor)
    assert page.count('id="entry-') == 1
    assert "undone" in page


def test_the_moderators_log_is_theirs(
    thread: Thread,
    open_house: Community,
    closed_house: Community,
    cast: dict[str, Member],
    outsider: Member,
    client_of: ClientOf,
) -> None:
    elsewhere = person("other-moderator")
    administrator = person("overseer", is_staff=True)
    open_house.memberships.create(member=elsewhere, role="moderator")
    entered("thread.locked", cast["moderator"], open_house, thread=thread, words="Said.")
    entered("duty.changed", cast["steward"], closed_house, house=closed_house, words="Closed word.")
    for name in ("author", "neighbour"):
        assert client_of(cast[name]).get("/moderation/log/").status_code == 404
    assert client_of(outsider).get("/moderation/log/").status_code == 404
    seen = page_of(client_of(elsewhere), "/moderation/log/")
    assert "Said." in seen
    assert ">Moderator</a>" in seen
    assert "Closed word." not in seen
    assert "Closed word." in page_of(client_of(administrator), "/moderation/log/")


def test_who_is_acted_upon_learns_neither_who_did_it_nor_of_a_report(
    open_house: Community, moderator: Member, steward: Member, client_of: ClientOf, thread_in: Callable[..., Thread]
) -> None:
    """A moderator's own thing: the public log and their statement say what happened, and no page who."""
    second = person("second")
    open_house.memberships.create(member=second, role="moderator")
    thread = thread_in(open_house)
    Thread.objects.filter(pk=thread.pk).update(author=moderator)
    thread.posts.update(author=moderator)
    post = thread.posts.get()
    case = Case.objects.create(post=post, community=open_house, level=1)
    entered("case.opened", None, open_house, case=case, words="secret")
    entered("decision.made", steward, open_house, post=post, words="secret")
    assert "secret" not in page_of(client_of(moderator), "/moderation/log/")
    assert page_of(client_of(second), "/moderation/log/").count("secret") == 2
    Case.objects.filter(pk=case.pk).update(level=2)
    assert page_of(client_of(second), "/moderation/log/").count("secret") == 1
    assert page_of(client_of(steward), "/moderation/log/").count("secret") == 2
    Report.objects.create(case=case, member=steward, ground="insult", address="x", language="en", digest="d")
    assert page_of(client_of(steward), "/moderation/log/").count("secret") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=thread.locked", "ab"),
        ("person=steward", "b"),
        ("about=thread:{thread}", "a"),
        ("about=/threads/{thread}/benches/", "a"),
        ("community=open-house", "abc"),
        ("since=2999-01-01", ""),
        ("until=2001-01-01", ""),
        ("about=nonsense&kind=nothing&since=x&page=zz", "abc"),
    ],
)
def test_the_log_is_narrowed(
    query: str,
    found: str,
    thread: Thread,
    open_house: Community,
    moderator: Member,
    steward: Member,
    thread_in: Callable[..., Thread],
    client_of: ClientOf,
) -> None:
    entered("thread.locked", moderator, open_house, thread=thread, words="word-a")
    entered("thread.locked", steward, open_house, thread=thread_in(open_house), words="word-b")
    entered("duty.changed", moderator, open_house, house=open_house, words="word-c")
    page = page_of(client_of(moderator), f"/moderation/log/?{query.format(thread=thread.pk)}")
    assert {each for each in "abc" if f"word-{each}" in page} == set(found)


def test_pages_turn(thread: Thread, open_house: Community, moderator: Member, visitor: Client) -> None:
    for number in range(51):
        entered("thread.locked", moderator, open_house, thread=thread, words=f"word-{number}-")
    assert "word-0-" not in page_of(visitor)
    assert "word-0-" in page_of(visitor, "/c/open-house/log/?page=2")
    assert 'id="entry-' not in page_of(visitor, f"/c/open-house/log/?page={'9' * 9}")


def test_every_label_fits_its_column() -> None:
    assert max(map(len, LABELS)) <= 40
