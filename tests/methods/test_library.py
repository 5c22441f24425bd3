"""Finding a method by what one has: people, time, money, a place."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forum.methods import actions, cities
from forum.methods.card import Access
from tests.methods.cards import published
from tests.methods.cards import soup as soup_card
from tests.methods.translated import said

pytestmark = pytest.mark.django_db

FOUR = "/methods/?people=25&minutes=60&cost=0&outdoors=on"
NOTHING: dict[str, Any] = {
    "group_min": None,
    "group_max": None,
    "minutes_min": None,
    "minutes_max": None,
    "space": (),
    "cost_band": "",
}


def found(client: Any, address: str) -> list[str]:
    return [method.title for method in client.get(address).context["found"]]


def card(author: Any, house: Any, title: str, **stated: Any) -> Any:
    """One that says nothing but this."""
    return published(author, house, title=title, **NOTHING | stated)


def test_four_clicks_find_something_for_25_neighbours_an_hour_no_money_outdoors(author, visitor, open_house):
    right = {"group_min": 10, "group_max": 40, "minutes_min": 45, "cost_band": "0", "space": ("courtyard",)}
    card(author, open_house, "Right", **right)
    for n, wrong in enumerate(
        ({"group_max": 12}, {"minutes_min": 90}, {"cost_band": "to200"}, {"space": ("room",)}),
    ):
        card(author, open_house, f"Wrong {n}", **right | wrong)
    page = visitor.get("/methods/")
    for words in ("25 people", "60 minutes", "no cost", "Outdoors"):
        link = re.search(rf'href="([^"]*)">{words}</a>', page.content.decode())
        assert link, words
        page = visitor.get("/methods/" + link[1].replace("&amp;", "&"))
    assert [method.title for method in page.context["found"]] == ["Right"]
    assert sum(chip.is_chosen for group in page.context["form"].chips() for chip in group) == 4


def test_a_second_click_takes_a_choice_back_and_keeps_the_others(visitor, open_house):
    page = visitor.get(FOUR + "&q=soup").content.decode()
    link = re.search(r'href="([^"]*)" aria-current="true">no cost</a>', page)
    assert link
    assert link[1] == "?q=soup&amp;minutes=60&amp;people=25&amp;outdoors=on"


@pytest.mark.parametrize(
    ("stated", "states", "shown"),
    [
        ({"group_min": 10, "group_max": 30}, True, True),
        ({"group_min": 25, "group_max": None}, True, True),
        ({"group_min": None, "group_max": 25}, True, True),
        ({"group_min": 26, "group_max": 30}, False, False),
        ({"group_max": 24}, False, False),
        ({}, False, True),
    ],
)
def test_a_range_fits_when_it_holds_us(author, visitor, open_house, stated, states, shown):
    card(author, open_house, "Card", **stated)
    rows = visitor.get("/methods/?people=25").context["found"]
    assert [bool(row.states) for row in rows] == ([states] if shown else [])


@pytest.mark.parametrize(
    ("stated", "without", "with_preparation"),
    [
        ({"minutes_min": 45, "minutes_max": 90, "preparation_max": 10}, True, True),
        ({"minutes_min": 45, "preparation_max": 30}, True, None),
        ({"minutes_min": 45}, True, False),  # does not say how long it takes to get ready
        ({"minutes_max": 90, "preparation_max": 20}, True, True),
        ({"minutes_min": 61, "preparation_max": 0}, None, None),
        ({"preparation_max": 90}, False, None),
    ],
)
def test_time_with_and_without_getting_ready(author, visitor, open_house, stated, without, with_preparation):
    """True: it states that it fits. False: it does not say. None: it does not fit."""
    card(author, open_house, "Card", **stated)
    for address, answer in (
        ("/methods/?minutes=60", without),
        ("/methods/?minutes=60&preparation=on", with_preparation),
    ):
        rows = visitor.get(address).context["found"]
        assert [bool(row.states) for row in rows] == ([] if answer is None else [answer]), address


def test_what_a_card_does_not_say_stands_under_it(author, visitor, open_house):
    card(author, open_house, "Silent", group_min=10, group_max=40)
    card(author, open_house, "Right", group_min=10, minutes_min=30, cost_band="0", space=("park",))
    page = visitor.get(FOUR)
    assert [(method.title, method.unsaid) for method in page.context["found"]] == [
        ("Right", ""),
        ("Silent", "Minutes we have · Cost, up to · Outdoors"),
    ]
    words = " ".join(page.content.decode().split())
    assert "1 method · 1 more does not say everything" in words


def test_everything_people_need_to_take_part_has_to_be_there(author, visitor, open_house):
    yes, no = Access(key="seated", answer="yes"), Access(key="step_free", answer="no")
    card(author, open_house, "Both", access=(yes, Access(key="step_free", answer="yes")))
    card(author, open_house, "One", access=(yes,))
    card(author, open_house, "Stairs", access=(yes, no))
    rows = visitor.get("/methods/?access=seated&access=step_free").context["found"]
    assert [(row.title, bool(row.states)) for row in rows] == [("Both", True), ("One", False)]


def test_words_are_found_in_any_form_and_together_with_choices(author, visitor, open_house):
    card(author, open_house, "Warsztat z lampionami", language="pl", minutes_min=30)
    card(author, open_house, "Warsztat z latawcami", language="pl", minutes_min=300)
    assert found(visitor, "/methods/?q=warsztaty&minutes=60") == ["Warsztat z lampionami"]
    assert found(visitor, "/methods/?q=lampiony") == ["Warsztat z lampionami"]
    assert found(visitor, "/methods/?q=zebra") == []


def test_nothing_found_names_every_choice_worth_lifting(author, visitor, open_house):
    card(author, open_house, "Dear", cost_band="20000_plus", group_min=10)
    card(author, open_house, "Dear too", cost_band="20000_plus")
    card(author, open_house, "Free, for few", cost_band="0", group_max=5)
    page = visitor.get("/methods/?people=25&cost=0&q=nothing")
    assert page.context["lift"] == []
    page = visitor.get("/methods/?people=25&cost=0")
    assert page.context["lift"] == [("Cost, up to", "?people=25", 2), ("People", "?cost=0", 1)]
    assert "without “People”: 1 method" in page.content.decode()


def test_lifting_counts_nothing_of_what_one_may_not_see(author, visitor, closed_house):
    card(author, closed_house, "Dear", cost_band="20000_plus")
    assert visitor.get("/methods/?cost=0").context["lift"] == []
    assert visitor.get("/methods/").context["counted"] is None


def test_a_choice_that_does_not_exist_is_said_and_asks_for_nothing(author, visitor, open_house):
    card(author, open_house, "Card")
    page = visitor.get("/methods/?purpose=world-peace&people=-3&minutes=7&page=99999999&community=nowhere")
    assert [method.title for method in page.context["found"]] == ["Card"]
    assert set(page.context["form"].errors) == {"purpose", "people", "minutes", "community"}
    assert "<details open>" in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        *("/methods/", FOUR, FOUR + "&purpose=meet&access=seated&q=soup", FOUR + "&q=zebra"),
        *("/methods/?language=de", "/methods/?city=Radom&q=soup"),
    ],
)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_ten_questions_are_enough_for_any_number_of_methods(client_of, author, open_house, address, accept):
    told(author, card(author, open_house, "Tried soup"), "Radom")
    reader = client_of(author)

    def questions() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert reader.get(address, headers={"accept": accept}).status_code == 200
        return len(asked)

    counts = []
    for n in (1, 6):
        for each in range(n):
            published(author, open_house, title=f"Soup {n} {each}")
            tried = card(author, open_house, f"Silent soup {n} {each}")
            told(author, tried, "Radom")
            said(tried, author)
        questions()
        counts.append(questions())
    assert counts[0] == counts[1]
    assert counts[0] <= 10


def told(member: Any, method: Any, city: str) -> Any:
    quick = {"month": date(2025, 6, 1), "people": 9, "again": "yes", "sentence": "Good."}
    return actions.tell_try(member=member, version=method.versions.get(), city=city, **quick)


def test_tried_in_any_spelling_of_a_city(author, neighbour, visitor, open_house):
    soup, other = (card(author, open_house, title) for title in ("Soup", "Other"))
    told(author, soup, "Łódź")
    gone = told(neighbour, soup, " łódź ")
    far = told(neighbour, other, "Berlin")
    offered = visitor.get("/methods/").context["form"].tried_in
    assert {cities.same(each.city): each.count for each in offered} == {"berlin": 1, "lodz": 1}
    for typed in ("Łódź", "lodz", "ŁÓDŹ "):
        assert found(visitor, f"/methods/?city={typed}") == ["Soup"], typed
    actions.withdraw_try(by=neighbour, told=gone)
    assert found(visitor, "/methods/?city=Łódź") == ["Soup"]
    actions.grow_try(member=neighbour, told=far, city="Leipzig")
    assert found(visitor, "/methods/?city=Leipzig") == ["Other"]
    page = visitor.get("/methods/?city=Berlin")
    assert "city" in page.context["form"].errors, "nobody was there any more"
    actions.revise_method(
        editor=author, method=other, card=soup_card(title="Other"), body=None, based_on=1, note="of the card alone"
    )
    assert found(visitor, "/methods/?city=Leipzig") == ["Other"]


def test_cities_of_closed_houses_are_not_named(client_of, author, visitor, open_house, closed_house):
    told(author, card(author, closed_house, "Secret"), "Radom")
    assert "Radom" not in visitor.get("/methods/").content.decode()
    assert "Radom (1)" in client_of(author).get("/methods/").content.decode()
    answer = visitor.get("/methods/", headers={"accept": "application/json"})
    assert answer.json()["choices"]["city"] == {}


def test_while_choosing_the_page_asks_how_many_there_would_be(author, visitor, open_house, closed_house):
    one = card(author, open_house, "One", purposes=("meet",), space=("park",), group_min=5)
    card(author, open_house, "Two", purposes=("celebrate",), space=("park",), group_min=30)
    card(author, open_house, "Three", purposes=("meet", "celebrate"), space=("room",))
    card(author, closed_house, "Secret", purposes=("meet",), space=("park",))
    told(author, one, "Łódź")

    def asked(query: str) -> Any:
        return visitor.get(f"/methods/?{query}", headers={"accept": "application/json"}).json()

    everything = asked("")
    assert (everything["count"], everything["words"]) == (3, "3 methods")
    assert everything["choices"]["purpose"] == {"meet": 2, "celebrate": 2}
    assert everything["choices"]["city"] == {"Łódź": 1}
    few = asked("people=10")
    assert (few["count"], few["unsaid"]) == (1, 1)
    assert few["words"] == "1 method · 1 more does not say everything"
    chosen = asked("purpose=meet")
    assert chosen["choices"]["purpose"] == {"meet": 2, "celebrate": 2}, "either will do"
    assert chosen["choices"]["space"] == {"park": 1, "room": 1}
    assert "Accept" in visitor.get("/methods/")["Vary"].split(", ")
    assert asked("purpose=nonsense&city=Atlantis&people=x")["count"] == 3
