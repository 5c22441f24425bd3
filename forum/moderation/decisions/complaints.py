"""The pages of complaints: making one from the statement, and answering it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.factors import second_factor_required
from forum.moderation.decisions import actions, effects, rules, statements, tokens
from forum.moderation.decisions.forms import AnswerForm, ComplaintForm
from forum.moderation.decisions.models import Complaint, Decision
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def complain_as_addressee(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Decision.objects.select_related("community", "reversal")
    decision = rows.filter(pk=pk, addressee=request.user).first()
    if decision is None or not decision.is_restriction:
        raise Http404
    return _complain(request, decision, back=decision.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def complain_by_token(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link is whom the statement was sent to, signed in or not."""
    decision = tokens.find(token)
    if decision is None or not decision.is_restriction:
        raise Http404
    return _complain(request, decision, back=f"/statements/{token}/")


def _complain(request: HttpRequest, decision: Decision, back: str) -> HttpResponse:
    form, status = ComplaintForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                language = get_language() or decision.language
                actions.complain(decision=decision, words=form.cleaned_data["words"], language=language)
                messages.success(request, _("Your complaint has arrived. Somebody else than who decided answers it."))
                return redirect(back)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
                status = refusal.status
    context = {"form": form, "decision": decision, "title": statements.title(decision), "back": back}
    return render(request, "decisions/complaint_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@second_factor_required
def complaint(request: MemberRequest, pk: int) -> HttpResponse:
    """For who may answer it; afterwards also for who did."""
    found = _load(request.user, pk)
    form, status = AnswerForm(request.POST if request.method == "POST" else None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.answer_complaint(complaint=found, by=request.user, **form.cleaned_data)
                messages.success(request, _("Answered. Whoever complained is told, with your reasons."))
                return redirect(found)
            except Conflict as conflict:
                return render(request, "decisions/taken.html", {"conflict": conflict}, status=409)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
                status = refusal.status
    return render(request, "decisions/complaint.html", _context(found, form), status=status)


def _context(found: Complaint, form: AnswerForm) -> dict[str, Any]:
    decision = found.decision
    about = statements.about_of(decision)
    return {
        "complaint": found,
        "decision": decision,
        "community": decision.community,
        "parts": statements.parts(decision),
        "about": about,
        "texts": effects.words_of(decision, about),
        "form": form,
    }


def _load(member: Any, pk: int) -> Complaint:
    rows = Complaint.objects.select_related(
        "decision__community", "decision__addressee", "decision__by", "decision__clause", "decision__case", "report"
    )
    found = rows.filter(pk=pk).first()
    if found is None or (rules.may_answer(member, found) is not None and found.decided_by_id != member.pk):
        raise Http404
    return found
