"""The calendar file, read back by a calendar's own library."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from forum.plans import reading
from forum.plans.outline import Block
from forum.plans.sheets import run_sheet
from tests.plans.plans import planned, soup_block

pytestmark = pytest.mark.django_db

DAY = {"day": date(2030, 6, 21), "starts": time(10, 0)}


def event_of(client, plan):
    answer = client.get(f"/plans/{plan.pk}/plan.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    whole = Calendar.from_ical(answer.content)
    assert not [error for component in whole.walk() for error in component.errors]
    [event] = whole.walk("VEVENT")
    return whole, event


def test_an_event_in_its_own_zone(client_of, author, visitor, open_house):
    blocks = (Block(title="Zażółć, gęślą; jaźń", minutes=15, note="The key."), soup_block(author, open_house))
    plan = planned(author, *blocks, community=open_house, venue="Ruska 46, Wrocław", note="Bring a cup.", **DAY)
    whole, event = event_of(visitor, plan)
    assert [zone["TZID"] for zone in whole.walk("VTIMEZONE")] == ["Europe/Warsaw"]
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2030, 6, 21, 8, 0, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=120)
    assert event["summary"] == "A day in the yard"
    assert event["location"] == "Ruska 46, Wrocław"
    lines = str(event["description"]).splitlines()
    assert lines == ["Bring a cup.", "10:00 Zażółć, gęślą; jaźń", "10:15 Soup in the courtyard"]
    assert "key" not in whole.to_ical().decode()
    assert event["uid"].startswith(f"plan-{plan.pk}@")


def test_a_day_without_an_hour_is_a_whole_day(visitor, author, open_house):
    plan = planned(author, Block(title="Welcome", minutes=15), community=open_house, day=date(2030, 6, 21))
    _whole, event = event_of(visitor, plan)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2030, 6, 21), date(2030, 6, 22))


def test_a_night_when_the_clock_is_put_back(author, visitor, open_house):
    """On 27 October 2030 at three it is two again in Warsaw."""
    night = {"day": date(2030, 10, 27), "starts": time(1, 30)}
    plan = planned(author, *[Block(title="Watch", minutes=90)] * 2, community=open_house, **night)
    seen = reading.seen(plan, author)
    assert [block.clock for block in seen.blocks] == ["01:30", "02:00"]
    assert seen.ends == "03:30"
    _whole, event = event_of(visitor, plan)
    ends = event.decoded("dtend").astimezone(UTC)
    assert ends == datetime(2030, 10, 27, 2, 30, tzinfo=UTC)


def test_a_run_sheet_is_plain_data(author, neighbour, open_house):
    soup = soup_block(author, open_house)
    blocks = (
        Block(title="Welcome", minutes=15, who="Ala", note="The key."),
        replace(soup, track="A", minutes=60),
        Block(title="Songs", track="B", minutes=40),
        Block(is_break=True, minutes=10),
    )
    plan = planned(author, *blocks, community=open_house, people=20, **DAY)
    sheet = run_sheet(plan, author)
    assert [(row.begins, row.ends, len(row.tracks)) for row in sheet.rows] == [
        ("10:00", "10:15", 1),
        ("10:15", "11:15", 2),
        ("11:15", "11:25", 1),
    ]
    assert sheet.rows[1].tracks[0][1][0].materials == ["2 sheets paper", "4 scissors"]
    assert sheet.when == "21 June 2030, 10:00–11:25"
    data = sheet.data()
    assert data["rows"][0]["tracks"][0][1][0]["note"] == "The key."
    assert run_sheet(plan, neighbour).data()["rows"][0]["tracks"][0][1][0]["note"] == ""
    assert {row["name"]: row["amount_words"] for row in data["needs"]} == {"paper": "40 sheets", "scissors": "4"}
