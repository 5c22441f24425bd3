"""What the views of the desk share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from forum.communities.models import Community
from forum.communities.queries import by_name
from forum.moderation import who
from forum.moderation.decisions.models import Complaint
from forum.moderation.desk import rules, sources, streams
from forum.moderation.desk.filters import Filters
from forum.moderation.desk.forms import FilterForm
from forum.moderation.reports.models import Case
from forum.web.requests import MemberRequest

View = Callable[..., HttpResponse]


def for_desk(view: View) -> View:
    """For those who have a desk; there is none for others (404)."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not who.has_desk(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return page


def load_case(viewer: Any, pk: int) -> Case:
    rows = rules.cases_for(viewer).select_related("community", "claimed_by")
    return get_object_or_404(rows, pk=pk)


def load_complaint(viewer: Any, pk: int) -> Complaint:
    """One that waits, or one the viewer may have answered."""
    rows = rules.complaints_for(viewer).select_related("claimed_by", "decided_by", "report")
    rows = rows.select_related("decision__community", "decision__case", "decision__clause", "decision__by")
    return get_object_or_404(rows, pk=pk)


def desk_context(request: MemberRequest, place: sources.Place | None = None) -> dict[str, Any]:
    """The list beside everything. `place`: of the item that is open. The streams' numbers are read first."""
    viewer = request.user
    communities: list[Community] = by_name(who.moderated_by(viewer))
    heads = streams.heads_of(viewer, [community.pk for community in communities])
    chosen = Filters.of(request.GET)
    items = sources.waiting(viewer, chosen)
    total = sources.how_many(viewer)
    return {
        "communities": communities,
        "heads": heads,
        "filters": chosen,
        "filter_form": FilterForm(vars(chosen), communities=communities),
        "items": items[: sources.MOST],
        "more": len(items) - sources.MOST if len(items) > sources.MOST else 0,
        "total": total,
        "here": place[2] if place else "",
        "next_url": next_url(chosen, place),
        "list_url": f"/moderation/?{chosen.query}" if chosen.query else "/moderation/",
    }


def next_url(chosen: Filters, after: sources.Place | None) -> str:
    """Where one goes on: to what comes after this one then."""
    query = "&".join(filter(None, (f"after={sources.written(after)}" if after else "", chosen.query)))
    return f"/moderation/next/?{query}" if query else "/moderation/next/"
