"""For administrators; nobody else learns that the page is there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import factors
from accounts.models import Member
from forum.communities.views.support import AGAIN, put_on, sent
from forum.moderation.factors.actions import reset_second_factor
from forum.moderation.factors.forms import ResetForm
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, username: str) -> HttpResponse:
    member = Member.objects.filter(username=username, is_house=False).first()
    if not request.user.is_staff or member is None:
        raise Http404
    return _reset(request, member)


@factors.second_factor_required(irreversible=True)
def _reset(request: MemberRequest, member: Member) -> HttpResponse:
    form = ResetForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            reset_second_factor(by=request.user, member=member, **form.cleaned_data)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            words = _("The second factor of %(name)s is reset. They were told by mail.")
            messages.success(request, words % {"name": member})
            return redirect("reset_second_factor", member.username)
    context = {"form": form, "person": member, "has_factor": factors.has_factor(member)}
    return render(request, "moderation/second_factor.html", context, status=AGAIN if form.is_bound else 200)
