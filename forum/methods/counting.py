"""How many methods each further choice would find, while somebody is choosing."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, Q

from forum.methods import cities
from forum.methods.library import LISTS, Wanted, choices
from forum.methods.models import Method, MethodTerm

FIELDS = {**LISTS, "city": cities.FIELD}
_NAMES = {field: name for name, field in FIELDS.items()}


def counts(viewer: Any, wanted: Wanted) -> dict[str, dict[str, int]]:
    """{choice: {term: methods that state it}} beside everything else that is chosen, in one query. What is chosen of
    the same list does not count against its other terms: one of them is enough there; of what people need, all."""
    found = choices(wanted)
    alone = [name for name in FIELDS if name in found and name != "access"]
    together = Q(
        field__in=[field for name, field in FIELDS.items() if name not in alone], method__in=_rows(viewer, found)
    )
    for name in alone:
        others = {other: choice for other, choice in found.items() if other != name}
        together |= Q(field=FIELDS[name], method__in=_rows(viewer, others))
    counted: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for field, term, count in MethodTerm.objects.filter(together).values_list("field", "term").annotate(Count("pk")):
        counted[_NAMES[field]][cities.same(term) if field == cities.FIELD else term] += count
    return counted


def _rows(viewer: Any, chosen: Any) -> Any:
    rows = Method.objects.visible_to(viewer)
    for choice in chosen.values():
        rows = rows.filter(choice.allows)
    return rows.values("pk")
