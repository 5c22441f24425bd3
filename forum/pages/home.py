"""Home: what is new for me, then my communities. For a visitor: what this place is, and what is being said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.communities import queries as communities
from forum.methods.wishes import queries as wishes
from forum.threads import queries as threads


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = communities.directory(request.user)
    if not request.user.is_authenticated:
        context: dict[str, Any] = {"communities": found.others, "follows": threads.heads_of(found.others, "community")}
        return render(request, "pages/welcome.html", {**context, "threads": threads.latest_open()})
    context = {
        "communities": found.mine,
        "others": found.others,
        "head": threads.head_of(f"member:{request.user.pk}"),
        "wishes": wishes.needing(request.user),
        "follows": threads.heads_of(found.mine, "community", "inside"),
    }
    return render(request, "pages/home.html", {**context, "threads": threads.news_for(request.user)})
