"""The truth over HTTP: what a page missed. Sockets only bring it sooner."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from forum.changes.documents import document

LARGEST = 2**63 - 1


@cache_control(private=True, no_store=True)
@require_safe
def changes(request: HttpRequest) -> JsonResponse:
    """GET ?stream=thread:12&since=40. 400 says what is wrong with the question; unseen and absent are the same 404."""
    stream, since = request.GET.get("stream", ""), request.GET.get("since", "")
    if not stream or len(stream) > 60:
        return JsonResponse({"error": "stream must name what is followed, like thread:12"}, status=400)
    if not (since.isascii() and since.isdigit()) or len(since) > 19 or int(since) > LARGEST:
        return JsonResponse({"error": "since must be the number of the last change seen, 0 or more"}, status=400)
    answer = document(request.user, stream, int(since), get_language() or "en")
    if answer is None:
        return JsonResponse({"error": "there is nothing here that you can see"}, status=404)
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
