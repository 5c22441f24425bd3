"""Search: threads, posts and methods that have the words, as a page and as JSON."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from forum import search
from forum.web.requests import wants_json

PAGE, LAST_PAGE = 20, 50
LABELS = {"thread": _("Threads"), "post": _("Replies"), "method": _("Methods")}


@require_safe
@vary_on_headers("Accept")
def search_page(request: HttpRequest) -> HttpResponse:
    words, kind, page = request.GET.get("q", "").strip(), request.GET.get("kind", ""), _page(request)
    kind = kind if kind in search.kinds() else ""
    found = search.find(request.user, words, kind=kind, limit=PAGE, start=(page - 1) * PAGE)
    count = found.counts.get(kind, 0) if kind else sum(found.counts.values())
    if wants_json(request):
        return JsonResponse({"count": count, "results": [_as_json(result) for result in found.results]})
    context = {
        "words": words[: search.LONGEST_QUERY],
        "kind": kind,
        "tabs": _tabs(words, found.counts),
        "results": found.results,
        "labels": LABELS,
        "count": count,
        "page": page,
        "more": count > page * PAGE and page < LAST_PAGE,
        "others": urlencode({"q": words, "kind": kind}),
    }
    return render(request, "pages/search.html", context)


def _tabs(words: str, counts: dict[str, int]) -> list[tuple[str, Any, int, str]]:
    """(kind, label, how many, address): everything, then each kind there is something of."""
    tabs = [("", _("Everything"), sum(counts.values()), f"?{urlencode({'q': words})}")]
    for kind, label in LABELS.items():
        if counts.get(kind):
            tabs.append((kind, label, counts[kind], f"?{urlencode({'q': words, 'kind': kind})}"))
    return tabs


def _as_json(result: search.Result) -> dict[str, Any]:
    return {
        "kind": result.kind,
        "id": result.id,
        "url": result.shown.url,
        "title": result.shown.title,
        "community": result.shown.community.slug,
        "language": result.shown.language,
        "passages": [search.plain(passage) for passage in result.passages],
    }


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
