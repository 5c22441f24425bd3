"""The pages of notices: the list, what one chooses, and the small forms on the pages of threads, sections, people."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Member
from forum.communities import queries as communities
from forum.communities.models import Community, Section
from forum.notifications import actions, queries
from forum.notifications.models import Following, Level, PersonMute
from forum.threads.meeting import may_read_profile, meets
from forum.threads.models import Thread
from forum.threads.queries import head_of, load_thread
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

LAST_PAGE = 500
MOST_LISTED = 200

EXPLAINED = (
    (Level.EVERYTHING, gettext_lazy("Every new thread and every reply.")),
    (
        Level.CONCERNS,
        gettext_lazy(
            "Replies, quotes and mentions of you, reactions, your methods, and replies in threads you started, wrote in"
            " or watch. This is how it begins."
        ),
    ),
    (
        Level.WEEKLY,
        gettext_lazy(
            "The same, kept on your page of notices without a number on the bell, for when you look by once a week."
            " What is said to you directly still rings."
        ),
    ),
    (Level.NOTHING, gettext_lazy("Nothing but threads and sections you chose yourself.")),
)


def _mine(member: Member) -> list[Community]:
    return communities.by_name(Community.objects.filter(memberships__member=member))


@login_required
@require_safe
def notices(request: MemberRequest) -> HttpResponse:
    viewer, unread = request.user, request.GET.get("show") == "unread"
    head = head_of(f"member:{viewer.pk}")  # before the rows: what happens in between arrives once more
    mine, asked = _mine(viewer), request.GET.get("community", "")
    community = next((each for each in mine if each.slug == asked), None)
    page = _page(request)
    lines, more = queries.page_of(viewer, unread=unread, community=community.pk if community else None, page=page)
    others = {"show": "unread" if unread else "", "community": community.slug if community else ""}
    context = {
        "lines": lines,
        "any_unread": any(line.read_at is None for line in lines) or page > 1,
        "unread": unread,
        "communities": mine,
        "community": community,
        "page": page,
        "more": more,
        "head": head,
        "others": urlencode(others),
    }
    return render(request, "notifications/list.html", context)


@login_required
@require_POST
def read_marks(request: MemberRequest) -> HttpResponse:
    """Everything is read, or everything of one community."""
    slug = request.POST.get("community", "")
    community = next((each for each in _mine(request.user) if each.slug == slug), None)
    if slug and community is None:
        raise Http404
    actions.read_all(member=request.user, community=community.pk if community else None)
    return redirect("notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: MemberRequest) -> HttpResponse:
    member, mine = request.user, _mine(request.user)
    if request.method == "POST":
        levels = {each.pk: request.POST.get(f"level-{each.pk}", "") for each in mine}
        actions.choose(member=member, levels=levels)
        messages.success(request, _("Your choices are kept."))
        return redirect("notice_settings")
    chosen = queries.levels_of(member)
    for each in mine:
        each.level = chosen.get(each.pk, Level.CONCERNS)  # type: ignore[attr-defined]  # for the form
    context = {
        "communities": mine,
        "levels": Level.choices,
        "explained": EXPLAINED,
        "followings": _followings(member),
        "muted": [
            row.muted for row in PersonMute.objects.filter(member=member).select_related("muted").order_by("-at")
        ],
    }
    return render(request, "notifications/settings.html", context)


def _followings(member: Member) -> list[Any]:
    """What the member chose and may still see, latest first, each with `.shown` and the `.address` of its form."""
    rows: list[Any] = list(Following.objects.filter(member=member).order_by("-at", "-pk")[:MOST_LISTED])
    threads = {row.topic_id for row in rows if row.topic == "thread"}
    sections = {row.topic_id for row in rows if row.topic == "section"}
    shown: dict[tuple[str, int], dict[str, str]] = {}
    for thread in Thread.objects.visible_to(member).filter(pk__in=threads):
        shown["thread", thread.pk] = {"title": thread.title, "url": thread.get_absolute_url()}
    visible = Section.objects.filter(pk__in=sections, community__in=Community.objects.visible_to(member))
    for section in visible.select_related("community"):
        url = f"{section.community.get_absolute_url()}?section={section.pk}"
        shown["section", section.pk] = {"title": f"{section.community}: {section.name}", "url": url}
    for row in rows:
        row.shown = shown.get((row.topic, row.topic_id))
        row.address = f"/notifications/{row.topic}s/{row.topic_id}/"
    return [row for row in rows if row.shown]


@login_required
@require_POST
def thread_following(request: MemberRequest, pk: int) -> HttpResponse:
    thread = load_thread(request.user, pk)
    return _follow(request, "thread", pk, thread.get_absolute_url())


@login_required
@require_POST
def section_following(request: MemberRequest, pk: int) -> HttpResponse:
    visible = Section.objects.filter(community__in=Community.objects.visible_to(request.user))
    section = get_object_or_404(visible.select_related("community"), pk=pk)
    return _follow(request, "section", pk, f"{section.community.get_absolute_url()}?section={pk}")


def _follow(request: MemberRequest, topic: str, pk: int, back: str) -> HttpResponse:
    try:
        actions.follow(member=request.user, topic=topic, pk=pk, how=request.POST.get("how", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(_next(request) or back)


@login_required
@require_POST
def person_muting(request: MemberRequest, username: str) -> HttpResponse:
    """Of anybody one meets here; who is muted already can be let off always."""
    person = get_object_or_404(Member, username=username)
    muted = PersonMute.objects.filter(member=request.user, muted=person).exists()
    if not (muted or may_read_profile(request.user, person) or meets(request.user, person)):
        raise Http404
    try:
        if request.POST.get("mute"):
            actions.mute_person(member=request.user, person=person)
        else:
            actions.unmute_person(member=request.user, person=person)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(_next(request) or person)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/") else ""


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
