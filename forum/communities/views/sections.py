"""The sections of a community."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.communities import actions
from forum.communities.forms import SectionForm
from forum.communities.models import Community
from forum.communities.views.support import AGAIN, for_stewards, put_on, sent, try_to
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def sections(request: MemberRequest, community: Community) -> HttpResponse:
    form = SectionForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_section(by=request.user, community=community, names=form.words("name"))
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("community_sections", slug=community.slug)
    context = {"community": community, "form": form, "sections": list(community.sections.all())}
    return render(request, "communities/sections.html", context, status=AGAIN if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def section(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    found = get_object_or_404(community.sections, pk=pk)
    form = SectionForm(sent(request), initial=SectionForm.initial_words(name=found.names))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_section(by=request.user, section=found, names=form.words("name"))
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("community_sections", slug=community.slug)
    context = {"community": community, "form": form, "section": found}
    return render(request, "communities/section.html", context, status=AGAIN if form.is_bound else 200)


@require_POST
@for_stewards
def position(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    found, up = get_object_or_404(community.sections, pk=pk), request.POST.get("move") == "up"
    return try_to(
        request,
        lambda: actions.move_section(by=request.user, section=found, up=up),
        _("Moved."),
        f"{community.get_absolute_url()}sections/",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def removal(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    found = get_object_or_404(community.sections, pk=pk)
    if request.method == "POST":
        return try_to(
            request,
            lambda: actions.remove_section(by=request.user, section=found),
            _("The section is removed. Its threads stay."),
            f"{community.get_absolute_url()}sections/",
        )
    return render(request, "communities/section_removal.html", {"community": community, "section": found})
