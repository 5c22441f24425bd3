"""The page of a community's rota."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Member
from forum.changes.models import Change
from forum.models import Away, Community, LogEntry, Membership
from forum.moderation.duty import queries
from tests.cast import person

Clients = Callable[[Member], Client]
DUTY = "/c/open-house/duty/"


@pytest.fixture
def second(open_house: Community) -> Member:
    member = person("second")
    Membership.objects.create(community=open_house, member=member, role="moderator")
    return member


def test_turns_are_weekly_and_begin_on_monday(open_house: Community, moderator: Member, second: Member) -> None:
    monday = date(2026, 3, 2)
    week = {queries.on_duty(open_house, monday + timedelta(days=n))[0] for n in range(7)}
    after = {queries.on_duty(open_house, monday + timedelta(days=7 + n))[0] for n in range(7)}
    assert len(week) == len(after) == 1
    assert week | after == {moderator, second}


def test_without_moderators_the_stewards_take_turns(open_house: Community, moderator: Member, steward: Member) -> None:
    assert queries.rota(open_house) == [moderator]
    Membership.objects.filter(community=open_house, member=moderator).update(role="member")
    assert queries.rota(open_house) == [steward]
    Member.objects.filter(pk=steward.pk).update(is_active=False)
    assert queries.on_duty(open_house, timezone.localdate()) == []


def test_a_steward_orders_the_turns(
    open_house: Community, moderator: Member, second: Member, steward: Member, client_of: Clients
) -> None:
    browser = client_of(steward)
    assert browser.post(f"{DUTY}turns/second/", {"move": "up"}).status_code == 302
    assert queries.rota(open_house) == [second, moderator]
    assert browser.post(f"{DUTY}turns/second/", {"move": "up"}).status_code == 302
    assert LogEntry.objects.get(kind="duty.changed").by == steward
    for member in (moderator, second, steward):
        assert Change.objects.filter(stream=f"member:{member.pk}", kind="duty.changed").count() == 1
    assert client_of(moderator).post(f"{DUTY}turns/second/", {"move": "down"}).status_code == 404
    browser.post(f"{DUTY}turns/author/", {"move": "up"})
    assert queries.rota(open_house) == [second, moderator]


def test_days_one_is_away(open_house: Community, moderator: Member, second: Member, client_of: Clients) -> None:
    browser, today = client_of(moderator), timezone.localdate()
    days = {"first": str(today), "last": str(today + timedelta(days=9))}
    assert browser.post(DUTY, days).status_code == 302
    assert browser.post(DUTY, days).status_code == 302
    row = Away.objects.get()
    assert queries.on_duty(open_house, today) == [second]
    page = client_of(second).get(DUTY).content.decode()
    assert "Moderator" in page
    assert "I am there after all" not in page
    assert client_of(second).post(f"{DUTY}away/{row.pk}/removal/").status_code == 302
    assert Away.objects.exists()
    assert "I am there after all" in browser.get(DUTY).content.decode()
    assert browser.post(f"{DUTY}away/{row.pk}/removal/").status_code == 302
    assert not Away.objects.exists()
    assert LogEntry.objects.filter(kind="duty.changed").count() == 2


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (5, 2, "before the first one"),
        (-9, -2, "over already"),
        (0, 999, "longer than a year"),
    ],
)
def test_days_that_make_no_sense(
    first: int, last: int, words: str, open_house: Community, moderator: Member, client_of: Clients
) -> None:
    days = {name: str(timezone.localdate() + timedelta(days=n)) for name, n in (("first", first), ("last", last))}
    answer = client_of(moderator).post(DUTY, days)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["last"])
    assert days["last"] in answer.content.decode()
    assert not Away.objects.exists()


def test_it_is_for_those_who_moderate(
    open_house: Community, author: Member, outsider: Member, visitor: Client, client_of: Clients
) -> None:
    for browser in (client_of(author), client_of(outsider), visitor):
        assert browser.get(DUTY).status_code == 404
        assert browser.post(DUTY, {"first": "2030-01-01", "last": "2030-01-02"}).status_code == 404
