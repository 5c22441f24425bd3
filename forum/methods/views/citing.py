"""Methods named in posts: where they are, and the list that "[[" opens while somebody writes."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from forum import drafts
from forum.methods import discussing, queries
from forum.methods.naming import suggest
from forum.methods.views.reading import whole_number
from forum.web.errors import Refusal
from forum.web.pace import ask_pace
from forum.web.requests import MemberRequest

MOST_LOOK_UPS = 120  # a minute, by one member


@login_required
@require_GET
def method_names(request: MemberRequest) -> HttpResponse:
    """{"methods": [{"title", "language", "community"}]} of what may be called by its name at a place; none with 429."""
    place, beginning = request.GET.get("place", "")[:60], request.GET.get("q", "").replace("\0", "")[:80]
    try:
        ask_pace("method-names", request.user, most=MOST_LOOK_UPS)
    except Refusal as refusal:
        return refusal.answered(JsonResponse({"methods": [], "error": str(refusal.message)}))
    standing = drafts.where_is(request.user, place)
    found = suggest(request.user, standing.thread, beginning) if standing and standing.thread else []
    rows = [{"title": each.title, "language": each.language, "community": str(each.community)} for each in found]
    return JsonResponse({"methods": rows})


@require_safe
def method_discussions(request: HttpRequest, pk: int) -> HttpResponse:
    """All the threads that name a method, a page of them."""
    method, page = queries.load_method(request.user, pk), whole_number(request.GET.get("page")) or 1
    start = (page - 1) * discussing.PAGE
    discussed, more = discussing.discussions(request.user, method, most=discussing.PAGE, start=start)
    context = {
        "method": method,
        "community": method.community,
        "discussed": discussed,
        "more": more,
        "page": page,
    }
    return render(request, "methods/discussions.html", context)
