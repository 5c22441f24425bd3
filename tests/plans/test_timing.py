"""When each part begins, and what is needed: plain figures."""

from decimal import Decimal

import pytest

from forum.methods.card import Material
from forum.plans.materials import Wanted, merged, shared_tools
from forum.plans.outline import Block, Outline
from forum.plans.timing import longest_unbroken, stretches, together


def part(minutes: int | None, track: str = "", pause: bool = False) -> Block:
    return Block(title="x", minutes=minutes, track=track, is_break=pause)


def test_parts_follow_each_other():
    lines = stretches([part(15), part(60), part(10, pause=True)])
    assert [(line.begin, line.end) for line in lines] == [(0, 15), (15, 75), (75, 85)]


def test_tracks_cost_the_longest_of_them():
    lines = stretches([part(15), part(40, "A"), part(30, "B"), part(20, "A"), part(5)])
    assert [(line.begin, line.end) for line in lines] == [(0, 15), (15, 75), (75, 80)]
    assert lines[1].tracks == (("A", (1, 3)), ("B", (2,)))
    assert lines[1].starts == {1: 15, 2: 15, 3: 55}


def test_nothing_takes_no_time():
    assert stretches([]) == []
    assert together([]).advised == 0


def test_what_is_wise_to_keep_free():
    sums = together([part(30), part(30), part(10, pause=True), part(30), part(None)])
    assert (sums.total, sums.changes, sums.spare, sums.unknown) == (100, 10, 10, 1)
    assert sums.advised == 120


@pytest.mark.parametrize(
    ("parts", "longest"),
    [
        ([part(60), part(45)], 105),
        ([part(60), part(10, pause=True), part(45)], 60),
        ([part(60), part(20, "A", pause=True), part(20, "B"), part(45)], 125),
        ([part(60), part(20, "A", pause=True), part(15, "B", pause=True), part(45)], 60),
    ],
)
def test_how_long_nobody_rests(parts, longest):
    assert longest_unbroken(parts) == longest


def wanted(
    quantity: str, per: str = "total", *, tool: bool = False, stretch: int = 0, track: str = "", **more
) -> Wanted:
    more = {"name": "Paper", "unit": "sheets"} | more
    return Wanted(Material(quantity=quantity, per=per, tool=tool, **more), f"part {stretch}{track}", stretch, track)


def test_what_is_used_up_is_added_up():
    [need] = merged([wanted("2", "person"), wanted("5", stretch=1, name="paper "), wanted("1,5", stretch=2)], 20)
    assert need.amount == Decimal("46.5")
    assert need.parts == ["part 0", "part 1", "part 2"]


def test_without_people_each_of_them_stands_alone():
    [need] = merged([wanted("2", "person"), wanted("5"), wanted("3", "group")], None)
    assert (need.each_person, need.amount, need.each_group) == (2, 5, 3)


def test_units_are_kept_apart():
    assert [need.unit for need in merged([wanted("2"), wanted("1", unit="reams")], 20)] == ["reams", "sheets"]


def test_a_tool_is_there_again_afterwards():
    first, second = wanted("4", tool=True), wanted("6", tool=True, stretch=1)
    assert merged([first, second], 20)[0].amount == 6


def test_tools_of_the_same_time_are_needed_twice():
    same = [wanted("4", tool=True, track="A"), wanted("3", tool=True, track="A"), wanted("2", tool=True, track="B")]
    assert merged(same, 20)[0].amount == 6
    assert shared_tools(same) == ["Paper"]
    assert shared_tools(same[:2]) == []


@pytest.mark.parametrize("quantity", ["", "some", "NaN", "Infinity", "-3", "1e30"])
def test_what_is_no_number_counts_nothing(quantity):
    [need] = merged([wanted(quantity)], 20)
    assert need.amount is None


def test_an_outline_comes_back_as_it_went():
    from datetime import date, time

    outline = Outline(
        title="A day",
        language="pl",
        day=date(2030, 6, 21),
        starts=time(9, 30),
        people=12,
        blocks=(part(10), Block(version=3, method=1, minutes=0, note="x")),
    )
    assert Outline.from_json(outline.to_json()) == outline
    assert Outline.from_json({"title": "x", "later": 1, "blocks": [{"title": "y", "later": 2}]}).blocks[0].title == "y"
