"""What an author is asked later, one question at a time: what readers filter by first, and how each answer is read."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.methods import check
from forum.methods.card import Access as Answered
from forum.methods.card import Card, Credit, Material
from forum.methods.differences import row_words
from forum.methods.labels import LABELS
from forum.methods.vocabularies import Access, Answer, CostBand, Format, Purpose, Skill, Space
from forum.web.errors import Refusal

READ = 2_000  # characters of an answer that are looked at
_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,9}(?![0-9])")
_RANGE = re.compile(r"([0-9]{1,9})\s*(?:-|–|—|\.{2,3}|…|to|do|bis|до)\s*([0-9]{1,9})(?![0-9])", re.IGNORECASE)
#: "12.5", "1,5", "-3", "1h30", "1:30": no whole number, and half of one would be a wrong one.
_BROKEN = re.compile(r"[0-9][.,:][0-9]|(?:^|[^0-9\s])\s*[-−][0-9]|^\s*[-−]\s*[0-9]|[0-9]\s*h\s*[0-9]", re.IGNORECASE)
_HOURS = re.compile(r"[0-9]\s*(?:h|hours?|stunden?|std|god\w*|год\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Question:
    """`key`: a field of the card, `access:` and one of its keys, or the upper number of a range.

    `choices`, numbered from one, are what is offered; `most` of them may be chosen. Without choices the answer is a
    number (`lower`: the field a range fills as well), or with `lines` one thing a line.
    """

    key: str
    words: Promise
    choices: tuple[tuple[str, Any], ...] = ()
    most: int = 1
    lower: str = ""
    is_time: bool = False
    lines: type[Material] | type[Credit] | type[str] | None = None

    @property
    def field(self) -> str:
        return self.key.partition(":")[0]

    @property
    def by_number(self) -> bool:
        return self.lines is None

    @property
    def numbered(self) -> list[tuple[int, str]]:
        return [(number, str(label)) for number, (_key, label) in enumerate(self.choices, 1)]

    def is_stated(self, card: Card) -> bool:
        if self.field == "access":
            return any(f"access:{each.key}" == self.key for each in card.access)
        if self.is_time:
            return getattr(card, self.key) is not None or getattr(card, self.lower) is not None
        return getattr(card, self.key) not in (None, "", ())

    def put(self, card: Card, words: str) -> Card:
        """The card with this answer and nothing else changed. Refusal, kindly, for an answer that cannot be read."""
        words = words[:READ]
        if self.lines:
            told: dict[str, Any] = {self.key: self._rows(words)}
            answered = replace(card, **told)
        elif self.choices:
            answered = self._chosen(card, self._keys(words))
        else:
            answered = self._numbered(card, words)
        wrong = check.problems(answered)
        if messages := wrong.get(self.field) or wrong.get(self.lower):  # older mistakes elsewhere are not this answer's
            raise Refusal(messages[0], field="answer")
        return answered

    def _numbered(self, card: Card, words: str) -> Card:
        line = telling_line(words)
        span, numbers = _RANGE.search(line), [int(number) for number in _NUMBER.findall(line)]
        if _BROKEN.search(line) or not numbers or len(numbers) > (2 if span else 1):
            raise Refusal(_("Please write one whole number, such as 12, or from–to, such as 10–15."), field="answer")
        if self.is_time and _HOURS.search(line):
            numbers = [number * 60 for number in numbers]
        changed: dict[str, Any] = {self.key: numbers[-1]}
        if self.lower and (self.is_time or (len(numbers) == 2 and getattr(card, self.lower) is None)):
            changed[self.lower] = numbers[0]
        return replace(card, **changed)

    def _keys(self, words: str) -> tuple[str, ...]:
        said = words.strip().rstrip(".").casefold()
        for key, label in self.choices:
            if said == str(label).casefold():
                return (key,)
        line = telling_line(words)
        numbers = list(dict.fromkeys(int(number) for number in _NUMBER.findall(line)))
        if not numbers or _BROKEN.search(line) or any(not 1 <= number <= len(self.choices) for number in numbers):
            most = {"most": len(self.choices)}
            raise Refusal(_("Please answer with a number from 1 to %(most)s.") % most, field="answer")
        if len(numbers) > self.most:
            most = {"most": self.most}
            raise Refusal(
                _("Please choose one.")
                if self.most == 1
                else _("That is more than fits here: please choose up to %(most)s.") % most,
                field="answer",
            )
        return tuple(self.choices[number - 1][0] for number in numbers)

    def _chosen(self, card: Card, keys: tuple[str, ...]) -> Card:
        if self.field == "access":
            row = Answered(key=self.key.partition(":")[2], answer=keys[0])
            order = Access.values
            rows = sorted((*card.access, row), key=lambda each: order.index(each.key) if each.key in order else 99)
            return replace(card, access=tuple(rows))
        chosen: dict[str, Any] = {self.key: keys if isinstance(getattr(card, self.key), tuple) else keys[0]}
        return replace(card, **chosen)

    def _rows(self, words: str) -> tuple[Any, ...]:
        lines = (" ".join("".join(s if s.isprintable() else " " for s in line).split()) for line in words.splitlines())
        rows = tuple(dict.fromkeys(line for line in lines if line))
        if not rows:
            raise Refusal(_("Please write something first."), field="answer")
        make: Any = self.lines
        return rows if make is str else tuple(make(name=row) for row in rows)

    def note(self, card: Card) -> str:
        """What changed, for the list of versions: the fact itself, as the card now says it."""
        if self.field == "access":
            key = self.key.partition(":")[2]
            row = next(each for each in card.access if each.key == key)
            return row_words("access", row)[:140]
        value = getattr(card, self.key)
        said = ", ".join(row_words(self.key, row) for row in (value if isinstance(value, tuple) else (value,)))
        low = getattr(card, self.lower) if self.lower else None
        if low is not None and low != value:
            said = f"{low}–{said}"
        return f"{LABELS[self.key]}: {said}"[:140]


def telling_line(words: str) -> str:
    """The first line of an answer that holds a figure: greetings above it and what is quoted below do not count."""
    own = [line for line in words.splitlines() if not line.lstrip().startswith(">")]
    return next((line for line in own if any(sign in "0123456789" for sign in line)), "")[:200]


def _access(key: str, words: Promise) -> Question:
    return Question(f"access:{key}", words, tuple(Answer.choices))


def _several(offered: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(offered.choices)


#: In the order in which readers filter. One number or one choice is enough for all but the last three.
QUESTIONS: tuple[Question, ...] = (
    Question(
        "group_max",
        gettext_lazy("How many people at most? You can answer with one number."),
        lower="group_min",
    ),
    Question(
        "minutes_max",
        gettext_lazy("How long does it take, in minutes?"),
        lower="minutes_min",
        is_time=True,
    ),
    Question("space", gettext_lazy("Where can it be done?"), _several(Space), most=len(Space.values)),
    Question("purposes", gettext_lazy("What is it for? Up to three."), _several(Purpose), most=3),
    Question("cost_band", gettext_lazy("What does it cost?"), _several(CostBand)),
    Question("skill", gettext_lazy("How hard is it to lead?"), _several(Skill)),
    Question("group_min", gettext_lazy("How many people does it need at least?")),
    Question(
        "preparation_max",
        gettext_lazy("How many minutes does it take to prepare?"),
        lower="preparation_min",
        is_time=True,
    ),
    Question("format", gettext_lazy("How do people meet?"), _several(Format), most=len(Format.values)),
    _access("step_free", gettext_lazy("Can people take part without climbing a step?")),
    _access("children", gettext_lazy("Are children welcome?")),
    _access("seated", gettext_lazy("Can it be done seated?")),
    _access("no_reading", gettext_lazy("Does it work without reading and writing?")),
    _access("multilingual", gettext_lazy("Does it work in several languages?")),
    _access("no_polish", gettext_lazy("Can people take part who know no Polish?")),
    _access("low_hearing", gettext_lazy("Can people take part who hear little?")),
    _access("low_vision", gettext_lazy("Can people take part who see little?")),
    _access("no_touch", gettext_lazy("Does it do without touching one another?")),
    _access("free", gettext_lazy("Is it free for those who take part?")),
    Question("materials", gettext_lazy("What do you need for it? One thing a line."), lines=Material),
    Question("people", gettext_lazy("For whom is it? One a line."), lines=str),
    Question("credits", gettext_lazy("Whom does it come from? “Source unknown” is fine."), lines=Credit),
)
BY_KEY = {question.key: question for question in QUESTIONS}


def next_question(card: Card, skipped: Collection[str], *, by_number: bool = False) -> Question | None:
    """The first thing the card does not state; `by_number`: of what a number answers."""
    for question in QUESTIONS:
        if question.key not in skipped and not question.is_stated(card) and (question.by_number or not by_number):
            return question
    return None
