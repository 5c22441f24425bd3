"""The door for reports, open to everybody, and the page behind a tracking link."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forum.communities.views.support import AGAIN, put_on
from forum.moderation.reports import actions, addresses, complaining, guards, outcome, queries, rules
from forum.moderation.reports.forms import OpenReportForm, ReportForm, StrangersReportForm
from forum.moderation.reports.models import Report
from forum.moderation.reports.numbers import crisis_numbers
from forum.moderation.subjects import Subject, find
from forum.web.errors import Refusal

HEADINGS: dict[str, str | Promise] = {
    "thread": _("Report this thread"),
    "post": _("Report this post"),
    "method": _("Report this method"),
    "told": _("Report this try"),
    "person": _("Report this profile"),
    "picture": _("Report this picture"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_report(request: HttpRequest) -> HttpResponse:
    """`?about=post:55`, or nothing: then the address is typed. What the viewer may not see is the same 404 as nothing;
    a typed address of it gets the same words as one of nothing."""
    about = _asked_for(request)
    form, refused = _form(request, about), None
    if request.method == "POST" and form.is_valid():
        try:
            _row, token = _send(request, form)
        except Refusal as refusal:
            refused = put_on(form, refusal)
        else:
            return redirect("report", token=token)
    is_own = about is not None and rules.is_own(request.user, about)
    context = {
        "about": about,
        "form": form,
        "heading": HEADINGS[about.column] if about else _("Report something"),
        "is_own": is_own,
        "contact": settings.MODERATION_EMAIL,
        "stamp": _stamp_again(request),
        "pictures": queries.pictures_in(about) if about and not is_own else [],
        "numbers": crisis_numbers(),
    }
    response = render(request, "reports/new.html", context, status=AGAIN if form.is_bound else 200)
    return refused.answered(response) if refused else response


@never_cache
@require_safe
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link sees what became of the report, signed in or not."""
    found = queries.find_report(token)
    if found is None:
        raise Http404
    decision = queries.decision_on(found)
    context = {
        "report": found,
        "token": token,
        "decision": decision,
        "complaint": queries.complaint_of(found) if decision else None,
        "may_complain": complaining.may_complain(),
        "outcome": outcome.outcome(decision) if decision else "",
        "ground": outcome.ground(decision) if decision else "",
        "how": outcome.how(decision) if decision else "",
        "numbers": crisis_numbers() if found.ground == Report.Ground.DANGER else (),
    }
    return queries.unlinked(render(request, "reports/report.html", context))


def _asked_for(request: HttpRequest) -> Subject | None:
    asked = request.GET.get("about", "")
    about = find(request.user, asked) if asked else None
    if asked and about is None:
        raise Http404
    return about


def _form(request: HttpRequest, about: Subject | None) -> ReportForm:
    initial: dict[str, Any] = {"stamp": guards.new_stamp().signed}
    if about is not None:
        initial |= {"address": addresses.address_of(about), "revision": getattr(about.row, "revision", None)}
    kind: type[ReportForm] = StrangersReportForm
    if request.user.is_authenticated:
        kind = ReportForm if about is not None else OpenReportForm
    return kind(request.POST if request.method == "POST" else None, initial=initial)


def _send(request: HttpRequest, form: ReportForm) -> tuple[Report, str]:
    data, stamp = form.cleaned_data, guards.stamp_of(form.cleaned_data["stamp"])
    member = request.user if request.user.is_authenticated else None
    if member is None:
        guards.check_stranger(stamp, data["website"])
    asked = addresses.about_of(data["address"])
    is_held = guards.check_pace(request)
    about = find(request.user, asked) if asked else None
    if about is None:
        raise Refusal(rules.NOTHING_THERE, field="address")
    email = data.get("email", "")
    return actions.report(
        about=about,
        ground=data["ground"],
        words=data["words"],
        address=addresses.whole(data["address"]),
        member=member,
        name=data.get("name", ""),
        email=email,
        language=get_language() or "",
        is_good_faith=data.get("is_good_faith", True),  # a member says it by sending
        revision=data["revision"],
        submission=stamp.submission if stamp else None,
        is_held=is_held,
    )


def _stamp_again(request: HttpRequest) -> str:
    """For the form that comes back: the stamp it had, so that the same report stays the same, or a new one."""
    sent = request.POST.get("stamp", "")
    return sent if guards.stamp_of(sent) else guards.new_stamp().signed
