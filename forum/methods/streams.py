"""How a method's page learns what happened, and what the rooms below must know of methods."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from forum import changes, files, text
from forum.changes.models import Change
from forum.files.models import Picture
from forum.methods import indexing, naming, notices, places, unseen
from forum.methods.citing import resolve_methods
from forum.methods.models import Method, MethodPicture
from forum.methods.wishes import queries as wishes
from forum.threads import streams as threads
from forum.threads.hiding.steps import heard_by

KINDS = frozenset({"method.revised", "method.tried", "method.adapted", "method.translated", "method.turned"})


def register() -> None:
    changes.register(
        "method", changes.Follow(may_follow=may_follow, is_open=is_open, readers=readers, render=render, kinds=KINDS)
    )
    text.register_resolver("method", resolve_methods)
    files.register_rule(may_see_picture)
    heard_by(unseen.thread_turned)
    naming.register()
    places.register()
    wishes.register()
    indexing.register()
    notices.register(readers)


def may_follow(viewer: Any, pk: int) -> bool:
    return Method.objects.visible_to(viewer).filter(pk=pk).exists()


def is_open(pk: int) -> bool:
    return may_follow(AnonymousUser(), pk)


def readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    """Those who may read its thread now."""
    thread = Method.objects.filter(pk=pk).values_list("thread_id", flat=True).first()
    return threads.readers(thread, member_ids) if thread else set()


def render(_pk: int, happened: "list[Change]") -> list[changes.Op]:
    """Regions of the page: the card and what stands beside it depend on too much to be sent in pieces."""
    targets = {
        "method.revised": "#card",
        "method.tried": "#tries",
        "method.adapted": "#family",
        "method.translated": "#card",
        "method.turned": "#card",
    }
    ops: list[changes.Op] = []
    for change in happened:
        op: changes.Op = {"op": "refresh", "target": targets[change.kind]}
        if change.kind == "method.tried":
            op["also"] = [{"op": "refresh", "target": "#facts"}]
        ops.append(op)
    return ops


def may_see_picture(viewer: Any, picture: Picture) -> bool:
    """A picture is seen where a method that may be seen shows it."""
    methods = Method.objects.visible_to(viewer)
    return MethodPicture.objects.filter(picture=picture, version__method__in=methods).exists()
