from collections.abc import Callable

import pytest

from forum.models import Community, Post, Thread


@pytest.fixture
def post(thread_in: Callable[..., Thread], open_house: Community) -> Post:
    """The author's, in a community anyone reads."""
    found: Post = thread_in(open_house, 2).posts.get(number=2)
    return found


@pytest.fixture
def closed_post(thread_in: Callable[..., Thread], closed_house: Community) -> Post:
    found: Post = thread_in(closed_house).posts.get()
    return found
