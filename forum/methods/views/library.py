"""The library: choices in an address, and the methods that fit it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from forum.communities.models import Community
from forum.methods import cities, counting, library
from forum.methods.facts import in_one_line
from forum.methods.libraryform import LibraryForm
from forum.methods.models import Method
from forum.methods.translations.queries import put_in_my_language
from forum.web.requests import wants_json

ORDER = ("-states", "-tries_count", "-published_at", "-pk")


@require_safe
@vary_on_headers("Accept")
def library_page(request: HttpRequest) -> HttpResponse:
    communities = Community.objects.visible_to(request.user)
    tried_in = cities.counted(Method.objects.visible_to(request.user))
    form = LibraryForm(request.GET, communities=communities, tried_in=tried_in)
    if wants_json(request):
        return _counts(request, form)
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


def _counts(request: HttpRequest, form: LibraryForm) -> JsonResponse:
    """What the page asks while somebody is choosing: {"count", "unsaid", "words", "choices": {name: {term: count}}}."""
    wanted = form.wanted()
    counted = library.counted(library.matching(request.user, wanted))
    choices = counting.counts(request.user, wanted)
    choices["city"] = {each.city: choices["city"].get(cities.same(each.city), 0) for each in form.tried_in}
    words = render_to_string("methods/_counted.html", {"counted": counted})
    answer = {"count": counted.states, "unsaid": counted.unsaid, "words": " ".join(words.split())}
    return JsonResponse({**answer, "choices": choices})


def _printed(methods: list[Any], form: LibraryForm) -> list[Any]:
    """Each with its facts, and what it does not say of what is asked for."""
    silent = library.unsaid([method for method in methods if not method.states], form.wanted())
    put_in_my_language(methods)
    for method in methods:
        method.facts = in_one_line(method)
        method.unsaid = form.labels(silent.get(method.pk, []))
    return methods
