"""The library: choices in an address, and the methods that fit it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.communities.models import Community
from forum.methods import library
from forum.methods.facts import in_one_line
from forum.methods.libraryform import LibraryForm

ORDER = ("-states", "-tries_count", "-published_at", "-pk")


@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    communities = Community.objects.visible_to(request.user)
    form = LibraryForm(request.GET, communities=communities)
    wanted, page = form.wanted(), form.page
    rows = library.matching(request.user, wanted)
    start = (page - 1) * library.PAGE
    found: list[Any] = list(rows.select_related("community").order_by(*ORDER)[start : start + library.PAGE + 1])
    if page > 1 and not found:  # an old address, or one made up: there is a first page
        return HttpResponseRedirect(request.path + form.address())
    context = {
        "form": form,
        "found": _printed(found[: library.PAGE], form),
        "counted": library.counted(rows) if found else None,
        "more": len(found) > library.PAGE,
        "page": page,
        "others": form.address(),
        "lift": [] if found else form.liftable(request.user),
        "writable": [each for each in communities.with_my_role(request.user) if each.my_role]
        if request.user.is_authenticated
        else [],
    }
    return render(request, "methods/library.html", context)


def _printed(methods: list[Any], form: LibraryForm) -> list[Any]:
    """Each with its facts, and what it does not say of what is asked for."""
    silent = library.unsaid([method for method in methods if not method.states], form.wanted())
    for method in methods:
        method.facts = in_one_line(method)
        method.unsaid = form.labels(silent.get(method.pk, []))
    return methods
