"""Many at once: twenty hide one post, and it is hidden once. On SQLite and on PostgreSQL."""

import pytest

from forum import changes, text
from forum.models import Change, PostHiding, Revision, ThreadHiding
from forum.threads import actions
from forum.threads.hiding import steps
from forum.web.errors import Refusal
from tests.threads.test_parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_hide_one_post(author, moderator, steward, thread_in, open_house):
    thread = thread_in(open_house, posts=2)
    post, head = thread.posts.get(number=2), changes.head_of(f"thread:{thread.pk}")

    def hide(n):
        return steps.hide_post(post=post, by=(moderator, steward)[n % 2], reason=f"{n}").reason

    assert len(set(at_once(20, hide))) == 1  # everybody is told of the first
    assert PostHiding.objects.count() == 1
    assert changes.head_of(f"thread:{thread.pk}") == head + 1


def test_twenty_hide_and_show_one_thread(moderator, thread_in, open_house):
    thread = thread_in(open_house)

    def turn(n):
        if n % 2:
            steps.hide_thread(thread=thread, by=moderator, reason="x")
        else:
            steps.show_thread(thread=thread, by=moderator)

    at_once(20, turn)
    kinds = list(Change.objects.filter(stream=f"thread:{thread.pk}").order_by("n").values_list("kind", flat=True))
    assert kinds == (["thread.hidden", "thread.shown"] * 10)[: len(kinds)]
    assert ThreadHiding.objects.exists() == (len(kinds) % 2 == 1)


def test_an_edit_comes_before_the_hiding_or_not_at_all(author, moderator, thread_in, open_house):
    """And search knows nothing of either."""
    thread = thread_in(open_house, posts=2)
    post = thread.posts.get(number=2)

    def deed(n):
        if n == 3:
            return steps.hide_post(post=post, by=moderator, reason="x")
        try:
            body = text.clean(f"Zqword {n}.", "markdown")
            return actions.edit_post(editor=author, post=post, body=body, based_on=1)
        except Refusal:
            return None

    at_once(6, deed)
    last = Revision.objects.filter(post=post).order_by("-number").first()
    assert last.at <= PostHiding.objects.get().at
    assert steps.indexing.replies().filter(pk=post.pk).count() == 0
    from forum.search.models import SearchDocument

    assert not SearchDocument.objects.filter(kind="post", object_id=post.pk).exists()
