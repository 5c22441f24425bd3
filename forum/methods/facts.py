"""The facts of a method as words with figures: time, people, preparation, cost, tried."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from forum.methods.card import Card
from forum.methods.labels import label_of
from forum.methods.models import Method
from forum.methods.vocabularies import Basis

NOT_STATED = gettext_lazy("not stated")


@dataclass(frozen=True)
class Told:
    """What tries say together: how many, in how many cities, the minutes they took."""

    tries: int
    cities: int
    minutes_min: int | None
    minutes_max: int | None


def told(tries: list[Any]) -> Told:
    minutes = [each.minutes for each in tries if each.minutes]
    cities = {each.city.strip().casefold() for each in tries if each.city.strip()}
    return Told(len(tries), len(cities), min(minutes, default=None), max(minutes, default=None))


def span(low: int | None, high: int | None) -> str:
    """ "60", "60–90", "from 60", "up to 90"; "" when neither is stated."""
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    if low is not None:
        return _("from %(number)s") % {"number": low}
    return _("up to %(number)s") % {"number": high} if high is not None else ""


def minutes_words(low: int | None, high: int | None) -> str:
    """ "60–90 minutes"; "" when not stated."""
    figures = span(low, high)
    if not figures:
        return ""
    return ngettext("%(figures)s minute", "%(figures)s minutes", high or low or 0) % {"figures": figures}


def people_words(low: int | None, high: int | None) -> str:
    figures = span(low, high)
    if not figures:
        return ""
    return ngettext("%(figures)s person", "%(figures)s people", high or low or 0) % {"figures": figures}


def tried_words(count: int) -> str:
    return ngettext("tried %(count)s time", "tried %(count)s times", count) % {"count": count} if count else ""


def in_one_line(method: Method) -> str:
    """What lists and small cards say; what is not stated is left out."""
    cost = label_of("cost_band", method.cost_band)
    parts = (
        minutes_words(method.minutes_min, method.minutes_max),
        people_words(method.group_min, method.group_max),
        cost,
        tried_words(method.tries_count),
    )
    return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Fact:
    label: str
    words: str


def facts_of(card: Card, told: Told) -> list[Fact]:
    """The strip on top of a card; what is not stated says so where people look for it, and is left out elsewhere."""
    time = minutes_words(card.minutes_min, card.minutes_max)
    if time and card.basis and card.basis != Basis.WHOLE:
        time = f"{time} {label_of('basis', card.basis)}"
    if told.minutes_min is not None:
        reported = span(told.minutes_min, told.minutes_max)
        time = _("%(stated)s; reported %(reported)s") % {"stated": time or NOT_STATED, "reported": reported}
    people = people_words(card.group_min, card.group_max)
    if best := span(card.ideal_min, card.ideal_max):
        people = _("%(people)s, best %(best)s") % {"people": people or NOT_STATED, "best": best}
    where = ", ".join(label_of("space", key) for key in card.space)
    facts = [
        Fact(_("Time"), time or str(NOT_STATED)),
        Fact(_("People"), people or str(NOT_STATED)),
        Fact(_("Where"), where or str(NOT_STATED)),
        Fact(_("Preparation"), minutes_words(card.preparation_min, card.preparation_max)),
        Fact(_("Cost"), label_of("cost_band", card.cost_band)),
        Fact(_("To lead"), label_of("skill", card.skill)),
        Fact(_("Tried"), _tried(card, told)),
    ]
    return [fact for fact in facts if fact.words]


def _tried(card: Card, told: Told) -> str:
    if not told.tries:
        return label_of("maturity", card.maturity)
    times = ngettext("%(count)s time", "%(count)s times", told.tries) % {"count": told.tries}
    if not told.cities:
        return times
    cities = ngettext("in %(count)s city", "in %(count)s cities", told.cities) % {"count": told.cities}
    return f"{times} {cities}"
