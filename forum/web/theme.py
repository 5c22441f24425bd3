"""Day or night, as the reader chose. A cookie: the first byte of a page already knows, so there is no flash."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.addresses import next_address

COOKIE = "theme"
CHOICES = ("light", "dark")
YEAR = 60 * 60 * 24 * 365


def chosen_theme(request: HttpRequest) -> str:
    """ "light", "dark", or "" for whatever the device says."""
    choice = request.COOKIES.get(COOKIE, "")
    return choice if choice in CHOICES else ""


@csrf_exempt  # a stranger could at most turn off somebody's light, and visitors' pages stay free of tokens
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """POST theme=light|dark|auto (auto forgets the choice), next=where to go back to."""
    response = HttpResponseRedirect(next_address(request))
    choice = request.POST.get("theme", "")
    if choice in CHOICES:
        response.set_cookie(COOKIE, choice, max_age=YEAR, samesite="Lax", secure=settings.HTTPS)
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
