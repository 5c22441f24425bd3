"""How a thread looks to those who follow it, and what the rooms below must know of threads."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Q
from django.template.loader import render_to_string
from django.utils.translation import get_language

from accounts.models import Member
from forum import changes, files, text
from forum.changes.models import Change
from forum.communities.models import Audience, Membership, Role
from forum.files.models import Picture
from forum.threads import indexing, notices, places
from forum.threads.articles import article
from forum.threads.managing.shown import complete, is_conclusion
from forum.threads.mentions import resolve_members
from forum.threads.models import Post, PostPicture, Thread
from forum.threads.moving.standing import standing
from forum.threads.queries import prepare
from forum.threads.quotes import resolve_quotes

#: Posts came or went: every region is another one; the posts after what one may do with them.
DEALT = frozenset({"thread.moved", "thread.split", "thread.merged"})
REGIONS = (
    *("#posts", "#thread-head", "#thread-state", "#thread-tools", "#thread-act", "#thread-readers", "#pager"),
    "#composer",
)
KINDS = DEALT | frozenset(
    {
        "post.published",
        "post.edited",
        "post.deleted",
        "post.folded",
        "post.hidden",
        "post.shown",
        "post.reacted",
        "thread.retitled",
        "thread.locked",
        "thread.unlocked",
        "thread.pinned",
        "thread.unpinned",
        "thread.hidden",
        "thread.shown",
        "thread.slowed",
        "thread.unslowed",
        "thread.concluded",
        "thread.unconcluded",
        "move.asked",
    }
)


def register() -> None:
    changes.register(
        "thread", changes.Follow(may_follow=may_follow, is_open=is_open, readers=readers, render=render, kinds=KINDS)
    )
    text.register_resolver("quote", resolve_quotes)
    text.register_resolver("member", resolve_members)
    files.register_rule(may_see_picture)
    places.register()
    indexing.register()
    notices.register(readers)


def may_follow(viewer: Any, pk: int) -> bool:
    """A thread that went into another one is followed by those who may read that: their page leads there."""
    return Thread.objects.visible_to(viewer).filter(standing(pk)).exists()


def is_open(pk: int) -> bool:
    return may_follow(AnonymousUser(), pk)


def readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    """Those who may read the thread now: members of its community, or anyone active where it is open; when it is
    hidden, its moderators."""
    active = Member.objects.filter(pk__in=list(member_ids), is_active=True)
    stands = Thread.objects.filter(standing(pk), last_number__gt=0)
    anyone = stands.filter(audience=Audience.ANYONE, community__audience=Audience.ANYONE, hiding=None)
    all_or_moderators = Q(community__threads__hiding=None) | Q(role__in=(Role.MODERATOR, Role.STEWARD))
    inside = Membership.objects.filter(all_or_moderators, community__threads__in=stands).values("member")
    return set(active.filter(Q(pk__in=inside) | Q(Exists(anyone))).values_list("pk", flat=True))


def render(pk: int, happened: "list[Change]") -> list[changes.Op]:
    thread = Thread.objects.for_page().get(pk=pk)
    ids = {change.about["post"] for change in happened if "post" in change.about}
    # A post that went to another thread is for its readers alone.
    posts = {post.pk: post for post in prepare(thread, Post.objects.filter(pk__in=ids, thread=pk))} if ids else {}
    if any(
        change.kind.startswith("thread.") or is_conclusion(thread, change.about.get("post", 0)) for change in happened
    ):
        complete(thread)
    return [_op(thread, change, posts.get(change.about.get("post", 0))) for change in happened]


def _op(thread: Thread, change: Change, post: Post | None) -> changes.Op:
    if change.kind in DEALT:
        return {"op": "refresh", "target": "#mine", "also": [{"op": "refresh", "target": each} for each in REGIONS]}
    if change.kind == "move.asked":
        return {"op": "refresh", "target": "#thread-tools", "also": [{"op": "refresh", "target": "#move-answers"}]}
    if change.kind.startswith("thread."):
        return _head(thread)
    if post is None:
        return {"op": "refresh", "target": "#posts"}
    html = article(post)
    if change.kind != "post.published":
        op: changes.Op = {"op": "replace", "target": f"#post-{post.pk}", "html": html}
        return op | ({"also": [_conclusion(thread)]} if is_conclusion(thread, post.pk) else {})
    count = render_to_string("threads/_count.html", {"thread": thread})
    return {
        "op": "append",
        "target": "#posts",
        "id": f"post-{post.pk}",
        "number": post.number,
        "html": html,
        "also": [{"op": "replace", "target": "#count", "html": count}],
        "otherwise": [{"op": "refresh", "target": "#pager"}],
    }


def _head(thread: Thread) -> changes.Op:
    state = render_to_string("threads/_state.html", {"thread": thread})
    return {
        "op": "replace",
        "target": "#thread-head",
        "html": render_to_string("threads/_head.html", {"thread": thread}),
        "also": [
            {"op": "replace", "target": "#thread-state", "html": state},
            _conclusion(thread),
            {"op": "refresh", "target": "#composer"},
            {"op": "refresh", "target": "#thread-tools"},
        ],
    }


def _conclusion(thread: Thread) -> changes.Op:
    context = {"thread": thread, "LANGUAGE_CODE": get_language()}
    html = render_to_string("threads/_conclusion.html", context)
    return {"op": "replace", "target": "#thread-conclusion", "html": html}


def may_see_picture(viewer: Any, picture: Picture) -> bool:
    """A picture is seen where a post of its owner's that may be seen shows it."""
    posts = Post.objects.visible_to(viewer).readable().filter(author=picture.uploader_id)
    return PostPicture.objects.filter(picture=picture, post__in=posts).exists()
