"""The choices of the library, as they stand in its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from forum.methods import check, cities, library
from forum.methods.facts import minutes_words, people_words
from forum.methods.labels import label_of
from forum.methods.library import LISTS, Wanted
from forum.methods.vocabularies import Access, ArtForm, CostBand, Format, Purpose, Skill, Space
from forum.web.widgets import Checkboxes

ANY: tuple[str, Any] = ("", _("any"))
MINUTES = ((15, "15"), (30, "30"), (60, "60"), (90, "90"), (120, "120"), (240, "240"), (480, "480"))
QUICK_PEOPLE, QUICK_MINUTES = (8, 15, 25, 50, 100), (30, 60, 90, 240)


@dataclass(frozen=True)
class Chip:
    """One click: makes the choice, or takes it back when it is made."""

    words: str
    address: str
    is_chosen: bool


class CityField(forms.ChoiceField):
    """Where it was tried: any way of writing the city is the choice."""

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value))
        offered = {cities.same(str(city)): str(city) for city, _ in cast(list[tuple[str, Any]], self.choices)}
        return offered.get(cities.same(typed), typed)


class LibraryForm(forms.Form):
    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    minutes = forms.TypedChoiceField(
        label=_("Minutes we have"), choices=[ANY, *MINUTES], coerce=int, empty_value=None, required=False
    )
    preparation = forms.BooleanField(label=_("The time includes getting ready"), required=False)
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=check.MOST_PEOPLE, required=False)
    ages = forms.BooleanField(label=_("For all ages"), required=False)
    purpose = forms.MultipleChoiceField(label=_("What for"), choices=Purpose.choices, widget=Checkboxes, required=False)
    outdoors = forms.BooleanField(label=_("Outdoors"), required=False)
    space = forms.MultipleChoiceField(label=_("Where"), choices=Space.choices, widget=Checkboxes, required=False)
    format = forms.MultipleChoiceField(
        label=_("How people meet"), choices=Format.choices, widget=Checkboxes, required=False
    )
    cost = forms.ChoiceField(label=_("Cost, up to"), choices=[ANY, *CostBand.choices], required=False)
    skill = forms.ChoiceField(label=_("How hard to lead"), choices=[ANY, *Skill.choices], required=False)
    access = forms.MultipleChoiceField(
        label=_("Who can take part"), choices=Access.choices, widget=Checkboxes, required=False
    )
    art = forms.MultipleChoiceField(label=_("Art form"), choices=ArtForm.choices, widget=Checkboxes, required=False)
    tried = forms.BooleanField(label=_("Tried at least once"), required=False)
    city = CityField(label=_("Tried in"), required=False)
    language = forms.ChoiceField(
        label=_("Language, translations too"), choices=[ANY, *settings.LANGUAGES], required=False
    )
    community = forms.ChoiceField(label=_("Community"), required=False)

    single = ("people", "minutes", "cost", "skill", "language", "city", "community")
    yes = ("preparation", "outdoors", "ages", "tried")
    lists = ("purpose", "space", "format", "access", "art")

    def __init__(self, data: QueryDict, *, communities: Any, tried_in: Sequence[cities.Counted] = ()) -> None:
        super().__init__(data)
        self.tried_in = tried_in
        cast(forms.ChoiceField, self.fields["city"]).choices = [
            ANY,
            *((each.city, f"{each.city} ({each.count})") for each in tried_in),
        ]
        cast(forms.ChoiceField, self.fields["community"]).choices = [
            ANY,
            *((each.slug, str(each)) for each in communities),
        ]

    @property
    def printed(self) -> dict[str, list[forms.BoundField]]:
        return {name: [self[each] for each in getattr(self, name)] for name in ("single", "yes", "lists")}

    @property
    def is_further(self) -> bool:
        """Is anything chosen, or wrong, that the chips do not show?"""
        further = any(self.data.get(name) for name in (*self.lists, "skill", "language", "city", "community", "ages"))
        return further or bool(self.errors.keys() - {"q"}) or bool(self.data.get("preparation"))

    @property
    def is_anything(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    @property
    def page(self) -> int:
        number = self.data.get("page", "")
        return max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1

    def wanted(self) -> Wanted:
        """What can be read of the address; a choice that does not exist is shown as wrong and asks for nothing."""
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            words=chosen.get("q", ""),
            minutes=chosen.get("minutes"),
            with_preparation=bool(chosen.get("preparation")),
            people=chosen.get("people"),
            ages=bool(chosen.get("ages")),
            cost=chosen.get("cost", ""),
            skill=chosen.get("skill", ""),
            outdoors=bool(chosen.get("outdoors")),
            language=chosen.get("language", ""),
            cities=next((each.spellings for each in self.tried_in if each.city == chosen.get("city")), frozenset()),
            community=chosen.get("community", ""),
            tried=bool(chosen.get("tried")),
            chosen={name: tuple(dict.fromkeys(chosen.get(name) or ())) for name in LISTS},
        )

    def address(self, **instead: str) -> str:
        """What is chosen now, with these choices changed, or left out where they are "": an address to go on to."""
        query = QueryDict(mutable=True)
        for name in self.fields:
            values = [instead[name]] if name in instead else cast(QueryDict, self.data).getlist(name)
            query.setlist(name, [value for value in values if value])
        return f"?{query.urlencode()}"

    def chips(self) -> list[list[Chip]]:
        people = [self._chip("people", str(each), people_words(each, each)) for each in QUICK_PEOPLE]
        minutes = [self._chip("minutes", str(each), minutes_words(each, each)) for each in QUICK_MINUTES]
        cost = self._chip("cost", "0", label_of("cost_band", "0"))
        flags = [self._chip(name, "on", str(self.fields[name].label)) for name in ("outdoors", "tried")]
        return [people, minutes, [cost, *flags]]

    def _chip(self, name: str, value: str, words: str) -> Chip:
        chosen = self.data.get(name) == value
        return Chip(words, self.address(**{name: "" if chosen else value}), chosen)

    def liftable(self, viewer: Any) -> list[tuple[str, str, int]]:
        """(label, address, how many): each single choice whose lifting finds something, most first."""
        found = [
            (str(self.fields[name].label), self.address(**{name: ""}), count)
            for name, count in library.lifted(viewer, self.wanted()).items()
            if count
        ]
        return sorted(found, key=lambda each: -each[2])

    def labels(self, names: list[str]) -> str:
        return " · ".join(str(self.fields[name].label) for name in names)
