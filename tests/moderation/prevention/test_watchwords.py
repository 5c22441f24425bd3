"""Words and links a community looks for: tried on past texts, then used; what they caught, and how often wrongly."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member
from forum import text
from forum.models import Case, Catch, Community, HeldText, LogEntry, Post, Thread, Watchword
from forum.moderation.prevention import actions, queries
from forum.moderation.prevention.matching import has_words, links_to
from forum.threads.holding import actions as holding
from forum.web.errors import Refusal


@pytest.mark.parametrize(
    ("said", "pattern", "found"),
    [
        ("Tani KREDYT!", "tani kredyt", True),
        ("tani, kredyt", "Tani Kredyt", True),
        ("łatwy kredyt", "latwy", True),
        ("kredytowy", "kredyt", False),
        ("kredyt tani", "tani kredyt", False),
        ("дешевий кредит", "Кредит", True),
        ("", "kredyt", False),
        ("kredyt", "!!!", False),
    ],
)
def test_whole_words_in_their_order(said: str, pattern: str, found: bool) -> None:
    assert has_words(said, pattern) is found


@pytest.mark.parametrize(
    ("address", "pattern", "found"),
    [
        ("https://example.org/", "example.org", True),
        ("https://shop.example.org/x?y", "example.org", True),
        ("https://WWW.EXAMPLE.ORG:443", "https://www.example.org/", True),
        ("https://badexample.org/", "example.org", False),
        ("https://example.org.evil.net/", "example.org", False),
        ("https://example.org/shop/now", "example.org/shop", True),
        ("https://example.org/shopping", "example.org/shop", False),
        ("mailto:somebody@example.org", "example.org", False),
        ("https://müller.example/", "xn--mller-kva.example", True),
    ],
)
def test_links_are_met_at_the_border_of_a_label(address: str, pattern: str, found: bool) -> None:
    assert links_to(text.clean(f"[here]({address})", "markdown").html, pattern) is found


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house)


def watch(by: Member, house: Community, effect: str, pattern: str = "cheap loans", **more: str) -> Watchword:
    return actions.add_watchword(by=by, community=house, kind="words", pattern=pattern, effect=effect, **more)


def say(member: Member, thread: Thread, words: str = "I sell cheap loans.") -> Post | HeldText:
    return holding.publish_reply(author=member, thread=thread, body=text.clean(words, "markdown"))


def test_flagged_it_is_published_and_a_person_is_asked(
    author: Member, moderator: Member, open_house: Community, thread: Thread
) -> None:
    word = watch(moderator, open_house, "flag")
    post = say(author, thread)
    case = Case.objects.get()
    assert case.post == post
    assert LogEntry.objects.get(kind="case.opened").by is None
    assert Catch.objects.get().watchword == word
    say(author, thread, "Soup is cheap.")
    assert Case.objects.count() == 1


def test_held_and_let_out_counts_as_an_error(
    author: Member, moderator: Member, open_house: Community, thread: Thread
) -> None:
    watch(moderator, open_house, "hold")
    first, second = say(author, thread), say(author, thread, "More cheap loans.")
    assert isinstance(first, HeldText)
    assert isinstance(second, HeldText)
    holding.release(by=moderator, held=first)
    holding.send_back(by=moderator, held=second, words="No advertising, please.")
    (word,) = queries.watchwords_of(open_house)
    assert word.counted == queries.Counted(caught=2, looked_at=2, wrong=1)  # type: ignore[attr-defined]


def test_refused_with_the_communitys_own_words_and_nothing_lost(
    client_of: Callable[..., Client], author: Member, moderator: Member, open_house: Community, thread: Thread
) -> None:
    watch(moderator, open_house, "refuse", reply="We do not sell here. Tell us what you make instead.")
    form = {"body": "I sell cheap loans.", "body_format": "markdown"}
    refused = client_of(author).post(f"/threads/{thread.pk}/posts/", form)
    assert refused.status_code == 422
    assert "Tell us what you make instead." in refused.content.decode()
    assert "I sell cheap loans." in refused.content.decode()
    assert thread.posts.count() == 1


def test_a_change_of_what_stands_is_looked_at_too(
    author: Member, moderator: Member, open_house: Community, thread: Thread
) -> None:
    watch(moderator, open_house, "hold")
    post = thread.posts.get()
    holding.publish_edit(editor=author, post=post, body=text.clean("Cheap loans.", "markdown"), based_on=1)
    assert Case.objects.get().post == post


def test_tried_on_past_texts_before_it_is_used(
    client_of: Callable[..., Client], moderator: Member, neighbour: Member, open_house: Community, thread: Thread
) -> None:
    form = {"kind": "words", "pattern": "began with tea", "effect": "refuse", "reply": ""}
    address = f"/c/{open_house.slug}/prevention/"
    assert client_of(neighbour).get(address).status_code == 404
    tried = client_of(moderator).post(address, {**form, "test": "1"}).content.decode()
    assert "It would have met 1 text of the last two months." in tried
    assert thread.title in tried
    assert not Watchword.objects.exists()
    client_of(moderator).post(address, form)
    word = Watchword.objects.get()
    assert client_of(neighbour).post(f"{address}{word.pk}/retirement/").status_code == 404
    client_of(moderator).post(f"{address}{word.pk}/retirement/")
    word.refresh_from_db()
    assert word.retired_by == moderator


def test_only_stewards_say_how_newcomers_are_met(
    client_of: Callable[..., Client], moderator: Member, steward: Member, open_house: Community
) -> None:
    address = f"/c/{open_house.slug}/prevention/newcomers/"
    form = {"first_posts": "2", "links": ""}
    assert client_of(moderator).post(address, form).status_code == 404
    assert client_of(steward).post(address, {**form, "first_posts": "99"}).status_code == 422
    assert client_of(steward).post(address, form).status_code == 302
    guard = open_house.guard
    assert (guard.first_posts, guard.links) == (2, None)


@pytest.mark.parametrize(("kind", "pattern"), [("link", "nothing"), ("link", "javascript:alert(1)"), ("words", "!?")])
def test_what_is_no_word_and_no_site(kind: str, pattern: str, moderator: Member, open_house: Community) -> None:
    with pytest.raises(Refusal):
        actions.add_watchword(by=moderator, community=open_house, kind=kind, pattern=pattern, effect="flag")
    assert not Watchword.objects.exists()


def test_moderators_pass(moderator: Member, open_house: Community, thread: Thread) -> None:
    watch(moderator, open_house, "refuse")
    assert isinstance(say(moderator, thread), Post)
