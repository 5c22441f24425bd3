"""Reactions: one each, counted, visible to all, taken back."""

import pytest
from django.core.cache import cache

from forum.communities import actions as communities
from forum.models import Reaction
from forum.threads import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(thread_in, open_house):
    return thread_in(open_house).posts.get()


def react(client, post, kind):
    return client.post(f"/posts/{post.pk}/reactions/", {"kind": kind}, follow=True)


def test_each_member_has_one_reaction(client_of, author, neighbour, post):
    for client in (client_of(author), client_of(neighbour)):
        assert react(client, post, "thanks").status_code == 200
        react(client, post, "thanks")
    post.refresh_from_db()
    assert post.reactions == {"thanks": 2}
    react(client_of(neighbour), post, "agree")
    post.refresh_from_db()
    assert post.reactions == {"agree": 1, "thanks": 1}
    react(client_of(author), post, "")
    post.refresh_from_db()
    assert post.reactions == {"agree": 1}
    page = client_of(neighbour).get(post.thread.get_absolute_url())
    assert page.context["mine"]["reactions"] == {post.pk: "agree"}


def test_an_unknown_kind_changes_nothing(client_of, author, post):
    react(client_of(author), post, "<svg>")
    assert not Reaction.objects.exists()


def test_who_may_not_write_does_not_react(client_of, outsider, visitor, author, open_house, post):
    assert react(client_of(outsider), post, "thanks").status_code == 422
    assert react(visitor, post, "thanks").status_code == 200  # the page to sign in
    communities.leave(member=author, community=open_house)
    assert react(client_of(author), post, "thanks").status_code == 422
    assert not Reaction.objects.exists()


@pytest.fixture
def _counting_anew():
    cache.clear()
    yield
    cache.clear()


@pytest.mark.usefixtures("_counting_anew")
def test_a_flood_of_reactions_meets_a_limit(client_of, neighbour, thread_in, open_house):
    post, client = thread_in(open_house).posts.get(), client_of(neighbour)
    for n in range(60):
        actions.react(member=neighbour, post=post, kind=("thanks", "agree")[n % 2])
    assert client.post(f"/posts/{post.pk}/reactions/", {"kind": "try"}).status_code == 429
    assert client.post(f"/posts/{post.pk}/reactions/", {"kind": ""}).status_code == 302  # one may always take it back
