"""What decisions are about: a post by the author, reported by the neighbour."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Member
from forum.models import Case, Clause, Community, Post, Report, Thread
from forum.moderation.decisions import actions
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.subjects import Subject, subject_of
from tests.cast import person


@pytest.fixture
def administrator(db: None) -> Member:
    return person("administrator", is_staff=True)


@pytest.fixture
def other(open_house: Community) -> Member:
    """A second moderator."""
    member = person("other")
    open_house.memberships.create(member=member, role="moderator")
    return member


@pytest.fixture
def post(open_house: Community, thread_in: Callable[..., Thread]) -> Post:
    return thread_in(open_house, posts=2).posts.select_related("thread__community", "author").get(number=2)


@pytest.fixture
def about(post: Post) -> Subject:
    return subject_of("post", post)


@pytest.fixture
def clause(open_house: Community) -> Clause:
    return clauses_in_force(open_house)[0]


@pytest.fixture
def reported(about: Subject, neighbour: Member) -> Case:
    return report(about, neighbour)


def report(about: Subject, *members: Member, ground: str = "insult") -> Case:
    case = Case.objects.filter(closed_at=None, **about.target).first()
    case = case or Case.objects.create(community=about.community, **about.target)
    for member in members:
        Report.objects.create(
            case=case,
            ground=ground,
            words="It hurts.",
            address=f"https://example.org{about.url}",
            member=member,
            language="en",
            digest=secrets.token_hex(32),
        )
    return case


#: What an act needs beside its ground.
MORE: dict[str, dict[str, Any]] = {
    "pause": {"until": timezone.now() + timedelta(days=7)},
    "reword": {"facts": "Could you say this without the nickname?"},
}


def decided(by: Member, about: Subject, act: str, **more: Any) -> Any:
    """As the form would, with its first clause unless another ground is given."""
    more = MORE.get(act, {}) | more
    if about.community and "law" not in more and "clause" not in more and act not in {"fine", "reword"}:
        more["clause"] = clauses_in_force(about.community)[0]
    return actions.decide(by=by, about=about, act=act, **more)
