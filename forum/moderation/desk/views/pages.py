"""The desk, and each thing on it with what one needs to decide."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.factors import second_factor_required
from accounts.models import Member
from forum.communities import actions as communities
from forum.communities.models import JoinRequest
from forum.communities.views.requests import what_happened
from forum.moderation import who
from forum.moderation.decisions.models import Complaint
from forum.moderation.decisions.rules import answerers
from forum.moderation.desk import context, history, rules, sources
from forum.moderation.desk.filters import Filters
from forum.moderation.desk.forms import AssignForm, NoteForm
from forum.moderation.desk.replying import replies_for
from forum.moderation.desk.views.support import desk_context, for_desk, load_case, load_complaint, next_url
from forum.moderation.reports.models import Case, Urgency
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

APPROVED = JoinRequest.Outcome.APPROVED


@require_safe
@for_desk
@second_factor_required
def desk(request: MemberRequest) -> HttpResponse:
    return render(request, "desk/desk.html", desk_context(request))


@require_safe
@for_desk
@second_factor_required
def next_item(request: MemberRequest) -> HttpResponse:
    """Leads to what stands first and is in nobody else's hands; to the desk when nothing does."""
    chosen = Filters.of(request.GET)
    item = sources.first_free(sources.waiting(request.user, chosen), sources.read(request.GET.get("after", "")))
    query = f"?{chosen.query}" if chosen.query else ""
    return redirect(f"{item.url if item else '/moderation/'}{query}")


@require_safe
@for_desk
@second_factor_required
def case(request: MemberRequest, pk: int) -> HttpResponse:
    return case_page(request, load_case(request.user, pk))


def case_page(
    request: MemberRequest, row: Case, *, note: NoteForm | None = None, assign: AssignForm | None = None
) -> HttpResponse:
    """`note`, `assign`: forms that came back."""
    around = desk_context(request, (-row.urgency, row.opened_at.timestamp(), f"case-{row.pk}"))
    reports = context.reports_of(row)
    around |= _hands(request, row, who.judges(row), note, assign)
    shown = context.shown(request.user, row, reports)
    decisions = list(row.decisions.select_related("by", "clause", "community", "reversal").order_by("-at", "-pk"))
    around |= {
        "case": row,
        "reports": reports,
        "shown": shown,
        "decisions": decisions,
        "decision": decisions[0] if row.closed_at and decisions else None,
        "decision_form": None if row.closed_at else context.decision_form(request.user, shown.about, row),
    }
    return render(request, "desk/case.html", around, status=_status(note, assign))


@require_safe
@for_desk
@second_factor_required
def complaint(request: MemberRequest, pk: int) -> HttpResponse:
    return complaint_page(request, load_complaint(request.user, pk))


def complaint_page(
    request: MemberRequest, row: Complaint, *, note: NoteForm | None = None, assign: AssignForm | None = None
) -> HttpResponse:
    around = desk_context(request, (-Urgency.USUAL, row.at.timestamp(), f"complaint-{row.pk}"))
    reports = context.reports_of(row.decision.case) if row.decision.case else []
    around |= _hands(request, row, answerers(row), note, assign)
    around |= {
        "complaint": row,
        "decision": row.decision,
        "reports": reports,
        "shown": context.shown(request.user, row.decision, reports),
    }
    return render(request, "desk/complaint.html", around, status=_status(note, assign))


def _hands(
    request: MemberRequest, row: Any, people: "QuerySet[Member]", note: NoteForm | None, assign: AssignForm | None
) -> dict[str, Any]:
    holder = rules.holder(row)
    return {
        "row": row,
        "row_url": f"/moderation/{'cases' if isinstance(row, Case) else 'complaints'}/{row.pk}/",
        "holder": holder,
        "is_mine": holder == request.user,
        "notes": list(row.notes.select_related("by")),
        "note_form": note or NoteForm(),
        "assign_form": assign or AssignForm(people=people.exclude(pk=request.user.pk)),
        "replies": list(replies_for(request.user)),
    }


def _status(*forms: Any) -> int:
    return 422 if any(form is not None for form in forms) else 200


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
@second_factor_required
def join_request(request: MemberRequest, pk: int) -> HttpResponse:
    """Two stewards at once: the first decides, the second is told what was decided and by whom."""
    mine = JoinRequest.objects.filter(community__in=rules.with_role(request.user, "steward"))
    asked = get_object_or_404(mine.select_related("community", "member", "decided_by"), pk=pk)
    if request.method == "POST":
        return _answer(request, asked)
    around = desk_context(request, _place(asked))
    around |= {"asked": asked, "has_history": history.may_look(request.user, asked.member)}
    return render(request, "desk/request.html", around)


def _place(asked: JoinRequest) -> sources.Place:
    return -Urgency.USUAL, asked.at.timestamp(), f"request-{asked.pk}"


def _answer(request: MemberRequest, asked: JoinRequest) -> HttpResponse:
    yes = request.POST.get("outcome") == APPROVED
    deed = communities.approve_request if yes else communities.decline_request
    try:
        asked = deed(by=request.user, request=asked)
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return redirect(request.get_full_path())
    mine = asked.decided_by_id == request.user.pk and (asked.outcome == APPROVED) == yes
    (messages.success if mine else messages.info)(request, what_happened(asked, mine))
    return redirect(next_url(Filters.of(request.GET), _place(asked)))


@require_safe
@for_desk
@second_factor_required
def member(request: MemberRequest, username: str) -> HttpResponse:
    """What there was with somebody; 404 where that is not this moderator's to know."""
    person = get_object_or_404(Member, username=username)
    if not history.may_look(request.user, person):
        raise Http404
    return render(request, "desk/member.html", {"person": person, "history": history.history_of(request.user, person)})
