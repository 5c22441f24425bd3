"""Leaving, and being removed."""

import pytest

from forum.communities import actions, rules
from forum.communities.models import Departure, Membership
from forum.web.errors import Refusal
from tests.communities.helpers import kinds_on, words_of


def test_leaving_is_asked_once_more_and_recorded(client_of, author, closed_house):
    browser = client_of(author)
    assert browser.get("/c/closed-house/departure/").status_code == 200
    assert rules.role_of(author, closed_house) == "member"
    assert browser.post("/c/closed-house/departure/")["Location"] == "/communities/"
    assert rules.role_of(author, closed_house) is None
    departure = Departure.objects.get()
    assert (departure.member, departure.by, departure.reason) == (author, author, "")
    assert browser.get("/c/closed-house/").status_code == 404
    assert kinds_on(f"member:{author.pk}") == ["membership.changed"]
    assert kinds_on(f"community:{closed_house.pk}") == ["members.changed"]


def test_the_last_steward_stays(client_of, steward, author, open_house):
    browser = client_of(steward)
    response = browser.post("/c/open-house/departure/")
    assert words_of(response)
    assert rules.role_of(steward, open_house) == "steward"
    actions.change_role(by=steward, community=open_house, member=author, role="steward")
    browser.post("/c/open-house/departure/")
    assert rules.role_of(steward, open_house) is None


def test_a_steward_who_cannot_sign_in_does_not_count(steward, author, open_house):
    actions.change_role(by=steward, community=open_house, member=author, role="steward")
    author.is_active = False
    author.save()
    with pytest.raises(Refusal):
        actions.leave(member=steward, community=open_house)


def test_leaving_twice_is_leaving_once(author, open_house):
    for _ in range(2):
        actions.leave(member=author, community=open_house)
    assert Departure.objects.count() == 1


def test_outsiders_have_nothing_to_leave(client_of, outsider, author, open_house):
    assert client_of(author).get("/c/open-house/departure/").status_code == 200
    assert client_of(outsider).get("/c/open-house/departure/").status_code == 404


REMOVAL = "/c/open-house/members/author/removal/"


def test_removing_needs_a_reason(client_of, steward, author, open_house):
    browser = client_of(steward)
    assert browser.get(REMOVAL).status_code == 200
    for empty in ("", "   ", "\u202e"):
        assert browser.post(REMOVAL, {"reason": empty}).status_code == 422
    assert rules.role_of(author, open_house) == "member"
    browser.post(REMOVAL, {"reason": "Sold things\u202e again"})
    assert rules.role_of(author, open_house) is None
    departure = Departure.objects.get()
    assert (departure.by, departure.reason) == (steward, "Sold things again")
    assert kinds_on(f"member:{author.pk}") == ["membership.changed"]


def test_only_stewards_remove(client_of, cast, outsider, visitor, open_house):
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["neighbour"], cast["moderator"]))):
        assert browser.get(REMOVAL).status_code == 404
        assert browser.post(REMOVAL, {"reason": "x"}).status_code == 404
    with pytest.raises(Refusal):
        actions.remove_member(by=cast["moderator"], community=open_house, member=cast["author"], reason="x")
    assert Membership.objects.filter(member=cast["author"]).exists()


def test_stewards_do_not_remove_themselves(client_of, steward, open_house):
    assert client_of(steward).post("/c/open-house/members/steward/removal/", {"reason": "x"}).status_code == 404
    with pytest.raises(Refusal):
        actions.remove_member(by=steward, community=open_house, member=steward, reason="x")


def test_somebody_who_is_no_member_is_not_there(client_of, steward, outsider, open_house):
    assert client_of(steward).get("/c/open-house/members/outsider/removal/").status_code == 404
    assert client_of(steward).get("/c/open-house/members/outsider/role/").status_code == 404
