"""Two at once: one outcome, and nobody sees a fault."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from forum.communities import actions, rules
from forum.communities.models import Departure, FormerSlug, JoinRequest, Membership
from forum.web.errors import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each deed answered, or its Refusal."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def refusals(answers):
    return [answer for answer in answers if isinstance(answer, Refusal)]


@pytest.fixture
def two_stewards(steward, author, listed_house):
    actions.change_role(by=steward, community=listed_house, member=author, role="steward")
    return steward, author


def test_approve_and_decline(two_stewards, outsider, listed_house):
    one, other = two_stewards
    request = actions.ask_to_join(member=outsider, community=listed_house, note="")
    first, second = at_once(
        lambda: actions.approve_request(by=one, request=request),
        lambda: actions.decline_request(by=other, request=request),
    )
    assert (first.outcome, first.decided_by_id) == (second.outcome, second.decided_by_id)
    belongs = rules.role_of(outsider, listed_house) == "member"
    assert belongs is (first.outcome == JoinRequest.Outcome.APPROVED)


def test_ten_clicks_are_one_membership(outsider, open_house):
    at_once(*[lambda: actions.join(member=outsider, community=open_house)] * 10)
    assert Membership.objects.filter(member=outsider, community=open_house).count() == 1


def test_ten_requests_are_one(outsider, listed_house):
    answers = at_once(*[lambda: actions.ask_to_join(member=outsider, community=listed_house, note="hi")] * 10)
    assert len({answer.pk for answer in answers}) == JoinRequest.objects.count() == 1


def test_two_stewards_leave(two_stewards, listed_house):
    one, other = two_stewards
    answers = at_once(
        lambda: actions.leave(member=one, community=listed_house),
        lambda: actions.leave(member=other, community=listed_house),
    )
    assert len(refusals(answers)) == 1
    assert listed_house.memberships.filter(role="steward").count() == 1


def test_two_stewards_remove_each_other(two_stewards, listed_house):
    one, other = two_stewards
    answers = at_once(
        lambda: actions.remove_member(by=one, community=listed_house, member=other, reason="x"),
        lambda: actions.remove_member(by=other, community=listed_house, member=one, reason="x"),
    )
    assert len(refusals(answers)) == 1
    assert Departure.objects.count() == 1


def test_an_invitation_is_used_once(steward, with_address, invited_house):
    newcomer = with_address("newcomer")
    token = actions.invite(by=steward, community=invited_house, email=newcomer.email)
    answers = at_once(*[lambda: actions.accept_invitation(member=newcomer, token=token)] * 5)
    assert not refusals(answers)
    assert Membership.objects.filter(member=newcomer).count() == 1


def test_one_address_is_given_once(steward, open_house, closed_house):
    answers = at_once(
        lambda: actions.rename_community(by=steward, community=open_house, slug="ruska-46"),
        lambda: actions.rename_community(by=steward, community=closed_house, slug="ruska-46"),
    )
    assert len(refusals(answers)) == 1
    assert FormerSlug.objects.count() == 1
