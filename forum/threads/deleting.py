"""Taking one's words back, and what follows from it wherever they are quoted."""

from accounts.models import Member
from forum import changes, notifications
from forum.threads import indexing, made, notices, rules
from forum.threads.models import Deletion, Post, PostQuerySet, PostQuote, Thread
from forum.threads.quotes import may_stand
from forum.threads.steps import refuse

MOST_TOLD = 500  # quotes that fold on open pages; older ones do when their page is loaded


@changes.writing()
def delete_post(*, by: Member, post: Post, reason: str = "") -> None:
    """The author takes a post back: a stub stays so that the thread can be read. Twice is once."""
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    post = Post.objects.select_related("thread__community", "thread__hiding").get(pk=post.pk)
    refuse(rules.may_delete(by, post))
    _deletion, new = Deletion.objects.get_or_create(post=post, defaults={"by": by, "reason": reason})
    if new:
        indexing.put(post)
        notifications.withdraw(*notices.OF_A_POST, about=post.pk)
        changes.record(f"thread:{post.thread_id}", "post.deleted", post=post.pk)
        reprint_quotes(post)
        made.turned(post)


def reprint_quotes(source: Post) -> None:
    """For whatever hides or shows a post: the pages that are open print their quotes of it anew. Where a quote was
    folded anyway, because not all its readers may read the post, nobody hears."""
    _print_anew(Post.objects.filter(quotes__source=source).exclude(pk=source.pk), source.thread)


def reprint_quotes_of(thread: Thread) -> None:
    """The same for all of a thread, on other threads' pages, while it can be read."""
    quotes = PostQuote.objects.filter(source__thread=thread).values("post")
    _print_anew(Post.objects.filter(pk__in=quotes).exclude(thread=thread), thread)


def _print_anew(quoting: PostQuerySet, origin: Thread) -> None:
    latest = quoting.readable().select_related("thread__community").order_by("-pk")[:MOST_TOLD]
    told = [post for post in latest if may_stand(origin, post.thread)]
    for post in sorted(told, key=lambda post: (post.thread_id, post.number)):
        changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)
