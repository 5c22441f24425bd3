"""What the name of a method in a text means: whose it is, how it prints, and who hears when it is told at last.

One of the same community comes first, then any that everybody may read; of several the first that was told.
"""

from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q

from forum import text
from forum.communities.models import Audience, Community
from forum.methods.citing import may_stand, tell_posts
from forum.methods.models import Method
from forum.threads.models import Post, Thread
from forum.threads.naming import LONGEST, PostName, folded_name, register_names

MOST = 8


class MethodName(models.Model):
    """The present title of a method, folded."""

    method = models.OneToOneField(Method, on_delete=models.CASCADE, related_name="name")
    folded = models.CharField(max_length=LONGEST, db_index=True)

    def __str__(self) -> str:
        return self.folded


_OPEN = Q(method__thread__audience=Audience.ANYONE, method__community__audience=Audience.ANYONE)


def register() -> None:
    register_names(connect)
    text.register_resolver("name", resolve_names)


def connect(community: int, names: set[str]) -> dict[str, int]:
    """folded name -> the number of the method it means in a text of this community."""
    rows = MethodName.objects.filter(
        Q(method__community=community) | _OPEN, folded__in=names, method__thread__hiding=None
    )
    found: dict[str, tuple[bool, int]] = {}
    for name, method, its_community in rows.values_list("folded", "method_id", "method__community_id"):
        rank = (its_community != community, method)
        found[name] = min(found.get(name, rank), rank)
    return {name: method for name, (_is_foreign, method) in found.items()}


def keep_name(method: Method) -> None:
    """After a method was told or renamed: its name, and the posts that called it before it was there."""
    name = folded_name(method.title)
    if not MethodName.objects.filter(method=method, folded=name).exists():
        MethodName.objects.update_or_create(method=method, defaults={"folded": name})
        connect_posts(method)


def connect_posts(method: Method) -> None:
    """Posts that waited for a method of this name show it now; in its own community it comes before one from
    elsewhere. The open pages hear."""
    waiting = PostName.objects.filter(folded=folded_name(method.title)).exclude(folded="")
    here = Q(post__thread__community=method.community_id)
    nobodys = Q(method=None)
    if method.thread is None or method.thread.is_hidden:
        return
    is_open = method.thread.audience == Audience.ANYONE and method.community.audience == Audience.ANYONE
    elsewhere = Q(method__isnull=False) & ~Q(method__community=method.community_id)
    mine = here & (nobodys | elsewhere) | (nobodys if is_open else Q(pk=None))
    rows = list(waiting.filter(mine).values_list("pk", "post_id"))
    PostName.objects.filter(pk__in=[pk for pk, _post in rows]).update(method=method)
    tell_posts(method, Post.objects.filter(pk__in=[post for _pk, post in rows]))


def resolve_names(posts: list[Any], names: set[str]) -> dict[str, text.NameView]:
    """name -> its method as it is called now, or the way to tell it; whatever not every reader of the page may see
    prints like what nobody has told."""
    page = getattr(next(iter(posts)), "thread", None)
    keys = {name: key for name in names if (key := folded_name(name))}
    rows = PostName.objects.filter(post__in=[post.pk for post in posts if post.pk], method__isnull=False)
    meant = dict(rows.filter(folded__in=keys.values()).order_by("-method").values_list("folded", "method_id"))
    community = page.community_id if page is not None else 0
    if any(post.pk is None for post in posts):  # a preview, a card: nothing is remembered yet
        meant = connect(community, set(keys.values())) | meant
    methods = (
        Method.objects.select_related("thread__hiding", "community").in_bulk(list(meant.values())) if meant else {}
    )
    found: dict[str, text.NameView] = {}
    for name, key in keys.items():
        method = methods.get(meant.get(key, 0))
        if method is not None and may_stand(method, page):
            found[name] = text.NameView(method.get_absolute_url(), method.title, method.language)
        elif page is not None and isinstance(page.community, Community):
            found[name] = text.NameView(f"/c/{page.community.slug}/methods/new/?{urlencode({'title': name})}")
    return found


def suggest(viewer: Any, thread: Thread, words: str) -> list[Method]:
    """Methods with a word that begins so, that everybody who reads in this place may see; each name once."""
    beginning = folded_name(words)
    if not beginning:
        return []
    begins = Q(name__folded__startswith=beginning) | Q(name__folded__contains=f" {beginning}")
    everybodys = Q(thread__audience=Audience.ANYONE, community__audience=Audience.ANYONE)
    if Audience.MEMBERS in (thread.audience, thread.community.audience):
        everybodys |= Q(community=thread.community_id)
    rows = (
        Method.objects.visible_to(viewer).filter(begins & everybodys, thread__hiding=None).select_related("community")
    )
    ranked = sorted(
        rows.order_by("-tries_count", "pk")[: MOST * 4], key=lambda m: m.community_id != thread.community_id
    )
    found: dict[str, Method] = {}
    for method in ranked:
        found.setdefault(folded_name(method.title), method)
    return list(found.values())[:MOST]
