"""Taking one's words back, and what follows from it wherever they are quoted."""

from accounts.models import Member
from forum import changes, notifications
from forum.threads import indexing, made, notices, rules
from forum.threads.models import Deletion, Post
from forum.threads.quotes import may_stand
from forum.threads.steps import refuse

MOST_TOLD = 500  # quotes that fold on open pages; older ones do when their page is loaded


@changes.writing()
def delete_post(*, by: Member, post: Post, reason: str = "") -> None:
    """The author takes a post back: a stub stays so that the thread can be read. Twice is once."""
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    post = Post.objects.select_related("thread__community").get(pk=post.pk)
    refuse(rules.may_delete(by, post))
    _deletion, new = Deletion.objects.get_or_create(post=post, defaults={"by": by, "reason": reason})
    if new:
        indexing.put(post)
        notifications.withdraw(*notices.OF_A_POST, about=post.pk)
        changes.record(f"thread:{post.thread_id}", "post.deleted", post=post.pk)
        reprint_quotes(post)
        made.deleted(post)


def reprint_quotes(source: Post) -> None:
    """For whatever hides or shows a post: the pages that are open print their quotes of it anew. Where a quote was
    folded anyway, because not all its readers may read the post, nobody hears."""
    quoting = Post.objects.filter(quotes__source=source, deletion=None).exclude(pk=source.pk)
    latest = quoting.select_related("thread__community").order_by("-pk")[:MOST_TOLD]
    told = [post for post in latest if may_stand(source, post.thread)]
    for post in sorted(told, key=lambda post: (post.thread_id, post.number)):
        changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)
