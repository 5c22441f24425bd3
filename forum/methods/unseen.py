"""A thread was hidden or shown, and with it what was made in it: whatever shows its method or asks about it hears."""

from typing import Any

from forum import changes, notifications
from forum.methods import naming
from forum.methods.citing import reprint_cards
from forum.methods.models import Method
from forum.methods.translations.models import Translation
from forum.methods.wishes.models import CardWish


def thread_turned(thread: Any) -> None:
    wishes = CardWish.objects.standing().filter(post__thread=thread).select_related("post").order_by("pk")
    for wish in wishes:
        for member in (wish.post.author_id, wish.member_id):
            changes.record(f"member:{member}", "wishes.changed", wish=wish.pk)
    notifications.turned("wish", [wish.pk for wish in wishes])
    for method in Method.objects.filter(thread=thread).select_related("thread", "community", "parent"):
        _method_turned(method)


def _method_turned(method: Method) -> None:
    """Its own page, those that show its card, and those of its family."""
    changes.record(f"method:{method.pk}", "method.turned", method=method.pk)
    naming.connect_posts(method)
    reprint_cards(method.pk)
    if method.parent:
        changes.record(f"method:{method.parent.method_id}", "method.adapted", method=method.pk)
    for child in Method.objects.filter(parent__method=method).order_by("pk").values_list("pk", flat=True):
        changes.record(f"method:{child}", "method.turned", method=child)
    notifications.turned("method", [method.pk])
    notifications.turned("translation", [*Translation.objects.filter(method=method).values_list("pk", flat=True)])
