"""The same words in other posts are found, however they are dressed; nobody learns of words behind other doors."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import Member
from forum import text
from forum.models import Community, Post, PostWords, Thread
from forum.threads import actions
from forum.threads.deleting import delete_post
from forum.threads.hiding.sameness import MOST, keep_words
from forum.threads.hiding.steps import hide_post, hide_thread, same_words
from tests.threads.hiding.conftest import written

pytestmark = pytest.mark.django_db

WORDS = "Buy the very best courtyard lamps today, only at our shop"


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house)


def test_found_in_another_dress(thread: Thread, author: Member, neighbour: Member) -> None:
    post = written(author, thread, f"{WORDS}.")
    again = written(neighbour, thread, f">>{post.pk}.1\n\n**{WORDS.upper()}** !")
    written(neighbour, thread, f"{WORDS}, or at theirs.")
    assert same_words(post) == [again]
    assert same_words(again) == [post]
    short = [written(author, thread, "Thank you, that is very kind.") for _ in range(2)]
    assert same_words(short[0]) == []


def test_an_edit_is_followed(thread: Thread, author: Member) -> None:
    posts = [written(author, thread, WORDS) for _ in range(2)]
    for words in ("Shorter.", "Something else that is long enough to be told apart."):
        body = text.clean(words, "markdown")
        posts[1] = actions.edit_post(editor=author, post=posts[1], body=body, based_on=posts[1].revision)
        assert same_words(posts[0]) == []
    body = text.clean(WORDS, "markdown")
    actions.edit_post(editor=author, post=posts[1], body=body, based_on=posts[1].revision)
    assert same_words(posts[0]) == [posts[1]]


def test_only_what_stands_is_found(thread: Thread, author: Member, moderator: Member) -> None:
    post, hidden, folded, deleted = (written(author, thread, WORDS) for _ in range(4))
    assert len(same_words(post)) == 3
    delete_post(by=author, post=deleted)
    hide_post(post=folded, by=moderator, reason="x", how="folded")
    hide_post(post=hidden, by=moderator, reason="x")
    assert same_words(post) == []
    assert same_words(hidden) == [post]  # of a hidden one, too


def test_nothing_is_found_behind_other_doors(
    thread: Thread,
    author: Member,
    moderator: Member,
    thread_in: Callable[..., Thread],
    open_house: Community,
    closed_house: Community,
    invited_house: Community,
) -> None:
    post, inside = written(author, thread, WORDS), written(author, thread_in(closed_house), WORDS)
    elsewhere = thread_in(open_house)
    there = written(author, elsewhere, WORDS)
    assert same_words(post) == [there]
    assert same_words(inside) == [there, post]
    assert same_words(written(author, thread_in(invited_house), WORDS)) == [there, post]
    hide_thread(thread=elsewhere, by=moderator, reason="x")
    assert same_words(post) == []


def test_a_search_by_a_number_not_by_words(thread: Thread, author: Member, django_assert_num_queries: Any) -> None:
    for _ in range(MOST + 2):
        written(author, thread, WORDS)
    post = Post.objects.select_related("thread").get(thread=thread, number=2)
    with django_assert_num_queries(1):
        found = same_words(post)
    assert len(found) == MOST
    assert found[0].number > found[1].number


def test_words_are_kept_for_many_at_once(thread: Thread, author: Member) -> None:
    posts = [written(author, thread, f"{WORDS} {n}") for n in range(3)]
    kept = dict(PostWords.objects.values_list("post", "digest"))
    PostWords.objects.all().delete()
    keep_words(posts)
    keep_words(posts)
    assert dict(PostWords.objects.values_list("post", "digest")) == kept
    assert len(set(kept.values())) == 3
