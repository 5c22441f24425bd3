"""One deed for many threads of a community's list."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.communities import queries as communities
from forum.communities.models import Community
from forum.drafts.keeping import writing_needs_sign_in
from forum.threads import actions, rules
from forum.threads.managing.bulk import MOST, for_each
from forum.threads.managing.forms import ChosenForm
from forum.threads.managing.steps import Done
from forum.threads.managing.undoing import offer_undo
from forum.threads.models import Pin, Thread
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def chosen(request: MemberRequest, slug: str) -> HttpResponse:
    community = communities.load_community(request.user, slug)
    if not rules.may_moderate(request.user, community):
        raise Http404
    if request.method != "POST":
        return redirect(f"{community.get_absolute_url()}?select=1")
    form = ChosenForm(request.POST, community=community)
    threads = _chosen_threads(request, community)
    if not threads:
        form.add_error(None, _("Choose at least one thread."))
    elif len(threads) > MOST:
        form.add_error(None, _("Choose %(most)d threads at the most.") % {"most": MOST})
    if not form.is_valid():
        context = {"community": community, "form": form, "threads": threads}
        return render(request, "threads/chosen.html", context, status=422)
    outcome = for_each(threads, _deed(request, form))
    offer_undo(request, *outcome.entries)
    for sentence in outcome.sentences:
        messages.warning(request, sentence)
    return redirect(f"{community.get_absolute_url()}?select=1")


def _chosen_threads(request: MemberRequest, community: Community) -> list[Thread]:
    """Those of this community one may see; a number that is none of them is passed over. One more than may be."""
    sent = request.POST.getlist("thread")[:1000]
    numbers = {int(value) for value in sent if value.isascii() and value.isdigit() and len(value) < 19}
    rows = Thread.objects.visible_to(request.user).filter(community=community, pk__in=numbers)
    return list(rows.select_related("community").order_by("pk")[: MOST + 1])


def _deed(request: MemberRequest, form: ChosenForm) -> Callable[[Thread], Done]:
    deed, reason = form.cleaned_data["deed"], form.cleaned_data["reason"]
    about: dict[str, Any] = {"by": request.user, "reason": reason}
    if deed.startswith("section-"):
        section = form.sections.get(deed)
        return lambda thread: actions.put_in_section(thread=thread, section=section, **about)
    deeds: dict[str, Callable[[Thread], Done]] = {
        "lock": lambda thread: actions.lock_thread(thread=thread, **about),
        "unlock": lambda thread: actions.unlock_thread(thread=thread, by=request.user),
        "pin": lambda thread: actions.pin_thread(thread=thread, **about),
        "pin-section": lambda thread: actions.pin_thread(thread=thread, scope=Pin.Scope.SECTION, **about),
        "unpin": lambda thread: actions.unpin_thread(thread=thread, by=request.user),
    }
    return deeds[deed]
