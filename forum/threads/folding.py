"""A picture that is removed for good goes from every post that shows it, and from what these posts said before."""

from uuid import UUID

from django.db.models import QuerySet

from forum import changes, text
from forum.threads.deleting import MOST_TOLD
from forum.threads.models import Post, Revision


def hold_posts(picture: UUID) -> None:
    """Before the picture itself is held: whoever edits a post takes them in this order."""
    list(_showing(picture).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def fold_in_posts(picture: UUID) -> None:
    """Called inside `changes.writing()`. What can be seen in it stays in its place; open pages follow."""
    ids = {str(picture)}
    for revision in Revision.objects.filter(html__contains=str(picture)).iterator(200):
        told = text.without_pictures(text.Told(revision.source, revision.format, revision.html), ids)
        revision.source, revision.format, revision.html = told
        revision.save(update_fields=["source", "format", "html"])
    folded = []
    for post in _showing(picture).select_related("deletion").order_by("-pk"):
        told = text.without_pictures(text.Told(post.source, post.format, post.html), ids)
        post.source, post.format, post.html = told
        post.save(update_fields=["source", "format", "html"])
        folded += [] if post.is_deleted else [post]
    for post in sorted(folded[:MOST_TOLD], key=lambda post: (post.thread_id, post.number)):
        changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)


def _showing(picture: UUID) -> QuerySet[Post]:
    return Post.objects.filter(html__contains=str(picture))
