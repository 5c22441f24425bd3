"""What a method says: the card, as each version keeps it.

None, "" and () mean "not stated", never "no". Numbers are numbers; bands are derived. `Card.from_json(card.to_json())`
is the same card, and what is not stated is not written.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str = ""
    text: str = ""
    minutes_min: int | None = None
    minutes_max: int | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Material:
    name: str = ""
    quantity: str = ""  # a decimal number as text: 2.5 sheets stay 2.5
    unit: str = ""
    per: str = ""  # "person", "group" or "total"
    tool: bool = False  # borrowed and brought back; a supply is used up
    optional: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Access:
    """One of vocabularies.Access, answered."""

    key: str = ""
    answer: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Whom it comes from. "Source unknown" is a credit too: a name is all it needs."""

    name: str = ""
    role: str = ""
    year: int | None = None
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class CardPicture:
    """A picture of the house beside the words, under rights of its own (vocabularies.PictureRights)."""

    id: str = ""  # of forum.files.models.Picture
    alt: str = ""
    author: str = ""
    rights: str = "here"
    people: bool = False  # can somebody be recognised in it
    consent: bool = False  # and if so: did they agree that it is shown here


@dataclass(frozen=True, kw_only=True)
class Card:
    """Lengths and ranges are asked in `check`, so that an imported card may exceed them."""

    title: str = ""
    summary: str = ""
    language: str = ""
    purpose: str = ""
    body: str = ""  # free text: how it goes, when it is not told in steps
    body_format: str = "markdown"
    steps: tuple[Step, ...] = ()
    licence: str = "CC-BY-SA-4.0"
    maturity: str = "idea"
    purposes: tuple[str, ...] = ()
    invitation: str = ""
    when_not: str = ""
    group_min: int | None = None
    group_max: int | None = None
    ideal_min: int | None = None
    ideal_max: int | None = None
    grouping: tuple[str, ...] = ()
    people: tuple[str, ...] = ()  # for whom, in own words
    age_min: int | None = None
    age_max: int | None = None
    minutes_min: int | None = None
    minutes_max: int | None = None
    basis: str = ""
    preparation_min: int | None = None
    preparation_max: int | None = None
    format: tuple[str, ...] = ()
    space: tuple[str, ...] = ()
    materials: tuple[Material, ...] = ()
    cost_band: str = ""
    cost_note: str = ""
    leaders: int | None = None
    skill: str = ""
    access: tuple[Access, ...] = ()
    inclusion: str = ""
    risks: str = ""
    consent: tuple[str, ...] = ()
    consent_note: str = ""
    after: str = ""
    art_form: tuple[str, ...] = ()
    tips: str = ""
    credits: tuple[Credit, ...] = ()
    tags: tuple[str, ...] = ()
    pictures: tuple[CardPicture, ...] = ()  # the first is its face
    # What an imported card said in fields we do not have; kept for its export.
    imported: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {one.name: value for one in fields(self) if (value := _plain(getattr(self, one.name))) != _default(one)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Keys it does not know are left out: a version may be older or newer than this code."""
        known = {one.name for one in fields(cls)}
        values = {key: _row(key, value) for key, value in data.items() if key in known}
        return cls(**values)


ROWS: dict[str, type[Step | Material | Access | Credit | CardPicture]] = {
    "steps": Step,
    "materials": Material,
    "access": Access,
    "credits": Credit,
    "pictures": CardPicture,
}


def _row(key: str, value: Any) -> Any:
    if key in ROWS:
        row = ROWS[key]
        names = {one.name for one in fields(row)}
        return tuple(row(**{name: part for name, part in each.items() if name in names}) for each in value)
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """As JSON has it: lists for tuples, rows without what they do not state."""
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Step | Material | Access | Credit | CardPicture):
        return {key: part for key, part in asdict(value).items() if part not in ("", None, False)}
    return dict(value) if isinstance(value, Mapping) else value


def _default(one: "Field[Any]") -> Any:
    value = one.default_factory() if one.default_factory is not MISSING else one.default
    return [] if value == () else value
