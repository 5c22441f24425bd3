"""What a plan may say. Each problem stands on the field it is about, in words for the person."""

from collections import defaultdict
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from forum.methods.check import LONGEST, MOST_PEOPLE, Problems, too_long
from forum.plans.outline import PLAYLIST, SESSION, TRACKS, Block, Outline

LENGTHS = {"title": 100, "venue": 200, "note": 2_000}
BLOCK_LENGTHS = {"title": 200, "who": 80, "text": 600, "note": 600}
MOST_BLOCKS = 100
UNREADABLE = -1  # minutes that are no number; the row still shows what was typed
FIRST_YEAR, LAST_YEAR = 1990, 2100


def problems(outline: Outline) -> Problems:
    """{field: [what is wrong with it]}, empty when the plan can be kept."""
    found: Problems = defaultdict(list)
    if not outline.title:
        found["title"].append(_("Please fill this in."))
    if outline.language not in dict(settings.LANGUAGES):
        found["language"].append(_("This is not one of the choices."))
    if outline.kind not in {PLAYLIST, SESSION}:
        found["kind"].append(_("This is not one of the choices."))
    for name, most in LENGTHS.items():
        if (over := len(getattr(outline, name)) - most) > 0:
            found[name].append(too_long(over))
    for name, most in (("minutes", LONGEST), ("people", MOST_PEOPLE)):
        value = getattr(outline, name)
        if value is not None and not 1 <= value <= most:
            found[name].append(_("Please give a number from %(least)s to %(most)s.") % {"least": 1, "most": most})
    if outline.day and not date(FIRST_YEAR, 1, 1) <= outline.day <= date(LAST_YEAR, 12, 31):
        found["day"].append(_("Please give the year with four figures."))
    if messages := _blocks(outline.blocks):
        found["blocks"] = messages
    return dict(found)


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    found = []
    if len(blocks) > MOST_BLOCKS:
        words = _(
            "A plan has at most %(most)s parts, and this one has %(count)s. Nothing is lost: please take some out."
        )
        found.append(words % {"most": MOST_BLOCKS, "count": len(blocks)})
    for number, block in enumerate(blocks[: MOST_BLOCKS + 1], 1):
        found += [words % {"number": number} for words in block_problems(block)]
    return found


def block_problems(block: Block) -> list[str]:
    wrong = []
    if not block.is_method and not block.is_break and not block.title:
        wrong.append(_("Part %(number)s has no name yet."))
    if any(len(getattr(block, name)) > most for name, most in BLOCK_LENGTHS.items()):
        wrong.append(_("Part %(number)s is too long: please shorten its words."))
    if block.minutes is not None and not 0 <= block.minutes <= LONGEST:
        wrong.append(_("Part %(number)s: please give at most two days in minutes."))
    if block.track not in {"", *TRACKS}:
        wrong.append(_("Part %(number)s: please choose one of the tracks."))
    return wrong
