"""Who somebody is, as far as the viewer may know, and what they wrote, as far as the viewer may read it."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Member
from forum import text
from forum.communities.models import Community
from forum.methods.queries import own_tries_elsewhere
from forum.notifications.models import PersonMute
from forum.threads.meeting import may_read_profile, meets
from forum.threads.models import Post, Thread
from forum.threads.queries import own_posts_elsewhere

POSTS, THREADS, EXCERPT = 20, 10, 240
LAST_PAGE = 500  # nobody leafs further, and a made-up number must not make the database count so far


@require_safe
def profile(request: HttpRequest, username: str) -> HttpResponse:
    """The name is for those who meet it here anyway, the rest for those whom the member chose.

    Queries: the same for any number of rows.
    """
    member = get_object_or_404(Member, username=username)
    viewer, page = request.user, _page(request)
    readable = may_read_profile(viewer, member)
    if not (readable or meets(viewer, member)):
        raise Http404
    posts = posts_of(viewer, member, page)
    context = {
        "member": member,
        "is_mine": viewer.pk == member.pk,
        "readable": readable,
        "may_mute": viewer.is_authenticated and viewer.pk != member.pk and not member.is_house,
        "is_muted": PersonMute.objects.filter(member=viewer.pk, muted=member).exists() if viewer.pk else False,
        "languages": [dict(settings.LANGUAGES).get(language, language) for language in member.languages],
        "communities": communities_of(viewer, member) if readable else [],
        "threads": threads_of(viewer, member) if page == 1 else [],
        "posts": posts[:POSTS],
        "newer": page - 1,
        "elsewhere": elsewhere_of(viewer, member) if page == 1 else [],
        "tries_elsewhere": own_tries_elsewhere(viewer) if page == 1 and viewer.pk == member.pk else [],
        "older": page + 1 if len(posts) > POSTS else 0,
    }
    return render(request, "pages/profile.html", context)


def communities_of(viewer: Any, member: Member) -> list[Community]:
    """The member's communities that the viewer may know of."""
    found = Community.objects.visible_to(viewer).filter(memberships__member=member)
    return sorted(found, key=lambda community: community.name.casefold())


def threads_of(viewer: Any, member: Member) -> list[Thread]:
    found = Thread.objects.visible_to(viewer).filter(author=member).select_related("community")
    return list(found.order_by("-started_at", "-pk")[:THREADS])


def posts_of(viewer: Any, member: Member, page: int) -> list[Post]:
    """One more than a page holds, if there are more; each with `.excerpt`, quotes left out."""
    found = Post.objects.visible_to(viewer).standing().filter(author=member).select_related("thread__community")
    start = (page - 1) * POSTS
    return _with_excerpts(found.order_by("-published_at", "-pk")[start : start + POSTS + 1])


def _with_excerpts(rows: Any) -> list[Any]:
    posts = list(rows)
    for post in posts:
        post.excerpt = text.excerpt(post.html, EXCERPT)
    return posts


def elsewhere_of(viewer: Any, member: Member) -> list[Any]:
    """For oneself: what one wrote where one may read no more. As it is deleted, older ones move up."""
    return _with_excerpts(own_posts_elsewhere(viewer)[:POSTS]) if viewer.pk == member.pk else []


def _page(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
