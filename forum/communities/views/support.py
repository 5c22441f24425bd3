"""What the views of communities share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.shortcuts import redirect

from forum.communities import queries, rules
from forum.communities.models import Community
from forum.web.errors import Refusal

View = Callable[..., HttpResponse]
#: The answer to a form that came back: the page again, with what is wrong with it.
AGAIN = 422


def of_community(view: View) -> View:
    """`view(request, community, …)`: one the viewer may read, else 404. An address it used to have redirects."""

    @wraps(view)
    def page(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        community = queries.load_community(request.user, slug)
        if community.slug != slug:
            here = request.get_full_path().replace(f"/c/{slug}/", community.get_absolute_url(), 1)
            response = HttpResponsePermanentRedirect(here)
            if request.method == "POST":
                response.status_code = 308  # the same deed at the new address
            return response
        return view(request, community, **rest)

    return page


def for_members(view: View) -> View:
    """Like of_community, for members: outsiders get 404."""

    @wraps(view)
    def page(request: HttpRequest, community: Community, **rest: Any) -> HttpResponse:
        if community.my_role is None:
            raise Http404
        return view(request, community, **rest)

    return of_community(page)


def for_stewards(view: View) -> View:
    """Like of_community, for stewards: everybody else gets 404."""

    @wraps(view)
    def page(request: HttpRequest, community: Community, **rest: Any) -> HttpResponse:
        if not rules.is_steward(community.my_role):
            raise Http404
        return view(request, community, **rest)

    return of_community(page)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: even nothing at all, when that is what was sent."""
    return request.POST if request.method == "POST" else None


def sign_in_first(request: HttpRequest, back_to: str) -> HttpResponse:
    return redirect_to_login(back_to)


def put_on(form: forms.Form, refusal: Refusal) -> Refusal:
    """The refusal becomes an error of the form, on its field where it names one of the form's; returns it."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    return refusal


def try_to(request: HttpRequest, deed: Callable[[], Any], done: str, then: str) -> HttpResponse:
    """A deed of one button: does it, says `done` or why not, and goes to `then`."""
    try:
        deed()
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, done)
    return redirect(then)
