"""What is recorded of authorities' orders."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, log
from forum.communities.models import Community
from forum.moderation.authorities.models import Order
from forum.moderation.tools import stewarded_by
from forum.web.errors import Refusal


def record_order(
    *,
    by: Member,
    community: Community | None,
    authority: str,
    reference: str,
    issued_on: date,
    demand: str,
    demands: str,
    about: str = "",
) -> Order:
    """Once: the same reference of the same authority again is the record there is, as long as it was put in the same
    place. Refusal: who stewards no such community (None: administrators'); a day to come (field "issued_on")."""
    with changes.writing():
        _may_record(by, community)
        if issued_on > timezone.localdate():
            raise Refusal(_("This day is still to come."), field="issued_on")
        order, new = Order.objects.get_or_create(
            authority=authority,
            reference=reference,
            defaults={
                "issued_on": issued_on,
                "demand": demand,
                "demands": demands,
                "about": about,
                "community": community,
                "by": by,
            },
        )
        if not new and (order.community_id != (community.pk if community else None) or order.by_id != by.pk):
            raise Refusal(_("An order of this authority with this reference is recorded already."), field="reference")
        if new:
            _enter("order.recorded", by, order)
        return order


def settle_order(*, by: Member, order: Order, effect: str) -> Order:
    """What was done; said once. Refusal: who may not, no words, or somebody said something else before."""
    with changes.writing():
        order = Order.objects.select_for_update(of=("self",), no_key=True).select_related("community").get(pk=order.pk)
        _may_record(by, order.community)
        if not effect.strip():
            raise Refusal(_("Say what was done."), field="effect")
        if order.effect_at and order.effect != effect.strip():
            raise Refusal(_("What was done stands here already."), field="effect")
        if order.effect_at is None:
            order.effect, order.effect_at, order.effect_by = effect.strip(), timezone.now(), by
            order.save(update_fields=["effect", "effect_at", "effect_by"])
            _enter("order.settled", by, order)
        return order


def _may_record(by: Member, community: Community | None) -> None:
    allowed = by.is_staff if community is None else stewarded_by(by).filter(pk=community.pk).exists()
    if not allowed:
        raise Refusal(_("Only stewards of the community and administrators record orders."))


def _enter(kind: str, by: Member, order: Order) -> None:
    """A log entry has one target, and the whole site is none: there it is whoever recorded it."""
    target: dict[str, Any] = {"house": order.community} if order.community else {"person": by}
    log.enter(kind, by=by, community=order.community_id, words=order.reference, more={"order": order.pk}, **target)
