"""Joining an open community at once, and the welcome."""

import pytest

from forum.communities import actions, rules
from forum.communities.models import Community, JoinRequest, Membership
from forum.web.errors import Refusal
from tests.communities.helpers import kinds_on, words_of


def test_one_click_and_a_welcome(client_of, outsider, open_house):
    open_house.welcomes = {"en": "Put the kettle on.\n\nThen say hello."}
    open_house.save()
    browser = client_of(outsider)
    response = browser.post("/c/open-house/membership/", follow=True)
    assert response.redirect_chain == [("/c/open-house/welcome/", 302)]
    assert "Put the kettle on.</p>" in response.content.decode()
    assert rules.role_of(outsider, open_house) == "member"
    assert kinds_on(f"community:{open_house.pk}") == ["members.changed"]
    assert kinds_on(f"member:{outsider.pk}") == ["membership.changed"]


def test_twice_is_once(client_of, outsider, open_house):
    browser = client_of(outsider)
    for _ in range(2):
        browser.post("/c/open-house/membership/")
    assert Membership.objects.filter(member=outsider).count() == 1
    assert kinds_on(f"community:{open_house.pk}") == ["members.changed"]


def test_a_visitor_signs_in_first_and_comes_back(visitor, open_house):
    response = visitor.post("/c/open-house/membership/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/c/open-house/"


def test_open_only_where_it_is_open(client_of, outsider, open_house):
    Community.objects.filter(pk=open_house.pk).update(joining="request")
    response = client_of(outsider).post("/c/open-house/membership/")
    assert response["Location"] == "/c/open-house/"
    assert words_of(response)
    assert rules.role_of(outsider, open_house) is None


@pytest.mark.parametrize("joining", ["open", "request", "invitation"])
def test_a_closed_and_hidden_community_cannot_be_joined_or_found(
    client_of, outsider, open_house, closed_house, joining
):
    Community.objects.filter(pk=closed_house.pk).update(joining=joining)
    browser = client_of(outsider)
    assert browser.post("/c/open-house/membership/").status_code == 302  # the outsider can join things
    hidden, absent = browser.post("/c/closed-house/membership/"), browser.post("/c/no-such/membership/")
    assert hidden.status_code == absent.status_code == 404
    with pytest.raises(Refusal):
        actions.join(member=outsider, community=closed_house)


def test_a_closed_listed_community_with_open_joining_is_joined_from_its_door(client_of, outsider, listed_house):
    Community.objects.filter(pk=listed_house.pk).update(joining="open")
    response = client_of(outsider).post("/c/closed-house/membership/", follow=True)
    assert response.redirect_chain[-1][0] == "/c/closed-house/welcome/"


def test_whoever_was_removed_does_not_come_back_by_one_click(client_of, author, steward, open_house):
    actions.remove_member(by=steward, community=open_house, member=author, reason="spam")
    response = client_of(author).post("/c/open-house/membership/")
    assert words_of(response)
    assert rules.role_of(author, open_house) is None


def test_whoever_left_may_come_back(client_of, author, open_house):
    actions.leave(member=author, community=open_house)
    client_of(author).post("/c/open-house/membership/")
    assert rules.role_of(author, open_house) == "member"


def test_nobody_joins_a_closed_down_community(client_of, outsider, steward, open_house):
    actions.close_community(by=steward, community=open_house, reason="The project ended.")
    assert words_of(client_of(outsider).post("/c/open-house/membership/"))
    assert rules.role_of(outsider, open_house) is None


def test_joining_settles_a_request(outsider, open_house, steward):
    Community.objects.filter(pk=open_house.pk).update(joining="request")
    request = actions.ask_to_join(member=outsider, community=open_house, note="")
    Community.objects.filter(pk=open_house.pk).update(joining="open")
    actions.join(member=outsider, community=open_house)
    request.refresh_from_db()
    assert request.outcome == JoinRequest.Outcome.APPROVED


def test_the_welcome_is_for_members(client_of, outsider, author, open_house):
    assert client_of(author).get("/c/open-house/welcome/").status_code == 200
    assert client_of(outsider).get("/c/open-house/welcome/").status_code == 404


def test_may_write(author, outsider, steward, open_house):
    assert rules.may_write(author, open_house) is None
    assert rules.may_write(outsider, open_house)
    actions.close_community(by=steward, community=open_house, reason="Over.")
    assert rules.may_write(author, open_house)
