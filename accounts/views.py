"""One's own profile, and the language of the pages. Signing in and its kin are allauth's."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, factors
from accounts.addresses import next_address
from accounts.forms import ProfileForm
from accounts.models import Member

YEAR = 60 * 60 * 24 * 365


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    # A row of its own: what the form refuses must not show in the page's header.
    member = get_object_or_404(Member, pk=request.user.pk or 0)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=member)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(member=member, **form.profile())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            with translation.override(member.interface_language or translation.get_language()):
                messages.success(request, _("Your profile is saved."))
            return redirect("account_profile")
    return render(request, "account/profile.html", {"form": form, "member": request.user})


@csrf_exempt  # the session's cookie is SameSite=Lax, so a stranger's form acts for nobody; no tokens for visitors
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """A cookie for this browser; for a member their own setting as well."""
    response = HttpResponseRedirect(next_address(request))  # redirect() would look for a view of this name
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        actions.change_profile(member=request.user, interface_language=language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS
    )
    return response


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where one goes on after the second factor: the page that asked for it, or what was being sent, to send it now."""
    waiting = request.session.get(factors.WAITING)
    if waiting is None:
        return redirect("mfa_index")
    if waiting["fields"]:
        return render(request, "account/send_again.html", factors.form_again(waiting))
    del request.session[factors.WAITING]
    return HttpResponseRedirect(waiting["back"])


def too_fast(request: HttpRequest) -> HttpResponse:
    """What allauth's limits answer: signing in, signing up and asking for codes too often."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = "60"
    return response
