"""What the pages of methods need, each in a constant number of queries."""

from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from forum.methods.models import Method, MethodVersion, Try
from forum.notifications.queries import unread_line


def load_method(viewer: Any, pk: int) -> Method:
    """With its community, thread, author, and the parent it was made from. Http404 if unseen."""
    rows = Method.objects.visible_to(viewer).select_related(
        "community__closing", "thread__lock", "thread__hiding", "author", "parent__method__author"
    )
    method = rows.filter(pk=pk).annotate(my_line=unread_line(viewer, "method")).first()
    if method is None:
        raise Http404
    return method


def parent_seen(viewer: Any, method: Method) -> MethodVersion | None:
    """The version it was made from, as far as the viewer may know of it."""
    parent = method.parent
    if parent is None or not Method.objects.visible_to(viewer).filter(pk=parent.method_id).exists():
        return None
    return parent


def load_version(method: Method, number: int | None = None) -> MethodVersion:
    """The present one unless `number` says which."""
    version = method.versions.select_related("editor").filter(number=number or method.version).first()
    if version is None:
        raise Http404
    return version


def tries_of(method: Method) -> list[Try]:
    """Latest first, each with its member (nameless ones are printed without) and the version it is about."""
    rows = method.tries.filter(withdrawal=None, hiding=None).select_related("member", "version")
    return list(rows.order_by("-month", "-told_at"))


def family(viewer: Any, method: Method) -> list[Method]:
    """The adaptations of any version of it that the viewer may see."""
    rows = Method.objects.visible_to(viewer).filter(parent__method=method)
    return list(rows.select_related("author", "community").order_by("-tries_count", "published_at"))


def versions_of(method: Method) -> list[MethodVersion]:
    """Newest first."""
    return list(method.versions.select_related("editor").order_by("-number"))


def with_tries(rows: Any) -> Any:
    """For lists: `.told`, the tries that stand."""
    told = Try.objects.filter(withdrawal=None, hiding=None).only("method_id", "minutes", "city", "is_nameless")
    return rows.prefetch_related(Prefetch("tries", queryset=told, to_attr="told"))


def own_tries_elsewhere(viewer: Any) -> list[Try]:
    """What the viewer told of methods they may read no more, latest first."""
    rows = Try.objects.filter(member=viewer.pk, withdrawal=None)
    return list(rows.exclude(method__in=Method.objects.visible_to(viewer)).order_by("-told_at")[:100])


def load_try(viewer: Any, pk: int) -> Try:
    rows = Try.objects.visible_to(viewer).select_related("method__community__closing", "method__thread")
    told = rows.filter(pk=pk).first()
    if told is None:
        raise Http404
    return told
