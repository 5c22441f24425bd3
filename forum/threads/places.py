"""Where one writes about threads: the places drafts may stand at, and how to find back to them."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from forum import drafts, files
from forum.communities.models import Community
from forum.drafts.queries import any_draft_shows
from forum.drafts.registry import Standing
from forum.threads.mentions import suggest
from forum.threads.models import Post, Thread
from forum.threads.moving.standing import standing
from forum.threads.quotes import latest_revisions

LATE = timedelta(minutes=5)


def register() -> None:
    drafts.register_mentions(suggest)
    drafts.register_revisions(latest_revisions)
    files.register_holder(lambda picture: any_draft_shows(picture.pk))
    drafts.register_place("thread", may_reply_at, reply_places, was_replied)
    drafts.register_place("community", may_start_at, start_places, was_started)
    drafts.register_place("post", may_edit_at, edit_places, stands_so)


def may_reply_at(viewer: Any, pk: int) -> bool:
    return Thread.objects.visible_to(viewer).filter(standing(pk)).exists()


def reply_places(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    threads = Thread.objects.visible_to(viewer).select_related("community").filter(pk__in=pks)
    return {
        thread.pk: Standing(thread.title, f"{thread.get_absolute_url()}?from={thread.last_number}#reply", thread)
        for thread in threads
    }


def may_start_at(viewer: Any, pk: int) -> bool:
    return Community.objects.visible_to(viewer).filter(pk=pk).exists()


def start_places(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    """The unsaved thread says which quotes may stand in a preview."""
    return {
        community.pk: Standing(
            community.name,
            f"{community.get_absolute_url()}threads/new/",
            Thread(community=community, audience=community.audience),
        )
        for community in Community.objects.visible_to(viewer).filter(pk__in=pks)
    }


def _just_published(member: Any, body: str) -> Any:
    """A save that was slow on the way, no longer: somebody may well say the same again next week."""
    since = timezone.now() - LATE
    return Post.objects.filter(author_id=member.pk, source=body, published_at__gt=since)


def was_replied(member: Any, pk: int, _title: str, body: str) -> bool:
    return bool(_just_published(member, body).filter(thread=pk).exists())


def was_started(member: Any, pk: int, title: str, body: str) -> bool:
    started = _just_published(member, body).filter(thread__community=pk, number=1, thread__title=title.strip())
    return bool(started.exists())


def stands_so(member: Any, pk: int, _title: str, body: str) -> bool:
    return bool(_own_posts(member).filter(pk=pk, source=body).exists())


def _own_posts(viewer: Any) -> Any:
    return Post.objects.visible_to(viewer).filter(author_id=viewer.pk).select_related("thread__community")


def may_edit_at(viewer: Any, pk: int) -> bool:
    return bool(_own_posts(viewer).filter(pk=pk).exists())


def edit_places(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    posts = _own_posts(viewer).filter(pk__in=pks)
    return {post.pk: Standing(post.thread.title, f"/posts/{post.pk}/edit/", post.thread) for post in posts}
