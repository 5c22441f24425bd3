"""Closing to read-only, and opening again."""

import pytest

from forum.communities import actions, queries, rules
from forum.communities.models import Closing
from forum.web.errors import Refusal
from tests.communities.helpers import kinds_on

PAGE = "/c/open-house/closing/"


def test_closing_needs_a_reason_and_says_it(client_of, steward, author, visitor, open_house):
    browser = client_of(steward)
    assert browser.get(PAGE).status_code == 200
    assert browser.post(PAGE, {"reason": " "}).status_code == 422
    assert browser.post(PAGE, {"reason": "The project <b>ended</b>."})["Location"] == "/c/open-house/"
    closing = Closing.objects.get()
    assert (closing.by, closing.reason) == (steward, "The project <b>ended</b>.")
    assert "<b>ended</b>" not in browser.get(PAGE).content.decode()
    assert rules.may_write(author, open_house)
    assert visitor.get("/c/open-house/members/").status_code == 200  # reading goes on
    assert queries.load_community(author, "open-house").is_closed
    assert kinds_on(f"community:{open_house.pk}") == ["community.changed"]


def test_closing_twice_keeps_the_first_reason(steward, open_house):
    actions.close_community(by=steward, community=open_house, reason="First")
    assert actions.close_community(by=steward, community=open_house, reason="Second").reason == "First"


def test_opening_again(client_of, steward, author, open_house):
    actions.close_community(by=steward, community=open_house, reason="Summer")
    client_of(steward).post("/c/open-house/reopening/")
    assert rules.may_write(author, open_house) is None
    client_of(steward).post("/c/open-house/reopening/")
    assert kinds_on(f"community:{open_house.pk}") == ["community.changed"] * 2


def test_people_can_leave_a_closed_one(steward, author, open_house):
    actions.close_community(by=steward, community=open_house, reason="Over")
    actions.leave(member=author, community=open_house)
    assert rules.role_of(author, open_house) is None


def test_only_stewards(client_of, cast, outsider, visitor, open_house):
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["author"], cast["moderator"]))):
        assert browser.post(PAGE, {"reason": "x"}).status_code == 404
        assert browser.post("/c/open-house/reopening/").status_code == 404
    with pytest.raises(Refusal):
        actions.close_community(by=cast["moderator"], community=open_house, reason="x")
    actions.close_community(by=cast["steward"], community=open_house, reason="x")
    with pytest.raises(Refusal):
        actions.reopen_community(by=cast["moderator"], community=open_house)
    assert Closing.objects.exists()
