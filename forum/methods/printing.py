"""A card on paper: its words as plain data for the sheets of forum.paper, in the card's own language.

A Polish card prints in Polish whoever prints it: labels, figures and dates too.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from forum import paper, text
from forum.methods import rules, shown
from forum.methods.card import Card, Credit, Material, Step
from forum.methods.facts import facts_of, told
from forum.methods.labels import LABELS
from forum.methods.models import Method, MethodVersion
from forum.methods.pictures import printing as pictures
from forum.methods.pictures.queries import shown_pictures
from forum.methods.vocabularies import Licence
from forum.templatetags.courtyard import day_words

SHORT_STEP = 700  # characters; a longer one may go on on the next page


@dataclass(frozen=True)
class Format:
    """A sheet, the sizes of its reading text in points, and whether there is room for pictures."""

    template: str
    sizes: tuple[float, ...]
    pictured: bool = True


FORMATS = {
    "a4": Format("card.typ", (11, 10.5, 10)),
    "large": Format("card.typ", (17, 16)),
    "cards": Format("cards.typ", (10,), pictured=False),
}


def address_of(method: Method) -> str:
    return paper.short_address("m", method.pk)


def job(
    chosen: Format, method: Method, version: MethodVersion, tries: list[Any], parent: MethodVersion | None
) -> dict[str, Any]:
    """What `paper.print_pdf` takes, for this card; `parent` as the reader may know of it."""
    shown = shown_pictures(version.card)
    with paper.speaking(version.card.language) as language:
        data = {**_data(method, version, tries, parent), "pictures": pictures.told(shown)}
    return {
        "template": chosen.template,
        "data": data,
        "language": language,
        "title": version.card.title,
        "sizes": chosen.sizes,
        "timestamp": int(version.at.timestamp()),
        "pictures": partial(pictures.drawn, shown if chosen.pictured else []),
    }


def _data(method: Method, version: MethodVersion, tries: list[Any], parent: MethodVersion | None) -> dict[str, Any]:
    card, address = version.card, address_of(method)
    is_open = rules.is_open(method)
    return {
        "kicker": " · ".join((_("Method"), str(method.community))),
        "members": "" if is_open else _("For members of %(community)s only.") % {"community": method.community},
        "authors": [str(method.author)],
        "by": _("by %(name)s") % {"name": method.author},
        "made_from": _made_from(method, parent),
        "summary": card.summary,
        "facts": [{"label": fact.label, "words": fact.words} for fact in facts_of(card, told(tries))],
        "invitation": card.invitation,
        "purpose": paper.paragraphs(card.purpose),
        "steps": [_step(step, time) for step, time in shown.steps(card)],
        "body": paper.blocks_of(str(text.filled(version.html))),
        "materials": [_material(each) for each in card.materials],
        "said": [{"label": said.label, "words": said.words} for said in shown.sections(card)],
        "access": [{"label": what, "words": answer, "note": note} for what, answer, note in shown.access(card)],
        "credits": _credits(method, card),
        "rights": _rights(method.licence),
        "edition": _edition(version),
        "url": address,
        "address": paper.without_scheme(address),
        "code": paper.code_svg(address),
        "labels": _labels(address),
    }


def _labels(address: str) -> dict[str, str]:
    return {
        "page": _("page {n} of {total}"),
        "lacking": _("A □ stands for a letter that cannot be printed here. The text online has it."),
        "picture": _("Picture"),
        "purpose": str(LABELS["purpose"]),
        "how": str(LABELS["body"]),
        "materials": str(LABELS["materials"]),
        "access": str(LABELS["access"]),
        "credits": str(LABELS["credits"]),
        "code": _("QR code: %(address)s") % {"address": address},
        "online": _("All pictures are on its page online."),
        "more": _("This is not all of it. The full text is online:"),
    }


def _made_from(method: Method, parent: MethodVersion | None) -> str:
    if parent is None:
        return ""
    names = {"title": parent.method.title, "author": parent.method.author}
    return " ".join((_("Made from “%(title)s” by %(author)s.") % names, method.why_changed)).strip()


def _step(step: Step, time: str) -> dict[str, Any]:
    return {
        "title": step.title,
        "time": time,
        "blocks": paper.paragraphs(step.text),
        "note": paper.paragraphs(step.note),
        "short": len(step.text) + len(step.note) < SHORT_STEP,
    }


def _material(each: Material) -> dict[str, str]:
    notes = [each.note, _("optional") if each.optional else ""]
    return {
        "words": " ".join(part for part in (each.quantity, each.unit, each.name) if part),
        "note": ", ".join(note for note in notes if note),
    }


def _credits(method: Method, card: Card) -> list[str]:
    stated = [_credit(each) for each in card.credits]
    attribution = str(card.imported.get("attribution") or "")
    source = paper.without_scheme(method.source_url)
    return [each for each in (*stated, attribution, source) if each]


def _credit(each: Credit) -> str:
    year = f"{each.name} ({each.year})" if each.year else each.name
    return ", ".join(part for part in (year, paper.without_scheme(each.url), each.licence) if part)


def _rights(licence: str) -> str:
    """What one may do with the sheet, in words, with the name of the licence."""
    words = {
        Licence.SHARE_ALIKE: _("You may change and reuse this if you name its author and share alike (%(licence)s)."),
        Licence.NOT_FOR_MONEY: _(
            "You may change and reuse this, but not for money, if you name its author and share alike (%(licence)s)."
        ),
        Licence.READ_ONLY: _(
            "You may print this for yourself. To change it, reuse it or hand it on, please ask its author."
        ),
        Licence.NAMED: _("You may change and reuse this in any way if you name its author (%(licence)s)."),
        Licence.FREE: _("You may change and reuse this in any way, without conditions (%(licence)s)."),
    }
    told = words[Licence(licence)]
    if licence == Licence.READ_ONLY:
        return told
    return " ".join((told % {"licence": licence}, _("Pictures are not part of it.")))


def _edition(version: MethodVersion) -> str:
    local = version.at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return _("version %(number)s, %(when)s") % {"number": version.number, "when": day_words(local)}
