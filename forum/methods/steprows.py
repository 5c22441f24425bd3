"""The steps of a card as rows of its form: `step-0-title`, `step-0-text`, `step-0-min`, `step-0-max`, `step-0-note`.

`step-0-place` says where a row stands, for those who move it without a script.
"""

from dataclasses import dataclass
from typing import Any

from forum.methods import check
from forum.methods.card import Step
from forum.web.fields import WordsField

EMPTY_ROWS = 3
MOST_ROWS = 200  # more fields than a form may send; what is too much is said, and comes back
PARTS = ("title", "text", "min", "max", "note")
UNREADABLE = -1  # minutes that are no number: `check` says so, and the row still shows what was typed


@dataclass(frozen=True)
class Row:
    """One row as it is shown: what was typed, and whether something in it is wrong."""

    step: Step
    title: str = ""
    text: str = ""
    min: str = ""
    max: str = ""
    note: str = ""
    wrong: bool = False


def rows_in(data: Any) -> list[Row]:
    """The rows that say something, in the order of their places."""
    found = []
    for index in range(MOST_ROWS):
        typed = {part: _words(data.get(f"step-{index}-{part}", "")) for part in PARTS}
        if any(typed.values()):
            place = _minutes(data.get(f"step-{index}-place", ""))
            found.append((index + 1 if place is None else place, index, _row(typed)))
    return [row for _place, _index, row in sorted(found, key=lambda each: each[:2])]


def rows_of(steps: tuple[Step, ...]) -> list[Row]:
    """The rows of a card as it stands; nothing in them is looked at yet."""
    return [
        Row(step, step.title, step.text, _figure(step.minutes_min), _figure(step.minutes_max), step.note)
        for step in steps
    ]


def _row(typed: dict[str, str]) -> Row:
    step = Step(
        title=" ".join(typed["title"].split()),
        text=typed["text"],
        minutes_min=_minutes(typed["min"]),
        minutes_max=_minutes(typed["max"]),
        note=typed["note"],
    )
    return Row(step, **typed, wrong=check.is_wrong(step))


def _words(value: str) -> str:
    return str(WordsField(required=False).to_python(value))


def _minutes(value: str) -> int | None:
    value = value.strip()
    if not value:
        return None
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else UNREADABLE


def _figure(minutes: int | None) -> str:
    return "" if minutes is None else str(minutes)
