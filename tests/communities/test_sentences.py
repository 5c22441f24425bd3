"""Who will see this, and what the head of a community needs."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from forum.communities import actions, queries
from forum.communities.models import Membership


def test_the_sentence_is_true(author, open_house, closed_house):
    with translation.override("en"):
        anyone = queries.audience_sentence(open_house)
        members = queries.audience_sentence(closed_house)
        assert "internet" in anyone
        assert "4 members of Closed house" in members
        Membership.objects.filter(community=closed_house).exclude(member=author).delete()
        assert "Only you will see this: Closed house" in queries.audience_sentence(closed_house)


def test_a_narrower_thread_stays_narrow(open_house, closed_house):
    assert queries.audience_sentence(open_house, "members") != queries.audience_sentence(open_house)
    assert queries.audience_sentence(closed_house, "anyone") == queries.audience_sentence(closed_house)


def test_the_count_comes_with_the_community(author, closed_house, django_assert_num_queries):
    house = queries.load_community(author, "closed-house")
    with django_assert_num_queries(0):
        queries.audience_sentence(house)
        assert (house.member_count, house.my_role, house.is_closed) == (4, "member", False)


@pytest.mark.parametrize("who", ["visitor", "outsider", "member", "steward"])
def test_the_head_costs_one_query_at_most(who, outsider, author, steward, listed_house, django_assert_max_num_queries):
    viewer = {"visitor": AnonymousUser(), "outsider": outsider, "member": author, "steward": steward}[who]
    asked = actions.ask_to_join(member=outsider, community=listed_house, note="")
    listed_house.my_role = {"member": "member", "steward": "steward"}.get(who)
    with django_assert_max_num_queries(1):
        standing = queries.standing(viewer, listed_house)
    assert standing["waiting_request"] == (asked if who == "outsider" else None)
    assert standing["requests_waiting"] == (1 if who == "steward" else 0)
