"""A plan's run sheet as PDF: read back, whole, in the plan's language, and only what its reader may see."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest
from django.test import Client

from accounts.models import Member
from forum.models import Community, Plan
from forum.plans.outline import Block
from tests.paper.reading import Sheet, solid
from tests.plans.plans import planned, soup_block

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Member], Client]
DAY = {"day": date(2030, 6, 21), "starts": time(10, 0)}


def sheet(client: Client, plan: Plan) -> Sheet:
    answer = client.get(f"/plans/{plan.pk}/run-sheet.pdf")
    assert answer.status_code == 200, answer.content[:2000]
    assert answer["Content-Type"] == "application/pdf"
    return Sheet(answer.content)


def test_a_plan_prints_in_its_own_language(visitor: Client, author: Member, open_house: Community) -> None:
    soup = soup_block(author, open_house, title="Їжак на ґанку", language="uk")
    blocks = (
        Block(title="Zażółć gęślą jaźń", minutes=15, who="Ala", text="Herbata.\nI imiona.", note="Klucz u Zosi."),
        replace(soup, track="A", minutes=60),
        Block(title="Piosenki", minutes=20, track="B"),
        Block(title="Źdźbło, ćma", minutes=20, track="B"),
        Block(is_break=True, minutes=10),
        Block(title="Świt", minutes=5),
    )
    stated = {"title": "Święto podwórka", "language": "pl", "venue": "Ruska 46", "people": 20, "note": "Na dworze."}
    plan = planned(author, *blocks, community=open_house, **stated, **DAY)
    read = sheet(visitor, plan)
    read.check("Święto podwórka", "pl")
    for words in (
        *("21 czerwca 2030, 10:00–11:30 · Ruska 46 · ", "Na dworze.", "Author", f"/p/{plan.pk}/"),
        *("10:00–10:15", "Zażółć gęślą jaźń", "Ala", "I imiona.", "10:15–11:15", "Їжак на ґанку", "4 scissors"),
        *(
            "10:15 Piosenki",
            "10:35 Źdźbło, ćma",
            "Czas",
            "11:15–11:25",
            "11:25–11:30",
            "Świt",
            "40 sheets paper",
            "CC-BY-SA-4.0",
        ),
    ):
        assert words in read, words
    assert "Klucz" not in read
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/Figure"} <= set(read.names)
    assert "uk" in {said.get("/Lang") for _, said in read.tags}
    (alt,) = [said["/Alt"] for name, said in read.tags if name == "/Figure"]
    assert alt.endswith(f"/p/{plan.pk}/")


def test_notes_and_folded_methods(
    client_of: ClientOf, visitor: Client, author: Member, open_house: Community, closed_house: Community
) -> None:
    """Those who plan have their notes; of a method one may not read there is its time alone."""
    secret = soup_block(author, closed_house, title="Soup behind the door")
    secret = replace(secret, minutes=45, text="We cook.", who="Zosia", note="At Ala's.")
    plan = planned(author, Block(title="Welcome", minutes=15, note="The key."), secret, community=open_house, **DAY)
    theirs, mine = sheet(visitor, plan), sheet(client_of(author), plan)
    for words in ("The key.", "Soup behind the door", "We cook.", "Zosia", "At Ala's.", "scissors"):
        assert words in mine
        assert words not in theirs
    for read in (theirs, mine):
        assert "10:15–11:00" in read
        assert "Welcome" in read
    assert "a method you may not read (45 min)" in theirs


def test_it_prints_for_those_who_may_see_it(
    client_of: ClientOf, visitor: Client, author: Member, neighbour: Member, outsider: Member, closed_house: Community
) -> None:
    plan = planned(author, Block(title="Welcome", minutes=15), community=closed_house)
    assert "Welcome" in sheet(client_of(neighbour), plan)
    assert client_of(neighbour).get(f"/p/{plan.pk}/")["Location"] == plan.get_absolute_url()
    for stranger in (visitor, client_of(outsider)):
        for tail in (f"plans/{plan.pk}/run-sheet.pdf", f"plans/{plan.pk}/code.svg", f"p/{plan.pk}/"):
            there, nowhere = stranger.get(f"/{tail}"), stranger.get(f"/{tail.replace(str(plan.pk), '987654')}")
            assert there.status_code == nowhere.status_code == 404
            assert plan.title not in there.content.decode()


def test_a_list_without_times(visitor: Client, author: Member, open_house: Community) -> None:
    soup = soup_block(author, open_house)
    read = sheet(visitor, planned(author, soup, community=open_house, kind="list", note="Begin here."))
    assert "Soup in the courtyard" in read
    assert "Begin here." in read
    assert "0:00" not in read


def test_the_pages_lead_to_it(
    visitor: Client, author: Member, open_house: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(author, Block(title="Welcome", minutes=15), community=open_house)
    for page in (plan.get_absolute_url(), f"/plans/{plan.pk}/run-sheet/"):
        assert f'href="/plans/{plan.pk}/run-sheet.pdf"' in visitor.get(page).content.decode()
    printed = visitor.get(f"/plans/{plan.pk}/run-sheet/").content.decode()
    assert f'src="/plans/{plan.pk}/code.svg"' in printed
    assert solid(f"/p/{plan.pk}/") in solid(printed)
    assert visitor.get(f"/plans/{plan.pk}/code.svg").content.startswith(b"<svg")
    first = visitor.get(f"/plans/{plan.pk}/run-sheet.pdf")
    again = visitor.get(f"/plans/{plan.pk}/run-sheet.pdf", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    monkeypatch.setattr("forum.paper.answers.MOST_SHEETS", 1)
    slow = visitor.get(f"/plans/{plan.pk}/run-sheet.pdf")
    assert slow.status_code == 429
    assert plan.get_absolute_url() in slow.content.decode()
