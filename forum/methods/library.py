"""Finding a method: what somebody looks for, the cards that state it, and those that do not say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, Value, When

from forum import search
from forum.methods import cities
from forum.methods.models import Method, MethodTerm
from forum.methods.translations.models import Translation

PAGE = 30
CHILDREN, SENIORS = 8, 70  # whoever is for all ages is for both
OUTDOORS = ("courtyard", "street", "park")
COSTS = ("0", "to200", "200_1000", "1000_5000", "5000_20000", "20000_plus")
#: A choice of the library -> the list of terms it looks in.
LISTS = {"purpose": "purposes", "format": "format", "space": "space", "access": "access", "art": "art_form"}
#: A choice -> the fields that state it; nothing in any of them: the card does not say.
FACTS = {
    "minutes": ("minutes_min", "minutes_max"),
    "people": ("group_min", "group_max"),
    "ages": ("age_min", "age_max"),
    "cost": ("cost_band",),
    "skill": ("skill",),
}


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. `minutes` is how long one has, `people` how many one is."""

    words: str = ""
    minutes: int | None = None
    with_preparation: bool = False
    people: int | None = None
    ages: bool = False
    cost: str = ""
    skill: str = ""
    outdoors: bool = False
    language: str = ""
    cities: frozenset[str] = frozenset()  # all spellings of the one it was tried in
    community: str = ""
    tried: bool = False
    chosen: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Choice:
    """What states it, and what does not say; where every card says, nothing is silent."""

    fits: Q
    silent: Q | None = None

    @property
    def allows(self) -> Q:
        return self.fits if self.silent is None else self.fits | self.silent


@dataclass(frozen=True)
class Counted:
    """How many state all that is wanted, and how many more do not say everything."""

    states: int
    unsaid: int


def matching(viewer: Any, wanted: Wanted) -> Any:
    """The methods the viewer may see that state what is wanted, or do not say; `states` is 1 where all is stated."""
    rows, stated = Method.objects.visible_to(viewer), Q()
    for choice in choices(wanted).values():
        rows = rows.filter(choice.allows)
        if choice.silent is not None:
            stated &= choice.fits
    states = Case(When(stated, then=Value(1)), default=Value(0), output_field=IntegerField()) if stated else Value(1)
    return rows.annotate(states=states)


def counted(rows: Any) -> Counted:
    """In one query."""
    found = rows.order_by().aggregate(all=Count("pk"), stated=Count("pk", filter=Q(states=1)))
    return Counted(found["stated"], found["all"] - found["stated"])


def lifted(viewer: Any, wanted: Wanted) -> dict[str, int]:
    """How many there would be without each single choice, in one query."""
    found = choices(wanted)
    counts = {}
    for name in found:
        others = Q()
        for other, choice in found.items():
            if other != name:
                others &= choice.allows
        counts[f"without_{name}"] = Count("pk", filter=others) if others else Count("pk")
    answer = Method.objects.visible_to(viewer).aggregate(**counts) if counts else {}
    return {name.removeprefix("without_"): count for name, count in answer.items()}


def choices(wanted: Wanted) -> dict[str, Choice]:
    """By the name each has in the address. Ranges match on overlap."""
    found = {**_facts(wanted), **_lists(wanted)}
    if wanted.tried:
        found["tried"] = Choice(Q(tries_count__gt=0))
    if wanted.language:
        translated = Translation.objects.standing().filter(language=wanted.language)
        found["language"] = Choice(Q(language=wanted.language) | Q(pk__in=translated.values("method")))
    if wanted.cities:
        found["city"] = Choice(Q(Exists(_terms(cities.FIELD, wanted.cities))))
    if wanted.community:
        found["community"] = Choice(Q(community__slug=wanted.community))
    if (documents := search.matching("method", wanted.words)) is not None:
        found["q"] = Choice(Q(pk__in=documents))
    return found


def _facts(wanted: Wanted) -> dict[str, Choice]:
    found = {}
    if wanted.minutes is not None:
        found["minutes"] = _minutes(wanted.minutes, with_preparation=wanted.with_preparation)
    if wanted.people is not None:
        found["people"] = _overlap("group_min", "group_max", wanted.people, wanted.people)
    if wanted.ages:
        found["ages"] = _overlap("age_min", "age_max", CHILDREN, SENIORS)
    if wanted.cost in COSTS:
        cheaper = COSTS[: COSTS.index(wanted.cost) + 1]
        found["cost"] = Choice(Q(cost_band__in=cheaper), Q(cost_band=""))
    if wanted.skill in {"1", "2", "3"}:
        found["skill"] = Choice(Q(skill__lte=wanted.skill) & ~Q(skill=""), Q(skill=""))
    return found


def _minutes(minutes: int, *, with_preparation: bool) -> Choice:
    """Whatever can be done in this time: its shortest form fits."""
    silent = Q(minutes_min=None, minutes_max=None)
    if not with_preparation:
        return Choice((Q(minutes_min__lte=minutes) | Q(minutes_min=None)) & ~silent, silent)
    left = Value(minutes) - F("preparation_max")
    fits = Q(minutes_min__lte=left) | (Q(minutes_min=None, minutes_max__gt=0) & Q(preparation_max__lte=minutes))
    too_long = Q(minutes_min__gt=minutes) | Q(preparation_max__gt=minutes)
    return Choice(fits & Q(preparation_max__gte=0), (silent | Q(preparation_max=None)) & ~too_long)


def _overlap(low: str, high: str, least: int, most: int) -> Choice:
    """From `least` to `most` lies within what is stated; an end that is not stated is open."""
    silent = Q(**{low: None, high: None})
    fits = (Q(**{f"{low}__lte": least}) | Q(**{low: None})) & (Q(**{f"{high}__gte": most}) | Q(**{high: None}))
    return Choice(fits & ~silent, silent)


def _lists(wanted: Wanted) -> dict[str, Choice]:
    """One of the terms is enough, but of what people need to take part everything."""
    chosen = {name: terms for name, terms in (wanted.chosen or {}).items() if terms and name in LISTS}
    found = {name: _one_of(LISTS[name], terms) for name, terms in chosen.items() if name != "access"}
    if wanted.outdoors:
        found["outdoors"] = _one_of("space", OUTDOORS)
    if "access" in chosen:
        fits, allows = Q(), Q()
        for key in chosen["access"]:
            yes = Q(Exists(_terms("access", [key])))
            fits, allows = fits & yes, allows & (yes | ~Q(Exists(_terms("access_no", [key]))))
        found["access"] = Choice(fits, allows)
    return found


def _one_of(field: str, terms: Iterable[str]) -> Choice:
    return Choice(Q(Exists(_terms(field, terms))), ~Q(Exists(_terms(field))))


def _terms(field: str, terms: Iterable[str] = ()) -> Any:
    rows = MethodTerm.objects.filter(method=OuterRef("pk"), field=field)
    return rows.filter(term__in=list(terms)) if terms else rows


def unsaid(methods: list[Method], wanted: Wanted) -> dict[int, list[str]]:
    """What of the wanted each card does not say, by the names of the choices. One query."""
    found, lists = choices(wanted), {**LISTS, "outdoors": "space"}
    rows = MethodTerm.objects.filter(method__in=methods, field__in=LISTS.values())
    said = set(rows.values_list("method", "field", "term")) if methods else set()
    in_lists = {(method, field) for method, field, _term in said}
    needs = (wanted.chosen or {}).get("access", ())

    def says(method: Method, name: str) -> bool:
        if name == "access":
            return all((method.pk, "access", key) in said for key in needs)
        if name in lists:
            return (method.pk, lists[name]) in in_lists
        if name == "minutes" and wanted.with_preparation and method.preparation_max is None:
            return False
        return any(getattr(method, fact) not in (None, "") for fact in FACTS[name])

    return {
        method.pk: [name for name, choice in found.items() if choice.silent is not None and not says(method, name)]
        for method in methods
    }
