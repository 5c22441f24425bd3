"""Types of requests, for views whose decorators already made sure of something."""

from django.http import HttpRequest

from accounts.models import Member


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Member
