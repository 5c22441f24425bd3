"""The second factor: what this session has shown besides its first, and how lately.

Every other session of the same member shows its own: one that began before there was a factor has shown none.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, overload
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.addresses import is_our_address

View = Callable[..., HttpResponse]

FRESH = timedelta(minutes=15)  # for what cannot be taken back
A_DAY = timedelta(hours=12)  # a code, for what can
ON_THIS_DEVICE = timedelta(days=30)  # a passkey is bound to its device, and so is a session, which lasts no longer

WAITING = "second_factor_wanted"  # in the session: {"back", "action", "fields"} of what was asked for
MOST_CHARACTERS, MOST_FIELDS = 250_000, 1000
_NOT_KEPT = frozenset({"csrfmiddlewaretoken"})


@overload
def second_factor_required(view: View) -> View: ...
@overload
def second_factor_required(*, irreversible: bool = False) -> Callable[[View], View]: ...
def second_factor_required(view: View | None = None, *, irreversible: bool = False) -> Any:
    """For the desk and the administrators' tools: this session's own second factor, where the site asks for one.

    `irreversible`: what cannot be taken back asks for one shown within `FRESH`. Otherwise a code is good for `A_DAY`, a
    passkey for `ON_THIS_DEVICE`. Who has none yet is led to where one sets it up, who has one to where one shows it;
    both come back, and what they were sending with them. Stands inside whatever asks for sign-in and keeps the words
    of people signed out (`login_required`, `writing_needs_sign_in`).
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not settings.REQUIRE_SECOND_FACTOR:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(_back(request))
            if not has_shown(request, irreversible=irreversible):
                return _ask(request)
            if request.method == "POST" and request.session.get(WAITING, {}).get("action") == request.path:
                del request.session[WAITING]  # it has arrived
            return view(request, *args, **kwargs)

        return guarded

    return guard if view is None else guard(view)


def has_shown(request: HttpRequest, *, irreversible: bool = False) -> bool:
    """Has this session shown, lately enough, a factor that the member still has? One query at most."""
    now = time.time()
    shown = [each for each in get_authentication_records(request, request.user) if each.get("method") == "mfa"]
    standing = [each["id"] for each in shown if now - each["at"] < _lasts(each, irreversible).total_seconds()]
    return bool(standing and Authenticator.objects.filter(user=request.user.pk, pk__in=standing).exists())


def has_factor(member: Any) -> bool:
    """Recovery codes alone are none: they only stand in for one."""
    return bool(Authenticator.objects.filter(user=member.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def guard_admin(site: AdminSite) -> None:
    """All of Django's administration but signing out wants a fresh factor."""
    its_own = site.admin_view

    def admin_view(view: Any, cacheable: bool = False) -> Any:
        is_way_out = getattr(view, "__name__", "") == "logout"
        return its_own(view if is_way_out else second_factor_required(irreversible=True)(view), cacheable)

    site.admin_view = admin_view  # type: ignore[method-assign]  # a site of our own would be one more to keep


def _lasts(shown: dict[str, Any], irreversible: bool) -> timedelta:
    if irreversible:
        return FRESH
    return ON_THIS_DEVICE if shown.get("type") == Authenticator.Type.WEBAUTHN else A_DAY


def _ask(request: HttpRequest) -> HttpResponse:
    """Away to set one up or to show it, with what was being sent; a page with all of it when it is too long to keep."""
    words = _("This place asks for your second factor.")
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"error": words}, status=403)
    address = way_to_show(request)
    waiting = {"back": _back(request), "action": request.path, "fields": _fields(request)}
    if sum(len(name) + len(value) for name, value in waiting["fields"]) > MOST_CHARACTERS:
        return render(request, "account/send_again.html", {**form_again(waiting), "first": address}, status=403)
    if waiting["fields"] or not request.session.get(WAITING, {}).get("fields"):  # words are not pushed out by a visit
        request.session[WAITING] = waiting
    if has_factor(request.user):
        messages.info(request, words)  # the page where one sets it up says so itself
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def way_to_show(request: HttpRequest) -> str:
    """The page where this member shows a factor, and then goes on; where one sets it up for somebody without."""
    if not has_factor(request.user):
        return reverse("mfa_index")
    first = get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
    return f"{first}?{urlencode({'next': reverse('second_factor')})}"


def form_again(waiting: dict[str, Any]) -> dict[str, Any]:
    """What a template needs to print the form once more; `words`: what a person wrote in it."""
    written = [value for _name, value in waiting["fields"] if " " in value.strip()]
    return {"action": waiting["action"], "back": waiting["back"], "again": waiting["fields"], "words": written}


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    names = [name for name in request.POST if name not in _NOT_KEPT and "password" not in name]
    return [(name, value) for name in names[:MOST_FIELDS] for value in request.POST.getlist(name)]


def _back(request: HttpRequest) -> str:
    """The page somebody was on: a form may be sent to an address that is none."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    for address in (request.POST.get("back", ""), referer._replace(scheme="", netloc="").geturl()):
        if address.startswith("/") and is_our_address(request, address):
            return address
    return "/"
