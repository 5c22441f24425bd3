"""A moderator hides a try, or shows it again."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.methods import actions, rules
from forum.methods.models import Method, Try
from forum.methods.views.writing import answer
from forum.web.errors import Refusal
from forum.web.fields import LineField
from forum.web.requests import MemberRequest


class HidingForm(forms.Form):
    reason = LineField(label=_("Reason, in one line, for whoever told it"), max_length=300)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def hide_try(request: MemberRequest, pk: int) -> HttpResponse:
    told, refusal = _told(request, pk), None
    form = HidingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hide_try(by=request.user, told=told, reason=form.cleaned_data["reason"])
            return redirect(told.method)
        except Refusal as refused:
            form.add_error(None, str(refused.message))
            refusal = refused
    context = {"form": form, "told": told, "method": told.method, "community": told.method.community}
    return answer(request, "methods/try_hide.html", context, refusal)


@require_POST
@login_required
def show_try(request: MemberRequest, pk: int) -> HttpResponse:
    told = _told(request, pk)
    actions.show_try(by=request.user, told=told)
    return redirect(told.method)


def _told(request: MemberRequest, pk: int) -> Try:
    """A try that was not taken back, hidden or not; for moderators alone."""
    rows = Try.objects.filter(method__in=Method.objects.visible_to(request.user), withdrawal=None)
    told = rows.select_related("method__community", "method__thread").filter(pk=pk).first()
    if told is None or rules.may_hide(request.user, told) is not None:
        raise Http404
    return told
