"""Roles: who is named what, and a community that never stays without a steward."""

import pytest

from forum.communities import actions, rules
from forum.web.errors import Refusal
from tests.communities.helpers import kinds_on

ROLE = "/c/open-house/members/author/role/"


def test_naming_a_moderator(client_of, steward, author, open_house):
    browser = client_of(steward)
    assert browser.get(ROLE).status_code == 200
    assert browser.post(ROLE, {"role": "moderator"})["Location"] == "/c/open-house/members/"
    assert rules.role_of(author, open_house) == "moderator"
    assert rules.is_moderator(rules.role_of(author, open_house))
    assert kinds_on(f"community:{open_house.pk}") == ["members.changed"]
    browser.post(ROLE, {"role": "moderator"})
    assert kinds_on(f"community:{open_house.pk}") == ["members.changed"]  # nothing changed, nothing told


def test_made_up_roles_come_back(client_of, steward, author, open_house):
    assert client_of(steward).post(ROLE, {"role": "emperor"}).status_code == 422
    with pytest.raises(Refusal):
        actions.change_role(by=steward, community=open_house, member=author, role="emperor")
    assert rules.role_of(author, open_house) == "member"


def test_the_last_steward_stays_one(client_of, steward, author, open_house):
    browser = client_of(steward)
    mine = "/c/open-house/members/steward/role/"
    assert browser.post(mine, {"role": "member"}).status_code == 422
    assert rules.role_of(steward, open_house) == "steward"
    browser.post(ROLE, {"role": "steward"})
    assert browser.post(mine, {"role": "member"}).status_code == 302
    assert rules.role_of(steward, open_house) == "member"
    assert browser.get(ROLE).status_code == 404  # a member like any other now


def test_only_stewards_give_roles(client_of, cast, outsider, visitor, open_house):
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["author"], cast["moderator"]))):
        assert browser.post(ROLE, {"role": "steward"}).status_code == 404
    with pytest.raises(Refusal):
        actions.change_role(by=cast["author"], community=open_house, member=cast["author"], role="steward")
    assert rules.role_of(cast["author"], open_house) == "member"


def test_nobody_gets_a_role_where_they_do_not_belong(steward, outsider, open_house):
    with pytest.raises(Refusal):
        actions.change_role(by=steward, community=open_house, member=outsider, role="steward")
    assert rules.role_of(outsider, open_house) is None
