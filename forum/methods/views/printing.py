"""Methods on paper: sheets as PDF, the short address that stands on them, and its code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum import paper
from forum.methods import printing, queries


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
    back = {"url": method.get_absolute_url(), "words": _("Back to the method"), "community": method.community}
    return paper.sheet_answer(request, job, filename=f"{method.file_name}-{name}.pdf", back=back)


@require_safe
def short_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/m/12/`, as it stands on paper: leads those who may see the method to it."""
    return redirect(queries.load_method(request.user, pk))


@require_safe
def code(request: HttpRequest, pk: int) -> HttpResponse:
    return paper.code_answer(printing.address_of(queries.load_method(request.user, pk)))
