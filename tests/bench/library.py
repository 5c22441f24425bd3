"""What the library costs with twenty times as many methods: its page over 20,000 beside the same over 1,000.

Only the ratio is meant: both are read in one run, in this process. The issue asks for at most five.

    python -m tests.bench.library                 SQLite in a file
    python -m tests.bench.library --postgresql    a PostgreSQL of its own
"""

import random
import statistics
import sys
import time
from typing import Any

from tests.bench.world import own_folder

FEW, MANY, ROUNDS = 1_000, 20_000, 15
SUBJECTS = ("Soup", "Lanterns", "Benches", "Songs", "Maps", "Kites", "Stories", "Seeds", "Radio", "Masks")
DEEDS = ("in the courtyard", "on the stairs", "at the market", "for new neighbours", "by night", "with a choir")
ADDRESSES = {
    "nothing chosen": "/methods/",
    "four clicks": "/methods/?people=25&minutes=60&cost=0&outdoors=on",
    "four clicks and words": "/methods/?people=25&minutes=60&cost=0&outdoors=on&q=lantern+neighbour",
    "many choices": "/methods/?people=25&purpose=meet&space=park&access=step_free&access=seated&skill=1&tried=on",
    "in German, tried in a city": "/methods/?language=de&city=City+3",
    "nothing found": "/methods/?people=25&minutes=60&cost=0&outdoors=on&q=zebra",
}


def grow(author: Any, house: Any, count: int) -> None:
    """Methods as the library sees them: rows, terms, threads and words; half of each fact is not stated."""
    from django.db import transaction

    from forum import search
    from forum.methods.vocabularies import Access, CostBand, Purpose, Space
    from forum.models import Method, MethodTerm, Thread, Translation

    chance = random.Random(count)

    def perhaps(value: Any, otherwise: Any = None) -> Any:
        return value if chance.random() < 0.5 else otherwise

    now = {"language": "en"}
    with transaction.atomic():
        threads = Thread.objects.bulk_create(
            (
                Thread(
                    community=house, title=f"Method {n}", audience="anyone", author=author, last_author=author, **now
                )
                for n in range(count)
            ),
            batch_size=500,
        )
        methods = Method.objects.bulk_create(
            (
                Method(
                    community=house,
                    author=author,
                    thread=thread,
                    licence="CC-BY-SA-4.0",
                    title=f"{chance.choice(SUBJECTS)} {chance.choice(DEEDS)}",
                    summary="Neighbours meet and make something together.",
                    maturity="idea",
                    group_min=perhaps(chance.randint(1, 30)),
                    group_max=perhaps(chance.randint(10, 90)),
                    minutes_min=perhaps(chance.randint(10, 200)),
                    cost_band=perhaps(chance.choice(CostBand.values), ""),
                    skill=perhaps(chance.choice("123"), ""),
                    tries_count=chance.randint(0, 9),
                    **now,
                )
                for thread in threads
            ),
            batch_size=500,
        )
        lists = (("purposes", Purpose), ("space", Space), ("access", Access))
        MethodTerm.objects.bulk_create(
            (
                MethodTerm(method=method, field=field, term=term)
                for method in methods
                for field, terms in lists
                for term in (chance.sample(terms.values, 2) if chance.random() < 0.5 else ())
            ),
            batch_size=2000,
        )
        MethodTerm.objects.bulk_create(
            (
                MethodTerm(method=method, field="tried_in", term=f"City {chance.randint(1, 40)}")
                for method in methods
                if chance.random() < 0.25
            ),
            batch_size=2000,
        )
        Translation.objects.bulk_create(
            (
                Translation(method=method, language="de", title=method.title, summary=method.summary)
                for method in methods
                if chance.random() < 0.25
            ),
            batch_size=500,
        )
        for start in range(0, count, 500):
            search.put_all(
                search.Entry(
                    kind="method", pk=each.pk, community=house.pk, language="en", title=each.title, text=each.summary
                )
                for each in methods[start : start + 500]
            )


def times() -> dict[str, float]:
    """Median milliseconds of each page, read in turn."""
    from django.test import Client

    client = Client()
    found: dict[str, list[float]] = {name: [] for name in ADDRESSES}
    for turn in range(ROUNDS + 2):
        for name, address in ADDRESSES.items():
            began = time.perf_counter()
            assert client.get(address).status_code == 200
            if turn > 1:
                found[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(rows) for name, rows in found.items()}


def main(*, postgresql: bool = False) -> dict[str, float]:
    with own_folder(postgresql=postgresql):
        from django.db import connection

        from accounts.models import Member
        from forum.models import Community

        author = Member.objects.create_user("bench@bench.example", username="bench", display_name="Bench")
        house = Community.objects.create(slug="bench", names={"en": "Bench"}, audience="anyone", joining="open")
        grow(author, house, FEW)
        few = _measured(connection)
        grow(author, house, MANY - FEW)
        many = _measured(connection)
    print(f"\nThe library on {connection.vendor}: {MANY} methods beside {FEW}, medians of {ROUNDS}")
    for name, milliseconds in many.items():
        print(f"  {name:24} {milliseconds:7.1f} ms / {few[name]:6.1f} ms = {milliseconds / few[name]:.2f}")
    return {name: many[name] / few[name] for name in many}


def _measured(connection: Any) -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return times()


if __name__ == "__main__":
    worst = max(main(postgresql="--postgresql" in sys.argv).values())
    sys.exit(f"{worst:.1f} times is more than five" if worst > 5 else 0)
