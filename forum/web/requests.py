"""Types of requests, for views whose decorators already made sure of something."""

from django.http import HttpRequest

from accounts.models import Member


def is_visit(request: HttpRequest) -> bool:
    """Somebody opened the page: no browser that fetches ahead, and no script that looks for one region of it."""
    ahead = request.headers.get("Sec-Purpose", "").startswith("prefetch")
    return not ahead and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def wants_json(request: HttpRequest) -> bool:
    """Does who asks prefer JSON to a page? An answer to GET that depends on it varies on Accept."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member
