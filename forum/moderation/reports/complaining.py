"""A reporter who disagrees complains (Digital Services Act, article 20): from the page of the tracking link, signed in
or not. How a complaint is made is the decisions' affair, who stand above: they name their verb here."""

from typing import Protocol

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forum.communities.views.support import AGAIN, put_on, sent
from forum.moderation.decisions.models import Complaint, Decision
from forum.moderation.reports import queries
from forum.moderation.reports.models import Report
from forum.web.errors import Refusal
from forum.web.fields import WordsField


class Complain(Protocol):
    """The complaint; the same one for the same report again. Refusal when its time is over."""

    def __call__(self, *, decision: Decision, words: str, report: Report | None = None, language: str) -> Complaint: ...


_verbs: list[Complain] = []


def register(complain: Complain) -> None:
    _verbs[:] = [complain]


class ComplaintForm(forms.Form):
    words = WordsField(label=_("Why do you disagree?"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, token: str) -> HttpResponse:
    found = queries.find_report(token)
    decision = queries.decision_on(found) if found else None
    if found is None or decision is None or not _verbs:
        raise Http404
    if queries.complaint_of(found):
        return queries.unlinked(redirect("report", token=token))
    form, refused = ComplaintForm(sent(request)), None
    if request.method == "POST" and form.is_valid():
        words, language = form.cleaned_data["words"], get_language() or found.language
        try:
            _verbs[0](decision=decision, words=words, report=found, language=language)
            return queries.unlinked(redirect("report", token=token))
        except Refusal as refusal:
            refused = put_on(form, refusal)
    context = {"form": form, "token": token}
    response = render(request, "reports/complaint.html", context, status=AGAIN if form.is_bound else 200)
    return queries.unlinked(refused.answered(response) if refused else response)


def may_complain() -> bool:
    return bool(_verbs)
