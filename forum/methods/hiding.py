"""A try that a moderator took out of sight, and can bring back. Its author sees it, with the reason."""

from typing import Any

from django.db import models

from accounts.models import Member
from forum import changes
from forum.communities.models import Deed
from forum.methods import notices, rules
from forum.methods.models import Method, Try, TryWithdrawal
from forum.methods.trying import count_tries
from forum.threads.steps import refuse, steady


class TryHiding(Deed):
    hidden = models.OneToOneField(Try, on_delete=models.CASCADE, related_name="hiding")

    def __str__(self) -> str:
        return f"{self.hidden_id} hidden"


@changes.writing()
def hide_try(*, by: Member, told: Try, reason: str) -> None:
    """Out of the page, the counts and the exports; the author of the try reads why. Twice is once."""
    steady(told.method.community_id)
    told = Try.objects.select_for_update(no_key=True).get(pk=told.pk)
    refuse(rules.may_hide(by, told))
    rules.check_pace(by)
    if put_away(told, by=by, reason=reason):
        notices.hidden(told, by)


def put_away(told: Try, *, by: Member, reason: str) -> bool:
    """A step, for deeds that asked their own rules and tell its author themselves. False when it was away already."""
    told = Try.objects.select_for_update(no_key=True).get(pk=told.pk)
    _hiding, new = TryHiding.objects.get_or_create(hidden=told, defaults={"by": by, "reason": reason})
    if new:
        notices.untold(told)
        count_tries(told.method, -1)
    return new


def bring_back(told: Try) -> bool:
    """The opposite step. False when it was not away."""
    told = Try.objects.select_for_update(no_key=True).get(pk=told.pk)
    gone, _rows = TryHiding.objects.filter(hidden=told).delete()
    if gone and not TryWithdrawal.objects.filter(withdrawn=told).exists():
        count_tries(told.method, 1)
    return bool(gone)


@changes.writing()
def show_try(*, by: Member, told: Try) -> None:
    """Back again. Twice is once."""
    steady(told.method.community_id)
    told = Try.objects.select_for_update(no_key=True).get(pk=told.pk)
    refuse(rules.may_hide(by, told))
    if bring_back(told):
        notices.shown(told, by)


def hidden_tries(viewer: Any, method: Method) -> list[Try]:
    """Those the viewer may know of: one's own, for moderators all."""
    if not viewer.is_authenticated:
        return []
    rows = Try.objects.filter(method=method, withdrawal=None, hiding__isnull=False).select_related("hiding__by")
    found = list(rows.order_by("-told_at"))
    moderates = bool(found) and rules.may_hide(viewer, found[0]) is None
    return [each for each in found if moderates or each.member_id == viewer.pk]
