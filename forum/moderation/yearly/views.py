"""The yearly report: of communities for their stewards, of the site for administrators, and of a year that is over for
everybody."""

import csv
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forum.communities.models import Community
from forum.communities.queries import by_name
from forum.methods.sheets import safe
from forum.moderation.tools import stewarded_by, stewards_only, tools_of
from forum.moderation.yearly.figures import Figures, figures
from forum.moderation.yearly.saying import as_data, sections
from forum.moderation.yearly.scope import Scope
from forum.web.requests import MemberRequest

EARLIEST = 2000


@require_safe
@stewards_only
def report(request: MemberRequest) -> HttpResponse:
    """`?year=2026&community=slug`; without one the whole site, where that is the reader's business."""
    scope, mine = _scope(request)
    counted = figures(scope)
    context = _context(scope, counted) | tools_of(request.user, "figures")
    context |= {"communities": mine, "years": _years(), "whole": request.user.is_staff}
    context["query"] = f"year={scope.year}" + (f"&community={scope.community.slug}" if scope.community else "")
    return render(request, "yearly/report.html", context)


@require_safe
@stewards_only
def report_csv(request: MemberRequest) -> HttpResponse:
    scope, _mine = _scope(request)
    return _csv(scope, figures(scope))


@require_safe
@stewards_only
def report_json(request: MemberRequest) -> HttpResponse:
    scope, _mine = _scope(request)
    return _json(scope, figures(scope))


@require_safe
def published(request: HttpRequest, year: int) -> HttpResponse:
    """The whole site's, of a year that is over: a number that grows day by day could tell somebody that they were
    reported."""
    scope = _public(year)
    years = [each for each in _years() if Scope(each).is_over]
    context = _context(scope, figures(scope)) | {"years": years}
    return render(request, "yearly/published.html", context)


@require_safe
def published_csv(request: HttpRequest, year: int) -> HttpResponse:
    scope = _public(year)
    return _csv(scope, figures(scope))


@require_safe
def published_json(request: HttpRequest, year: int) -> HttpResponse:
    scope = _public(year)
    return _json(scope, figures(scope))


def _scope(request: MemberRequest) -> tuple[Scope, list[Community]]:
    mine = by_name(stewarded_by(request.user))
    wanted, said = request.GET.get("community", ""), request.GET.get("year", "")
    community = next((each for each in mine if each.slug == wanted), None)
    if (wanted and community is None) or not (mine or request.user.is_staff):
        raise Http404
    if community is None and not request.user.is_staff:
        community = mine[0]
    year = int(said) if said.isascii() and said.isdigit() and len(said) < 5 else timezone.localdate().year
    if not EARLIEST <= year <= timezone.localdate().year:
        raise Http404
    return Scope(year, community=community, reader=request.user), mine


def _public(year: int) -> Scope:
    if year not in _years() or not (scope := Scope(year, is_public=True)).is_over:
        raise Http404
    return scope


def _years() -> list[int]:
    """Since there are communities here, the latest first."""
    now = timezone.localdate().year
    first = Community.objects.order_by("created_at").values_list("created_at", flat=True).first()
    begun = timezone.localtime(first).year if first else now
    return list(range(now, max(begun, EARLIEST) - 1, -1))


def _context(scope: Scope, counted: Figures) -> dict[str, Any]:
    return {"scope": scope, "sections": sections(counted), "community": scope.community}


def _name(scope: Scope) -> str:
    return "-".join(["figures", str(scope.year), *([scope.community.slug] if scope.community else [])])


def _csv(scope: Scope, counted: Figures) -> HttpResponse:
    """As forum.methods.sheets writes them for offices: a byte order mark, semicolons where commas are decimal."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{_name(scope)}.csv"'
    writer = csv.writer(response, delimiter="," if get_language() == "en" else ";")
    writer.writerow([_("Part"), _("What"), _("Figure")])
    for section in sections(counted):
        writer.writerows([safe(section.title), safe(row.label), row.value] for row in section.rows)
    return response


def _json(scope: Scope, counted: Figures) -> HttpResponse:
    response = JsonResponse(as_data(counted, scope), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="{_name(scope)}.json"'
    return response
