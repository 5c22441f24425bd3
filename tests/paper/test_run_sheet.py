"""A plan's run sheet as PDF, from data as plans give it."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from forum import paper
from tests.paper.reading import Sheet


def block(title: str, **stated: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "begins": "10:00", "ends": "10:30", "minutes": 30, "kind": "own", "title": title, "language": "pl", "url": "",
        "who": "", "materials": [], "text": "", "note": "",
    }  # fmt: skip
    return usual | stated


def plan(**stated: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "title": "Święto podwórka",
        "is_session": True,
        "when": "3 maja 2027, 10:00–12:30",
        "venue": "Podwórko przy Ruskiej",
        "people": "25 osób",
        "total": "150 minut",
        "owner": "Żaneta",
        "planners": ["Jürgen"],
        "note": "Przynieść parasole.\nI kalosze.",
        "revision": 3,
        "preparation": "",
        "costs": [("bez kosztów", 1), ("do 200 PLN", 2)],
        "rows": [
            {"begins": "10:00", "ends": "10:30", "minutes": 30, "tracks": [("", [block("Powitanie", who="Ola")])]},
            {
                "begins": "10:30",
                "ends": "11:30",
                "minutes": 60,
                "tracks": [
                    ("A", [block("Zupa", materials=["garnek"], note="Uwaga, gorące."), block("Chleb")]),
                    ("B", [block("Їжак на ґанку", language="uk", kind="method", text="Слухаємо.")]),
                ],
            },
            {"begins": "11:30", "ends": "11:45", "minutes": 15, "tracks": [("", [block("Przerwa", kind="break")])]},
        ],
        "needs": [
            {"amount_words": "2,5 l", "amount": Decimal("2.5"), "name": "wody", "optional": False, "notes": ["zimnej"]},
            {"amount_words": "", "amount": None, "name": "kreda", "optional": True, "notes": []},
        ],
        "credits": [
            {"title": "Zupa", "language": "pl", "author": "Żaneta", "names": ("tradycja",), "attribution": "",
             "licence": "CC-BY-SA-4.0"},
        ],
    }  # fmt: skip
    return usual | stated


def printed(data: dict[str, Any]) -> Sheet:
    with translation.override("pl"):
        data = paper.run_sheet(data, address="https://forum.example.org/p/7/")
    return Sheet(paper.print_pdf("run_sheet.typ", data, language="pl", title=data["title"]))


def test_a_run_sheet_holds_what_happens_when() -> None:
    read = printed(plan())
    read.check("Święto podwórka", "pl")
    assert len(read.pages) == 1
    assert "□" not in read.words.replace("☐", "")
    for words in (
        *("3 maja 2027, 10:00–12:30 · Podwórko przy Ruskiej · 25 osób · 150 minut", "Żaneta, Jürgen", "I kalosze."),
        *("10:00–10:30", "Powitanie", "Ola", "Zupa", "garnek", "Uwaga, gorące.", "Chleb", "Їжак на ґанку", "Слухаємо."),
        *("Przerwa", "2,5 l wody (zimnej)", "kreda (", "do 200 PLN × 2", "tradycja, CC-BY-SA-4.0"),
        "forum.example.org/p/7/",
    ):
        assert words in read, words
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= set(read.names)
    (alt,) = [said["/Alt"] for name, said in read.tags if name == "/Figure"]
    assert alt.endswith(": https://forum.example.org/p/7/")


@pytest.mark.parametrize("count", [3, 4])
def test_tracks_stand_side_by_side(count: int) -> None:
    """Three and more on a page on its side."""
    tracks = [(letter, [block(f"Ścieżka {letter}")]) for letter in "ABCD"[:count]]
    read = printed(plan(rows=[{"begins": "9:00", "ends": "10:00", "minutes": 60, "tracks": tracks}]))
    box = read.reader.pages[0].mediabox
    assert box.width > box.height
    assert all(f"Ścieżka {letter}" in read for letter in "ABCD"[:count])


def test_a_list_without_times_and_with_nothing_else() -> None:
    bare = {"when": "", "venue": "", "people": "", "total": "", "note": "", "planners": [], "needs": [], "costs": []}
    rows = [{"begins": "", "ends": "", "minutes": 0, "tracks": [["", [block("Sama", minutes=None)]]]}]
    read = printed(plan(**bare, is_session=False, rows=rows, credits=[]))
    assert "Sama" in read
    assert printed(plan(**bare, rows=[], credits=[])).names.count("/H1") == 1


def test_a_long_day_goes_on_overleaf() -> None:
    rows = [
        {
            "begins": f"{n}:00",
            "ends": f"{n}:59",
            "minutes": 59,
            "tracks": [("", [block(f"Część {n}.", text="słowo " * 90)])],
        }
        for n in range(40)
    ]
    read = printed(plan(rows=rows))
    assert len(read.pages) > 2
    assert all(f"Część {n}." in read for n in range(40))
