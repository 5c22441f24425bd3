"""Methods on paper: sheets as PDF, the short address that stands on them, and its code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum import paper
from forum.methods import printing, queries
from forum.methods.models import Method
from forum.web.errors import Refusal
from forum.web.pace import TOO_FAST, ask_pace, too_often

MOST_SHEETS = 20  # a minute, by one member or from one internet address
DAY = 86_400


@require_safe
def card_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The card as a tagged PDF; `?format=` a4 (one page, when it fits), large (print) or cards (four, to be cut)."""
    name = request.GET.get("format", "a4")
    if name not in printing.FORMATS:
        raise Http404
    method = queries.load_method(request.user, pk)
    parent = queries.parent_seen(request.user, method)
    tries = queries.tries_of(method)
    job = printing.job(printing.FORMATS[name], method, queries.load_version(method), tries, parent)
    tag = paper.tag_of(**job)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return unchanged
    try:
        _ask_pace(request)
        pdf = paper.print_pdf(**job)
    except Refusal as refusal:
        return refusal.answered(_not_printed(request, method, str(refusal.message)))
    except paper.Unprintable:
        words = _("This could not be made now. You can print the page itself, from your browser.")
        answer = _not_printed(request, method, words)
        answer.status_code = 503
        return answer
    response = HttpResponse(pdf, content_type="application/pdf")
    response["ETag"] = tag
    response["Content-Disposition"] = f'inline; filename="{method.slug}-{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def short_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/m/12/`, as it stands on paper: leads those who may see the method to it."""
    return redirect(queries.load_method(request.user, pk))


@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """The QR code of the short address, for the page as the browser prints it."""
    method = queries.load_method(request.user, pk)
    response = HttpResponse(paper.code_svg(printing.address_of(method)), content_type="image/svg+xml")
    response["Cache-Control"] = f"private, max-age={DAY}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _ask_pace(request: HttpRequest) -> None:
    """Setting a sheet is work: not more of it for one visitor than somebody can read."""
    if request.user.is_authenticated:
        ask_pace("sheets", request.user, most=MOST_SHEETS)
    elif too_often(f"sheets:from:{request.META['REMOTE_ADDR']}", most=MOST_SHEETS, seconds=60):
        raise Refusal(TOO_FAST, status=429, retry_after=60)


def _not_printed(request: HttpRequest, method: Method, words: str) -> HttpResponse:
    context = {"method": method, "community": method.community, "words": words}
    return render(request, "methods/not_printed.html", context)
