"""Orders of authorities: recorded once, by stewards for their communities and administrators for the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum.log.models import LogEntry
from forum.models import Community, Order
from forum.moderation.authorities import actions
from forum.web.errors import Refusal
from tests.cast import person

ClientOf = Callable[[Member], Client]


def order(by: Member, community: Community | None, **more: Any) -> Order:
    said = {"authority": "Court", "reference": "II K 7", "demand": "act", "demands": "Take it down.", **more}
    return actions.record_order(by=by, community=community, issued_on=timezone.localdate(), **said)


def test_an_order_is_recorded_once_and_settled_once(steward: Member, open_house: Community) -> None:
    first = order(steward, open_house)
    assert order(steward, open_house) == first
    with pytest.raises(Refusal):
        actions.settle_order(by=steward, order=first, effect="  ")
    actions.settle_order(by=steward, order=first, effect="Taken down.")
    actions.settle_order(by=steward, order=first, effect="Taken down.")
    with pytest.raises(Refusal):
        actions.settle_order(by=steward, order=first, effect="Something else.")
    assert list(LogEntry.objects.values_list("kind", flat=True)) == ["order.recorded", "order.settled"]
    assert Order.objects.get().effect == "Taken down."


def test_who_may_record(
    outsider: Member, steward: Member, moderator: Member, open_house: Community, closed_house: Community
) -> None:
    closed_house.memberships.filter(member=steward).delete()
    for member, community in (
        (outsider, open_house),
        (moderator, open_house),
        (steward, closed_house),
        (steward, None),
    ):
        with pytest.raises(Refusal):
            order(member, community)
    administrator = person("overseer", is_staff=True)
    assert order(administrator, None).community is None
    with pytest.raises(Refusal, match="recorded already"):
        order(steward, open_house)


def test_the_pages(outsider: Member, steward: Member, author: Member, open_house: Community, client_of: Any) -> None:
    elsewhere = person("other-steward")
    other = Community.objects.create(slug="other", names={"en": "Other"}, audience="members", joining="open")
    other.memberships.create(member=elsewhere, role="steward")
    address = "/moderation/orders/"
    form = {"authority": "Tribunal", "reference": "1", "issued_on": "2999-01-01", "demand": "act", "demands": "It"}
    form |= {"community": str(open_house.pk)}
    browser = client_of(steward)
    assert browser.post(address, form).status_code == 422
    assert browser.post(address, form | {"issued_on": "2026-01-02"}).status_code == 302
    made = Order.objects.get()
    assert browser.post(made.get_absolute_url(), {"effect": "Done."}).status_code == 302
    assert client_of(elsewhere).get(made.get_absolute_url()).status_code == 404
    assert "Tribunal" not in client_of(elsewhere).get(address).content.decode()
    assert client_of(elsewhere).post(address, form | {"issued_on": "2026-01-02"}).status_code == 422
    for member in (author, outsider):
        assert client_of(member).get(address).status_code == 404
        assert client_of(member).get(made.get_absolute_url()).status_code == 404
