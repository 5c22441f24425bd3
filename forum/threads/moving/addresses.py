"""Addresses of threads that went into others lead there, for whoever may read them there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from forum.threads.models import Post, Thread
from forum.threads.moving.models import Merging

OF_THE_PAGE = {"thread", "thread_address"}


class Forwarded(Exception):
    """Asked for a thread that is in another one now, which the viewer may read."""

    def __init__(self, merging: Merging) -> None:
        super().__init__(str(merging))
        self.merging = merging


def forwarded(viewer: Any, pk: int) -> Forwarded | None:
    merging = Merging.objects.select_related("into").filter(thread__pk=pk).first()
    seen = merging and Thread.objects.visible_to(viewer).filter(pk=merging.into_id).exists()
    return Forwarded(merging) if merging and seen else None


class ForwardingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Forwarded):
            return None
        merging = exception.merging
        if request.resolver_match and request.resolver_match.url_name in OF_THE_PAGE:
            return HttpResponsePermanentRedirect(_page(request, merging))
        here = request.get_full_path().replace(f"/{merging.thread_id}/", f"/{merging.into_id}/", 1)
        response = HttpResponsePermanentRedirect(here)
        if request.method == "POST":
            response.status_code = 308  # the same deed at the new address
        return response


def _page(request: HttpRequest, merging: Merging) -> str:
    """The page that holds what the old one began with. The browser keeps what stands behind a #."""
    from forum.threads.queries import page_start  # queries ask this module about threads they do not find

    query = request.GET.copy()
    wanted = query.get("from", "")
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        there = merging.posts[max(int(wanted), 1) - 1 :][:1]
        number = Post.objects.filter(pk__in=there, thread=merging.into_id).values_list("number", flat=True).first()
        query["from"] = str(page_start(number or 1))
    return merging.into.get_absolute_url() + (f"?{query.urlencode()}" if query else "")
