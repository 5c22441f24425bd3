"""Deciding, and the statement of reasons as a page: for its addressee, by a signed link too, and for its judges."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.addresses import next_address
from accounts.factors import second_factor_required
from forum.log.models import LogEntry
from forum.moderation import who
from forum.moderation.decisions import actions, effects, rules, statements, tokens
from forum.moderation.decisions.forms import HIDE_ALL, DecisionForm, ReversalForm
from forum.moderation.decisions.models import Decision
from forum.moderation.reports.models import Case
from forum.moderation.subjects import Subject, find, subject, subject_of
from forum.threads.managing.undoing import offer_undo
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@second_factor_required
def new_decision(request: MemberRequest) -> HttpResponse:
    """`?about=post:55` of one's own accord, `?case=7` on what was reported."""
    asked = {name: request.POST.get(name) or request.GET.get(name, "") for name in ("case", "about")}
    case, about = _asked_about(request.user, **asked)
    form = DecisionForm(request.POST if request.method == "POST" else None, member=request.user, about=about, case=case)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _decide(request.user, about, case, form)
                _offer_undo(request, made)
                return redirect(next_address(request, otherwise=made.get_absolute_url()))
            except Conflict as conflict:
                return render(request, "decisions/taken.html", {"conflict": conflict, "about": about}, status=409)
            except Refusal as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
                status = refusal.status
    context = {"form": form, "about": about, "case": case, "community": about.community}
    return render(request, "decisions/new.html", context, status=status)


def _asked_about(member: Any, case: str, about: str) -> tuple[Case | None, Subject]:
    """What is to be decided about, by one who may. Http404 alike for what is none and what is not theirs."""
    if case:
        number = int(case) if case.isascii() and case.isdigit() and len(case) < 16 else 0
        row = Case.objects.filter(pk=number).first()
        found = subject(row) if row and who.may_judge(member, row) else None
    else:
        row, found = None, find(member, about)
        found = found if found and rules.may_decide(member, None, found) is None else None
    if found is None:
        raise Http404
    return row, found


def _decide(member: Any, about: Subject, case: Case | None, form: DecisionForm) -> Decision:
    if form.cleaned_data["act"] != HIDE_ALL:
        return actions.decide(by=member, about=about, case=case, **form.choice())
    person = replace(subject_of("person", about.author), community=about.community)
    return actions.hide_all_of(by=member, person=person, clause=form.clause, case=case)


def _offer_undo(request: HttpRequest, made: Decision) -> None:
    entry = LogEntry.objects.filter(more__decision=made.pk, by=made.by).order_by("-pk").first()
    if entry:
        offer_undo(request, entry)


@require_safe
@never_cache
@login_required
def decision(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _load(request, pk))


@require_safe
@never_cache
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever holds the link of the mail: signed out and suspended, too."""
    found = tokens.find(token)
    if found is None or not found.is_restriction:
        raise Http404
    return _page(request, found)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@second_factor_required
def reverse_decision(request: MemberRequest, pk: int) -> HttpResponse:
    found = _load(request, pk)
    if rules.may_reverse(request.user, found) is not None or found.is_reversed:
        raise Http404
    form = ReversalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.reverse(decision=found, by=request.user, reason=form.cleaned_data["reason"])
        return redirect(found)
    context = {"decision": found, "form": form, "community": found.community}
    return render(request, "decisions/reversal.html", context, status=422 if form.errors else 200)


def _load(request: MemberRequest, pk: int) -> Decision:
    rows = Decision.objects.select_related("community", "addressee", "by", "clause__book", "case", "reversal")
    found = rows.filter(pk=pk).first()
    if found is None or not rules.may_see(request.user, found):
        raise Http404
    return found


def _page(request: HttpRequest, found: Decision) -> HttpResponse:
    """With the addressee's own words in full. A judge sees who decided, too."""
    is_judge = found.addressee_id != request.user.pk and rules.may_see(request.user, found)
    about = statements.about_of(found)
    mine = found.complaints.filter(report=None).first()
    context = {
        "decision": found,
        "title": statements.title(found),
        "parts": statements.parts(found),
        "signature": statements.signature(found),
        "about": about,
        "texts": effects.words_of(found, about),
        "complaint": mine,
        "may_complain": not is_judge and mine is None and rules.why_no_complaint(found, by_reporter=False) is None,
        "complaint_url": f"/statements/{tokens.token_of(found)}/complaint/",
        "is_judge": is_judge,
        "may_reverse": is_judge and not found.is_reversed and rules.may_reverse(request.user, found) is None,
    }
    return render(request, "decisions/statement.html", context)
