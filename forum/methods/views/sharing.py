"""Methods carried elsewhere: compared, as a file, as a spreadsheet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forum.communities.models import Community
from forum.methods import cities, comparing, library, queries, sheets
from forum.methods.frontmatter import to_markdown
from forum.methods.libraryform import LibraryForm
from forum.methods.models import Method, MethodVersion
from forum.methods.views.reading import record_of, whole_number

MOST_ROWS = 20_000


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """`?method=3&method=7`: up to four, in this order; those the viewer may not see are left out."""
    wanted = [number for value in request.GET.getlist("method")[:20] if (number := whole_number(value))]
    wanted = list(dict.fromkeys(wanted))[: comparing.MOST]
    methods = queries.with_tries(Method.objects.visible_to(request.user).filter(pk__in=wanted))
    found: dict[int, Any] = {method.pk: method for method in methods.select_related("community", "author")}
    present = MethodVersion.objects.present().filter(method__in=found)
    versions = {version.method_id: version for version in present}
    for version in versions.values():
        version.method = found[version.method_id]
    chosen = [versions[pk] for pk in wanted if pk in versions]
    rows = comparing.rows(chosen) if len(chosen) > 1 else []
    return render(request, "methods/comparison.html", {"versions": chosen, "rows": rows})


@require_safe
def markdown(request: HttpRequest, pk: int) -> HttpResponse:
    method = queries.load_method(request.user, pk)
    response = HttpResponse(to_markdown(record_of(request, method)), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{method.file_name}.md"'
    return response


@require_safe
def sheet(request: HttpRequest) -> StreamingHttpResponse:
    """What the library shows for these choices, whole."""
    tried_in = cities.counted(Method.objects.visible_to(request.user))
    form = LibraryForm(request.GET, communities=Community.objects.visible_to(request.user), tried_in=tried_in)
    rows = library.matching(request.user, form.wanted()).values("pk")
    if form.errors:
        raise Http404
    versions = MethodVersion.objects.present().filter(method__in=rows)
    versions = versions.select_related("method__author", "method__parent__method__author")
    sheet = versions.order_by("method__title", "method")[:MOST_ROWS].iterator(200)
    parents = Method.objects.visible_to(request.user).filter(versions__adaptations__in=rows)
    lines = sheets.lines(sheet, get_language() or "en", set(parents.values_list("pk", flat=True)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="methods.csv"'
    return response
