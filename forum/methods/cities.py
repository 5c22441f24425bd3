"""Where methods were tried: the cities of the tries that stand, one term a city and method, for the library."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from forum.methods.models import Method, MethodTerm
from forum.search.analysis import folded

FIELD = "tried_in"
MOST = 60  # to choose from, the most used


def tidy(city: str) -> str:
    """As written, without needless spaces."""
    return " ".join(city.split())


def same(city: str) -> str:
    """Equal for the same city, however it was typed: "łódź ", "Lodz"."""
    return folded(tidy(city).casefold())


def keep(method: Method) -> None:
    """After a try was told, changed, taken back, hidden or shown. Two spellings of a city in one method are one."""
    told = method.tries.filter(withdrawal=None, hiding=None).exclude(city="").order_by("-told_at", "-pk")
    cities = {same(city): tidy(city) for city in told.values_list("city", flat=True) if tidy(city)}
    MethodTerm.objects.filter(method=method, field=FIELD).delete()
    MethodTerm.objects.bulk_create(MethodTerm(method=method, field=FIELD, term=city) for city in cities.values())


@dataclass(frozen=True)
class Counted:
    """`city` as most write it, in how many methods, and all its spellings."""

    city: str
    count: int
    spellings: frozenset[str]


def counted(methods: Any) -> list[Counted]:
    """Where these methods were tried, most first, in one query."""
    rows = MethodTerm.objects.filter(field=FIELD, method__in=methods.order_by().values("pk"))
    spelled: dict[str, Counter[str]] = {}
    for city, count in rows.values_list("term").annotate(Count("pk")):
        spelled.setdefault(same(city), Counter())[city] += count
    found = [Counted(each.most_common(1)[0][0], each.total(), frozenset(each)) for each in spelled.values()]
    return sorted(found, key=lambda each: (-each.count, each.city))[:MOST]
