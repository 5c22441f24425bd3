from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress

from accounts.models import Member
from forum.communities.models import Community
from tests.cast import person


@pytest.fixture
def with_address(db: None) -> Callable[..., Member]:
    """A newcomer who belongs to nothing, with a confirmed address unless said otherwise."""

    def with_address(name: str, *, verified: bool = True) -> Member:
        member = person(name)
        EmailAddress.objects.create(user=member, email=member.email, verified=verified, primary=True)
        return member

    return with_address


@pytest.fixture
def administrator(db: None) -> Member:
    return person("overseer", is_staff=True)


@pytest.fixture
def listed_house(closed_house: Community) -> Community:
    """Members read, one joins by asking, and its stewards let outsiders know of it."""
    closed_house.in_directory = True
    closed_house.save()
    return closed_house
