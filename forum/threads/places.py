"""Where one writes about threads: the places drafts may stand at, and how to find back to them."""

from typing import Any

from forum import drafts, files
from forum.communities.models import Community
from forum.drafts.queries import any_draft_shows
from forum.drafts.registry import Standing
from forum.threads.mentions import suggest
from forum.threads.models import Post, Thread


def register() -> None:
    drafts.register_mentions(suggest)
    files.register_holder(lambda picture: any_draft_shows(picture.pk))
    drafts.register_place("thread", may_reply_at, reply_places)
    drafts.register_place("community", may_start_at, start_places)
    drafts.register_place("post", may_edit_at, edit_places)


def may_reply_at(viewer: Any, pk: int) -> bool:
    return Thread.objects.visible_to(viewer).filter(pk=pk).exists()


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


def _own_posts(viewer: Any) -> Any:
    return Post.objects.visible_to(viewer).filter(author_id=viewer.pk).select_related("thread__community")


def may_edit_at(viewer: Any, pk: int) -> bool:
    return bool(_own_posts(viewer).filter(pk=pk).exists())


def edit_places(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    posts = _own_posts(viewer).filter(pk__in=pks)
    return {post.pk: Standing(post.thread.title, f"/posts/{post.pk}/edit/", post.thread) for post in posts}
