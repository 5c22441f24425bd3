"""What a session needs, merged from the cards of its methods.

Supplies are used up, so what several parts need is added up. A tool is there again afterwards, so one is enough for all
that comes in turn; only parts of the same time need one each. Units are never turned into one another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from forum.methods.card import Material

PERSON, GROUP = "person", "group"


@dataclass(frozen=True)
class Wanted:
    """A material where it is needed: in which part, in which stretch of time, on which track."""

    material: Material
    part: str
    stretch: int = 0
    track: str = ""
    language: str = ""


@dataclass
class Need:
    """One line of the list. `amount` is for everybody, None when nobody says how many; `each_person` and `each_group`
    stand where the number of people or groups is not known."""

    name: str
    unit: str
    tool: bool
    optional: bool = True
    language: str = ""  # of the card that named it first
    amount: Decimal | None = None
    each_person: Decimal | None = None
    each_group: Decimal | None = None
    notes: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


def merged(wanted: Iterable[Wanted], people: int | None) -> list[Need]:
    """Supplies first, then tools, each by name. The same thing in another unit is another line."""
    rows: dict[tuple[bool, str, str], list[Wanted]] = {}
    for each in wanted:
        if each.material.name.strip():
            rows.setdefault(_key(each.material), []).append(each)
    needs = [_need(same, people) for same in rows.values()]
    return sorted(needs, key=lambda need: (need.tool, need.name.casefold(), need.unit.casefold()))


def _key(material: Material) -> tuple[bool, str, str]:
    return material.tool, " ".join(material.name.split()).casefold(), material.unit.strip().casefold()


def _need(same: list[Wanted], people: int | None) -> Need:
    first = same[0].material
    need = Need(" ".join(first.name.split()), first.unit.strip(), first.tool, language=same[0].language)
    need.optional = all(each.material.optional for each in same)
    need.notes = list(dict.fromkeys(each.material.note for each in same if each.material.note))
    need.parts = list(dict.fromkeys(each.part for each in same))
    amounts, persons, groups = [], [], []
    for each in same:
        if (quantity := number(each.material.quantity)) is None:
            continue
        if each.material.per == PERSON and people is None:
            persons.append((each, quantity))
        elif each.material.per == GROUP:
            groups.append((each, quantity))
        else:
            amounts.append((each, quantity * people if each.material.per == PERSON and people else quantity))
    need.amount, need.each_person, need.each_group = (
        _counted(found, first.tool) for found in (amounts, persons, groups)
    )
    return need


def _counted(found: list[tuple[Wanted, Decimal]], tool: bool) -> Decimal | None:
    if not found:
        return None
    if not tool:
        return sum((quantity for _each, quantity in found), Decimal())
    at_once: dict[int, dict[str, Decimal]] = {}
    for each, quantity in found:
        tracks = at_once.setdefault(each.stretch, {})
        tracks[each.track] = max(quantity, tracks.get(each.track, Decimal()))
    return max(sum(tracks.values(), Decimal()) for tracks in at_once.values())


def number(quantity: str) -> Decimal | None:
    """ "2.5", "2,5"; None for what is no number one could buy."""
    try:
        found = Decimal(quantity.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 < found < 10**9 else None


def shared_tools(wanted: Iterable[Wanted]) -> list[str]:
    """Names of what two tracks of the same time both need."""
    seen: dict[tuple[int, tuple[bool, str, str]], dict[str, str]] = {}
    for each in wanted:
        if each.material.tool and each.track:
            seen.setdefault((each.stretch, _key(each.material)), {})[each.track] = each.material.name
    return list(dict.fromkeys(next(iter(names.values())) for names in seen.values() if len(names) > 1))
