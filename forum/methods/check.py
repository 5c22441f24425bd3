"""What a card may say. Each problem stands on the field it is about, in words for the person."""

from collections import defaultdict
from collections.abc import Collection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum.methods.card import Card, CardPicture, Step
from forum.methods.vocabularies import (
    Access,
    AdaptationKind,
    Answer,
    ArtForm,
    Basis,
    Consent,
    CostBand,
    Format,
    Grouping,
    Licence,
    Maturity,
    PictureRights,
    Purpose,
    Skill,
    Space,
)

#: Characters. They are also what fits on one printed page.
LENGTHS = {
    "title": 80,
    "summary": 280,
    "purpose": 400,
    "invitation": 200,
    "when_not": 280,
    "cost_note": 200,
    "inclusion": 600,
    "risks": 600,
    "consent_note": 280,
    "after": 280,
    "tips": 600,
}
STEP_TITLE, STEP_TEXT, STEP_NOTE = 80, 240, 2_000
WORD = 80  # a tag, a material's name, for whom
NAME, ADDRESS, NOTE, ALT = 200, 500, 280, 300
MOST = {"steps": 40, "materials": 60, "credits": 20, "tags": 8, "people": 12, "purposes": 3, "pictures": 12}
LONGEST = 2_880  # minutes: two days
MOST_PEOPLE = 100_000
OLDEST = 120

RANGES = (
    ("group_min", "group_max", 1, MOST_PEOPLE),
    ("ideal_min", "ideal_max", 1, MOST_PEOPLE),
    ("age_min", "age_max", 0, OLDEST),
    ("minutes_min", "minutes_max", 1, LONGEST),
    ("preparation_min", "preparation_max", 0, LONGEST),
)
ONE_OF = {"licence": Licence, "maturity": Maturity, "basis": Basis, "cost_band": CostBand, "skill": Skill}
SOME_OF = {
    "purposes": Purpose,
    "grouping": Grouping,
    "format": Format,
    "space": Space,
    "consent": Consent,
    "art_form": ArtForm,
}
ADAPTATION_KINDS = frozenset(AdaptationKind.values)

Problems = dict[str, list[str]]


def problems(card: Card) -> Problems:
    """{field: [what is wrong with it]}, empty when the card can be published."""
    found: Problems = defaultdict(list)
    _required(card, found)
    _lengths(card, found)
    numbers(card, found)
    choices(card, found)
    _rows(card, found)
    return dict(found)


def _required(card: Card, found: Problems) -> None:
    for name in ("title", "summary", "language", "purpose"):
        if not getattr(card, name):
            found[name].append(_("Please fill this in."))
    if not card.steps and len(card.body.strip()) < 20:
        found["body"].append(_("Please say how it goes: in a few sentences, or step by step."))


def _lengths(card: Card, found: Problems) -> None:
    for name, most in LENGTHS.items():
        over = len(getattr(card, name)) - most
        if over > 0:
            found[name].append(too_long(over))
    for name, most in MOST.items():
        if len(getattr(card, name)) > most:
            found[name].append(too_many(name))


def too_many(name: str) -> str:
    return _("That is more than fits here: please choose up to %(most)s.") % {"most": MOST[name]}


def too_long(over: int) -> str:
    words = ngettext("Please make it %(over)s character shorter.", "Please make it %(over)s characters shorter.", over)
    return words % {"over": over}


def _between(least: int, most: int) -> str:
    return _("Please give a number from %(least)s to %(most)s.") % {"least": least, "most": most}


def numbers(card: Card, found: Problems) -> None:
    for lower, upper, least, most in RANGES:
        low, high = getattr(card, lower), getattr(card, upper)
        for name, value in ((lower, low), (upper, high)):
            if value is not None and not least <= value <= most:
                found[name].append(_between(least, most))
        if low is not None and high is not None and low > high:
            found[upper].append(_("The larger number stands first: please change them round."))
    if card.leaders is not None and not 1 <= card.leaders <= 1_000:
        found["leaders"].append(_between(1, 1_000))


def choices(card: Card, found: Problems) -> None:
    for name, offered in ONE_OF.items():
        if (value := getattr(card, name)) and value not in offered.values:
            found[name].append(_not_offered())
    for name, several in SOME_OF.items():
        if _strangers(getattr(card, name), several.values):
            found[name].append(_not_offered())
    if card.language and card.language not in dict(settings.LANGUAGES):
        found["language"].append(_not_offered())
    if any(each.key not in Access.values or each.answer not in Answer.values for each in card.access):
        found["access"].append(_not_offered())


def _not_offered() -> str:
    return _("This is not one of the choices.")


def _strangers(chosen: Collection[str], offered: Collection[str]) -> bool:
    return not set(chosen) <= set(offered) or len(set(chosen)) != len(chosen)


def _rows(card: Card, found: Problems) -> None:
    for number, step in enumerate(card.steps, 1):
        found["steps"] += [words % {"number": number} for words in _step(step)]
    if any(not each.name or len(each.name + each.unit) > WORD or len(each.note) > NOTE for each in card.materials):
        found["materials"].append(_("Please give each thing a short name."))
    for name in ("tags", "people"):
        if any(not word.strip() or len(word) > WORD for word in getattr(card, name)):
            found[name].append(_("Please use a few short words."))
    if any(not credit.name or len(credit.name) > NAME for credit in card.credits):
        found["credits"].append(_("Please give a name; “source unknown” is a name too."))
    if any(credit.url and not is_address(credit.url) for credit in card.credits):
        found["credits"].append(_("An address begins with https:// or http://."))
    found["pictures"] += dict.fromkeys(words for each in card.pictures for words in wrong_with(each).values())
    for name in [name for name, messages in found.items() if not messages]:
        del found[name]


def _step(step: Step) -> list[str]:
    wrong = []
    low, high = step.minutes_min, step.minutes_max
    if not step.text and not step.title:
        wrong.append(_("Step %(number)s is empty."))
    if len(step.title) > STEP_TITLE or len(step.text) > STEP_TEXT or len(step.note) > STEP_NOTE:
        wrong.append(_("Step %(number)s is too long: put the rest into its note."))
    if any(minutes is not None and not 0 <= minutes <= LONGEST for minutes in (low, high)):
        wrong.append(_("Step %(number)s: please give at most two days in minutes."))
    if low is not None and high is not None and low > high:
        wrong.append(_("Step %(number)s: the larger number stands first."))
    return wrong


def wrong_with(picture: CardPicture) -> dict[str, str]:
    """{field of its row: what is wrong with it}"""
    wrong = {}
    if not picture.alt:
        wrong["alt"] = _("Please say in a few words what can be seen in this picture.")
    for name, most in (("alt", ALT), ("author", NAME)):
        if (over := len(getattr(picture, name)) - most) > 0:
            wrong[name] = too_long(over)
    if picture.rights not in PictureRights.values:
        wrong["rights"] = _not_offered()
    elif picture.rights != PictureRights.HERE and not picture.author:
        wrong["author"] = _("Please say whose picture it is: others are to name them.")
    if picture.people and not picture.consent:
        wrong["consent"] = _("A picture in which people can be recognised is shown only when they agreed.")
    return wrong


def is_wrong(step: Step) -> bool:
    return bool(_step(step))


def is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and len(url) <= ADDRESS
