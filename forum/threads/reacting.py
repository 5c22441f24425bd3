"""A member's one reaction to what somebody wrote. Each is harmless done twice."""

from collections import Counter
from typing import Any

from accounts.models import Member
from forum import changes, notifications
from forum.threads import rules
from forum.threads.models import Post, Reaction
from forum.threads.steps import refuse, steady


@changes.writing()
def react(*, member: Member, post: Post, kind: str) -> None:
    """The member's one reaction to the post becomes `kind` (a `Reaction.Kind`)."""
    post = _hold(post)
    refuse(rules.may_react(member, post))
    if Reaction.objects.filter(post=post, member=member, kind=kind).exists():
        return
    rules.check_reaction_speed(member)
    _reaction, new = Reaction.objects.update_or_create(post=post, member=member, defaults={"kind": kind})
    if new:  # another kind is no news
        about: dict[str, Any] = {"topic": post.thread_id, "community": post.thread.community_id, "about": post.pk}
        notifications.notify(kind="post.reacted", actor=member, **about)
    _count(post, member)


@changes.writing()
def unreact(*, member: Member, post: Post) -> None:
    post = _hold(post)
    if Reaction.objects.filter(post=post, member=member).delete()[0]:
        notifications.withdraw("post.reacted", about=post.pk, actor=member)
        _count(post, member)


def _hold(post: Post) -> Post:
    """As it is now, its row held; its deletion is read afterwards, for it may be what this waited for."""
    steady(post.thread.community_id)
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    return Post.objects.select_related("thread__community__closing", "thread__hiding", "deletion", "hiding").get(
        pk=post.pk
    )


def _count(post: Post, member: Member) -> None:
    """Counted afresh under the post's lock, so the stored numbers cannot drift. The article is the same for everybody:
    which of its buttons are the member's own, their other pages hear by themselves."""
    kinds = Reaction.objects.filter(post=post).values_list("kind", flat=True)
    post.reactions = dict(sorted(Counter(kinds).items()))
    post.save(update_fields=["reactions"])
    changes.record(f"thread:{post.thread_id}", "post.reacted", post=post.pk)
    changes.record(f"member:{member.pk}", "reaction.changed", post=post.pk)
