"""How addresses of paper answer: a sheet as PDF, within a pace, and the code of a short address.

Who may see what is the features' to ask, before.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from forum.paper.codes import code_svg
from forum.paper.press import Unprintable, print_pdf, tag_of
from forum.web.errors import Refusal
from forum.web.pace import TOO_FAST, ask_pace, too_often

MOST_SHEETS = 20  # a minute, of all kinds, by one member or from one internet address
DAY = 86_400


def sheet_answer(request: HttpRequest, job: dict[str, Any], *, filename: str, back: dict[str, Any]) -> HttpResponse:
    """The PDF of `job` (what `print_pdf` takes), 304 where the browser has it; else a page that says why not.

    That page leads `back`: {"url", "words", "community": where it belongs, or None}.
    """
    tag = tag_of(**job)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return unchanged
    try:
        _ask_pace(request)
        pdf = print_pdf(**job)
    except Refusal as refusal:
        return refusal.answered(_not_printed(request, back, str(refusal.message)))
    except Unprintable:
        words = _("This could not be made now. You can print the page itself, from your browser.")
        answer = _not_printed(request, back, words)
        answer.status_code = 503
        return answer
    response = HttpResponse(pdf, content_type="application/pdf")
    response["ETag"] = tag
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def code_answer(address: str) -> HttpResponse:
    """The QR code of a short address, for a page as the browser prints it."""
    response = HttpResponse(code_svg(address), content_type="image/svg+xml")
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


def _not_printed(request: HttpRequest, back: dict[str, Any], words: str) -> HttpResponse:
    context = {"back": back, "community": back["community"], "words": words}
    return render(request, "paper/not_printed.html", context)
