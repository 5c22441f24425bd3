"""Orders of authorities: recorded by stewards for their communities, by administrators for the site."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from forum.communities.queries import by_name
from forum.communities.views.support import AGAIN, sent
from forum.drafts.keeping import revision_in
from forum.moderation.authorities import actions
from forum.moderation.authorities.forms import EffectForm, OrderForm
from forum.moderation.authorities.models import Order
from forum.moderation.tools import stewarded_by, stewards_only, tools_of
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

A_PAGE = 30


def _seen_by(member: Member) -> "QuerySet[Order]":
    mine = Q(community__in=stewarded_by(member).values("pk"))
    rows = Order.objects.select_related("community", "by", "effect_by")
    return rows if member.is_staff else rows.filter(mine)


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def orders(request: MemberRequest) -> HttpResponse:
    communities = by_name(stewarded_by(request.user))
    form = OrderForm(sent(request), communities=communities, is_staff=request.user.is_staff)
    if request.method == "POST" and form.is_valid():
        try:
            order = actions.record_order(by=request.user, **form.order())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Recorded."))
            return redirect(order)
    page = min(max(revision_in(request.GET.get("page", "")), 1), 10_000)
    start = (page - 1) * A_PAGE
    rows = list(_seen_by(request.user).order_by("-received_at", "-pk")[start : start + A_PAGE + 1])
    context = {"form": form, "orders": rows[:A_PAGE], "page": page, "more": len(rows) > A_PAGE}
    context |= tools_of(request.user, "orders")
    return render(request, "authorities/orders.html", context, status=AGAIN if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@stewards_only
def order(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_seen_by(request.user), pk=pk)
    form = EffectForm(sent(request), use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_order(by=request.user, order=found, effect=form.cleaned_data["effect"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {"form": form, "order": found} | tools_of(request.user, "orders")
    return render(request, "authorities/order.html", context, status=AGAIN if form.is_bound else 200)
