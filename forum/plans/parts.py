"""What the methods of a plan bring with them: things to have, preparation, cost, and whom to name."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from forum.methods.facts import minutes_words
from forum.methods.howto import ADDRESSES
from forum.methods.labels import label_of
from forum.methods.models import MethodVersion
from forum.methods.vocabularies import CostBand
from forum.plans.materials import Need, Wanted, merged
from forum.plans.reading import Seen, SeenBlock

_BANDS = list(CostBand.values)


def wanted(seen: Seen) -> list[Wanted]:
    return [
        Wanted(material, block.title, place, track.letter, block.language)
        for place, stretch in enumerate(seen.stretches)
        for track in stretch.tracks
        for block in track.blocks
        if block.version
        for material in block.version.card.materials
    ]


def needs(seen: Seen) -> list[Need]:
    return merged(wanted(seen), seen.outline.people)


def amount_words(need: Need) -> str:
    """ "30 sheets", "2 for each person", "1 + 2 for each group"; "" when no card says how many."""
    unit = f" {need.unit}" if need.unit else ""
    words = []
    if need.amount is not None:
        words.append(f"{figure(need.amount)}{unit}")
    if need.each_person is not None:
        words.append(_("%(amount)s for each person") % {"amount": f"{figure(need.each_person)}{unit}"})
    if need.each_group is not None:
        words.append(_("%(amount)s for each group") % {"amount": f"{figure(need.each_group)}{unit}"})
    return " + ".join(words)


def figure(amount: Decimal) -> str:
    """Without noughts at the end, with the language's own comma."""
    places = -min(int(amount.normalize().as_tuple().exponent), 0)
    return number_format(amount, decimal_pos=min(places, 3), force_grouping=False)


def materials_of(block: SeenBlock) -> list[str]:
    """What this one part needs, in the words of its card."""
    if block.version is None:
        return []
    return [
        " ".join(part for part in (each.quantity, each.unit, each.name) if part)
        for each in block.version.card.materials
    ]


def preparation(seen: Seen) -> str:
    """All that is to be prepared, in words; "" when no card says."""
    cards = [version.card for version in _versions(seen)]
    low = [card.preparation_min if card.preparation_min is not None else card.preparation_max for card in cards]
    high = [card.preparation_max if card.preparation_max is not None else card.preparation_min for card in cards]
    if not any(low) and not any(high):
        return ""
    return minutes_words(sum(each or 0 for each in low), sum(each or 0 for each in high))


def costs(seen: Seen) -> list[tuple[str, int]]:
    """(what it costs, how many methods say so), the dearest first."""
    bands = Counter(version.card.cost_band for version in _versions(seen) if version.card.cost_band in _BANDS)
    return [(label_of("cost_band", band), bands[band]) for band in sorted(bands, key=_BANDS.index, reverse=True)]


@dataclass(frozen=True)
class Credit:
    """Whom to name for one method, and under which rights it stands."""

    title: str
    language: str
    url: str
    author: str
    version: int
    licence: str
    licence_url: str
    names: tuple[str, ...]
    attribution: str


def credits_of(seen: Seen) -> list[Credit]:
    """Each method once, in the order of the plan."""
    return [
        Credit(
            title=version.card.title,
            language=version.card.language,
            url=version.method.get_absolute_url(),
            author=str(version.method.author),
            version=version.number,
            licence=version.method.licence,
            licence_url=ADDRESSES.get(version.method.licence, ""),
            names=tuple(each.name for each in version.card.credits if each.name != str(version.method.author)),
            attribution=str(version.card.imported.get("attribution", "")),
        )
        for version in _versions(seen)
    ]


def _versions(seen: Seen) -> list[MethodVersion]:
    """Each method once, in the order of the plan."""
    found = {block.version.method_id: block.version for block in seen.blocks if block.version}
    return list(found.values())
