"""Somebody is told, and when nobody looks, the next one is: with a fixed clock."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as mailbox
from django.utils import timezone

from accounts.models import Member
from forum.communities import actions as communities
from forum.mail import sending
from forum.models import Away, Call, Case, Community, Letter, LogEntry, Membership, Post, Thread
from forum.moderation import who
from forum.moderation.duty.calling import climb_cases
from forum.moderation.duty.daytime import daytime_after
from tests.cast import person
from tests.communities.test_parallel import at_once
from tests.moderation.reports.helpers import reported

HERE = ZoneInfo("Europe/Warsaw")
MORNING = datetime(2026, 3, 4, 9, 0, tzinfo=HERE)  # a Wednesday


@pytest.fixture
def admin(db: None) -> Member:
    return person("admin", is_staff=True)


@pytest.fixture
def second(open_house: Community, moderator: Member) -> Member:
    """One more moderator, after the first."""
    member = person("second")
    Membership.objects.create(community=open_house, member=member, role="moderator")
    return member


@pytest.fixture
def case(
    thread_in: Callable[..., Thread], open_house: Community, neighbour: Member, second: Member, admin: Member
) -> Case:
    """Reported this morning, while the first moderator was on duty."""
    case = reported(thread_in(open_house).posts.get(), neighbour)[0].case
    Case.objects.update(opened_at=MORNING)
    Call.objects.update(at=MORNING)
    return case


def asked() -> list[str]:
    return [call.member.username for call in Call.objects.select_related("member").order_by("pk")]


def after(hours: float) -> int:
    return climb_cases(MORNING + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-03-04 09:00", "2026-03-04 13:00"),
        ("2026-03-04 03:00", "2026-03-04 12:00"),
        ("2026-03-04 18:30", "2026-03-05 10:30"),
        ("2026-03-04 22:00", "2026-03-05 12:00"),
        ("2026-03-28 18:00", "2026-03-29 10:00"),  # summer time begins in that night
        ("2026-10-24 18:00", "2026-10-25 10:00"),
    ],
)
def test_four_hours_of_daytime(start: str, end: str) -> None:
    begin, expected = (datetime.fromisoformat(each).replace(tzinfo=HERE) for each in (start, end))
    assert daytime_after(begin, timedelta(hours=4)) == expected


def test_nobody_claims_it_so_it_climbs(case: Case, moderator: Member, second: Member) -> None:
    first = asked()
    assert first in (["moderator"], ["second"])
    (next_one,) = {"moderator", "second"} - {*first}
    assert after(3.9) == 0
    assert after(4) == 1
    assert after(4) == 0
    assert asked() == [*first, next_one]
    assert after(8) == 1
    assert asked()[2:] == ["steward"]
    assert after(11.5) == 0  # nine in the evening
    assert after(24) == 1
    assert asked()[3:] == ["admin"]
    assert after(24 * 9) == 0
    levels = [entry.more["level"] for entry in LogEntry.objects.filter(kind="case.climbed").order_by("pk")]
    assert levels == [2, 3]
    case.refresh_from_db()
    judges = {member.username for member in who.judges(case)}
    assert judges == {"moderator", "second", "steward", "admin"}  # it is asked of more, and taken from nobody


def test_a_claimed_a_decided_and_a_closed_case_rest(case: Case, moderator: Member) -> None:
    Case.objects.update(claimed_by=moderator, claimed_at=MORNING)
    assert after(24) == 0
    Case.objects.update(claimed_by=None, closed_at=MORNING)
    assert after(24) == 0
    Case.objects.update(closed_at=None)
    assert after(24) == 1


def test_the_mail_says_where_and_why_and_not_what(case: Case) -> None:
    sending.send_due()
    letter = next(each for each in mailbox.outbox if "turn to look" in each.body)
    assert f"/moderation/cases/{case.pk}/" in letter.body
    assert "Open house" in letter.body
    assert "a post" in letter.body
    assert "wrong with it: an insult or an attack on a person\n" in letter.body
    for secret in ("tea", "estate", "Author", "Neighbour", "Zqwords"):
        assert secret not in letter.body + letter.subject


def test_who_is_told_late_is_not_told(case: Case, second: Member, steward: Member) -> None:
    Case.objects.update(claimed_by=steward)
    sending.send_due()
    assert not any("turn to look" in each.body for each in mailbox.outbox)


def test_nobody_who_is_party_to_it_is_asked(
    thread_in: Callable[..., Thread], open_house: Community, moderator: Member, steward: Member, admin: Member
) -> None:
    post = thread_in(open_house).posts.get()
    reported(post, moderator)  # the only one on duty reports it
    assert asked() == ["steward"]
    Post.objects.filter(pk=post.pk).update(author=steward)
    assert not who.judges(Case.objects.get()).exists()
    assert climb_cases(timezone.now() + timedelta(days=2)) == 1
    assert asked() == ["steward", "admin"]
    other = thread_in(open_house, title="Another").posts.get()
    communities.change_role(by=steward, community=open_house, member=other.author, role="moderator")
    reported(other, None)
    assert asked()[2:] == ["steward"]  # about a moderator: past the moderators


def test_where_everybody_is_party_the_administrators_are_asked_at_once(
    thread_in: Callable[..., Thread], open_house: Community, moderator: Member, steward: Member, admin: Member
) -> None:
    post = thread_in(open_house).posts.get()
    communities.change_role(by=steward, community=open_house, member=moderator, role="member")
    case = reported(post, steward)[0].case
    assert asked() == ["admin"]
    case.refresh_from_db()
    assert case.level == 3


def test_who_is_away_is_not_asked(
    thread_in: Callable[..., Thread], open_house: Community, neighbour: Member, moderator: Member, second: Member
) -> None:
    today = timezone.localdate()
    Away.objects.create(member=moderator, first=today - timedelta(days=1), last=today + timedelta(days=1))
    reported(thread_in(open_house).posts.get(), neighbour)
    assert asked() == ["second"]


def test_what_came_in_a_flood_is_told_an_hour_later(
    thread_in: Callable[..., Thread], open_house: Community, moderator: Member
) -> None:
    reported(thread_in(open_house).posts.get(), None, is_held=True)
    assert asked() == []
    assert climb_cases() == 0
    assert climb_cases(timezone.now() + timedelta(hours=1, seconds=1)) == 1
    assert asked() == ["moderator"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_no_harm(case: Case) -> None:
    done = at_once(lambda: after(5), lambda: after(5), lambda: after(5))
    assert sorted(done) == [0, 0, 1]
    assert len(asked()) == 2
    assert Letter.objects.filter(kind="duty.case").count() == 2
