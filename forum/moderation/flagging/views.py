"""Trusted flaggers, for administrators; and reports found unfounded, for those who judge their case."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.factors import second_factor_required
from forum.communities.views.support import AGAIN, sent, try_to
from forum.moderation import who
from forum.moderation.flagging import actions
from forum.moderation.flagging.forms import TrustForm
from forum.moderation.flagging.models import TrustedFlagger
from forum.moderation.reports.models import Report
from forum.moderation.tools import administrators_only, tools_of
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def trusted_flaggers(request: MemberRequest) -> HttpResponse:
    form = TrustForm(sent(request), use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            actions.trust(by=request.user, reason=form.cleaned_data["reason"], **form.person())
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("trusted_flaggers")
    trusted = TrustedFlagger.objects.filter(ended_at=None).select_related("member", "by").order_by("-pk")
    context = {"form": form, "trusted": trusted} | tools_of(request.user, "trusted")
    return render(request, "flagging/trusted.html", context, status=AGAIN if form.is_bound else 200)


@require_POST
@administrators_only
def trust_ending(request: MemberRequest, pk: int) -> HttpResponse:
    trusted = get_object_or_404(TrustedFlagger, pk=pk)
    return try_to(
        request, lambda: actions.end_trust(by=request.user, trusted=trusted), _("Saved."), "/moderation/trusted/"
    )


@require_POST
@login_required
@second_factor_required
def finding(request: MemberRequest, pk: int) -> HttpResponse:
    """`found=unfounded`, or anything else to take it back; then to the case."""
    report = Report.objects.filter(pk=pk).select_related("case").first()
    if report is None or not who.may_judge(request.user, report.case):
        raise Http404
    is_unfounded = request.POST.get("found") == "unfounded"
    deed = actions.find_unfounded if is_unfounded else actions.take_back_finding
    done = _("The report counts as manifestly unfounded.") if is_unfounded else _("The report counts as any other.")
    return try_to(request, lambda: deed(by=request.user, report=report), done, f"/moderation/cases/{report.case_id}/")
