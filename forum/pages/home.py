"""Home: what is new for me, then my communities. For a visitor: what this place is, and what is being said."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.communities import queries as communities
from forum.threads import queries as threads


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    # Before the rows, so that nothing falls in between.
    head = threads.head_of(f"member:{request.user.pk}") if request.user.is_authenticated else 0
    found = communities.directory(request.user)
    if not request.user.is_authenticated:
        context = {"communities": found.others, "threads": threads.latest_open()}
        return render(request, "pages/welcome.html", context)
    context = {
        "communities": found.mine,
        "others": found.others,
        "threads": threads.news_for(request.user),
        "head": head,
    }
    return render(request, "pages/home.html", context)
