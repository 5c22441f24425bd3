"""Everybody walks every address of a community: an outsider learns nothing, not even that it exists."""

import pytest

from forum.communities import actions
from forum.communities.models import Invitation

PLACES = [
    "membership/",
    "welcome/",
    "departure/",
    "members/",
    "members/author/role/",
    "members/author/removal/",
    "requests/",
    "requests/{request}/answer/",
    "invitations/",
    "invitations/{invitation}/withdrawal/",
    "settings/",
    "address/",
    "closing/",
    "reopening/",
    "sections/",
    "sections/{section}/",
    "sections/{section}/position/",
    "sections/{section}/removal/",
]
POST_ONLY = {"reopening/", "requests/{request}/answer/", "sections/{section}/position/"}
POST_ONLY |= {"invitations/{invitation}/withdrawal/"}
NOTHING = {404, 405}  # 405, too, is the same for what is closed and for what is absent


def addresses(house, slug=None):
    asked, invited = house.requests.first(), Invitation.objects.filter(community=house).first()
    ids = {"request": asked.pk if asked else 1, "invitation": invited.pk, "section": house.sections.first().pk}
    return [(place, f"/c/{slug or house.slug}/{place.format(**ids)}") for place in PLACES]


def without_address(answer, slug):
    """The page, but for what differs from request to request and the address itself."""
    import re

    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", answer.content.decode())
    return text.replace(slug, "…")


@pytest.fixture(params=["closed_house", "invited_house"])
def house(request, steward, with_address):
    house = request.getfixturevalue(request.param)
    actions.invite(by=steward, community=house, email="somebody@cast.example")
    return house


def test_closed_is_as_absent(client_of, outsider, visitor, steward, open_house, house):
    assert client_of(outsider).post("/c/open-house/membership/").status_code == 302  # can do things elsewhere
    for browser in (client_of(outsider), visitor):
        for _place, address in addresses(house):
            absent = address.replace(house.slug, "no-such-house")
            for ask in (browser.get, browser.post):
                here, there = ask(address), ask(absent)
                assert here.status_code == there.status_code in NOTHING, address
                assert without_address(here, house.slug) == without_address(there, "no-such-house"), address
                assert house.name not in here.content.decode()


def test_the_steward_gets_in_everywhere(client_of, steward, house):
    browser = client_of(steward)
    for place, address in addresses(house):
        if place not in POST_ONLY:
            assert browser.get(address).status_code in {200, 302}, address


def test_doors_do_not_open_further(client_of, outsider, visitor, steward, listed_house):
    actions.invite(by=steward, community=listed_house, email="somebody@cast.example")
    browser = client_of(outsider)
    assert browser.get("/communities/closed-house/request/").status_code == 200
    assert visitor.get("/communities/closed-house/request/").status_code == 404
    for place, address in addresses(listed_house):
        assert browser.get(address).status_code in NOTHING, address
        if place != "membership/":
            assert browser.post(address).status_code in NOTHING, address


def test_members_without_a_role_change_nothing(client_of, author, moderator, steward, house):
    before = (house.memberships.count(), house.sections.count())
    for who in (author, moderator):
        browser = client_of(who)
        for place, address in addresses(house):
            if place in {"membership/", "welcome/", "departure/", "members/"}:
                continue
            assert browser.get(address).status_code in NOTHING, address
            data = {"role": "steward", "reason": "x", "outcome": "approved", "email": "a@cast.example", "name_en": "x"}
            assert browser.post(address, data).status_code in NOTHING, address
    assert (house.memberships.count(), house.sections.count()) == before
