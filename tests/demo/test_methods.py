"""The demo's methods: every card could be published by a person today, and time runs forward."""

import re
from collections import Counter
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from forum.management.demo import content, methods
from forum.methods.card import ROWS, Card, CardPicture
from forum.methods.check import ADAPTATION_KINDS, LENGTHS, STEP_TEXT, problems, wrong_with
from forum.methods.translations import texts
from forum.methods.tryforms import FullTryForm
from forum.methods.vocabularies import ADAPTABLE

NOW = datetime(2026, 3, 30, 0, 20, tzinfo=UTC)
WRITTEN = {method["key"]: method for method in methods.written()}
HOUSES = {house["slug"]: house for house in content.communities()}
EVENTS = methods.happenings(NOW)
TRIES = [(method["key"], told) for method in WRITTEN.values() for told in method.get("try", [])]
METHOD = {"community", "key", "by", "ago", "card", "adapts", "version", "try", "reply", "pictures"}
VERSION = {"ago", "note", "card"}
MINE = {"by", "ago", "grown"}


@cache
def told() -> dict[str, list[Card]]:
    """Every method's cards, the versions in their order."""
    cards: dict[str, list[Card]] = {}
    for event in EVENTS:
        if event.kind in {"method", "version"}:
            before = cards.get(event.said["adapts"]["method"] if "adapts" in event.said else event.key, [])
            base = before[-1].to_json() if before else {}
            cards.setdefault(event.key, []).append(Card.from_json({**base, **event.said["card"]}))
    return cards


def belongs(key: str, slug: str) -> bool:
    return key in content.ROLES or key in HOUSES[slug]["members"]


def test_the_size_of_the_library() -> None:
    first = [cards[0] for cards in told().values()]
    assert Counter(card.language for card in first) == {"pl": 15, "en": 6, "de": 6, "uk": 4}
    assert {method["community"] for method in WRITTEN.values()} == set(HOUSES)
    assert Counter(method["community"] for method in WRITTEN.values()).most_common(1)[0][0] == (
        "art-of-the-neighbourhood"
    )
    assert sum("version" in method for method in WRITTEN.values()) == 4
    assert max(len(cards) for cards in told().values()) == 3
    assert sum("adapts" in method for method in WRITTEN.values()) == 5
    assert len(TRIES) >= 35
    assert timedelta(days=690) < NOW - EVENTS[0].at < timedelta(days=742)


def test_there_is_something_of_everything() -> None:
    last = [cards[-1] for cards in told().values()]
    for field in fields(Card):
        if field.name not in {"imported", "body_format", "pictures"}:
            assert any(getattr(card, field.name) not in (None, "", ()) for card in last), field.name
    pictures = [said for method in WRITTEN.values() for said in method.get("pictures", [])]
    assert {said.get("people", False) for said in pictures} == {True, False}
    bare = [card for card in last if card.minutes_min is None and not card.steps and not card.purposes]
    assert 4 <= len(bare) <= 8
    assert [card.licence for card in last].count("read-only") == 1
    assert "CC0-1.0" in {card.licence for card in last}
    assert {told["again"] for _key, told in TRIES} == {"yes", "with_changes", "elsewhere", "no"}
    assert sum("grown" in told for _key, told in TRIES) >= 4
    assert sum(told.get("is_nameless", False) for _key, told in TRIES) >= 3
    assert len({told["city"] for _key, told in TRIES if "city" in told}) >= 5


def test_something_for_neighbours_of_all_ages_one_hour_no_budget_outdoors() -> None:
    fitting = [
        key
        for key, cards in told().items()
        if (card := cards[-1]).cost_band == "0"
        and (card.minutes_min or 99) <= 60
        and (card.group_min or 99) <= 25 <= (card.group_max or 0)
        and {"courtyard", "street", "park"} & set(card.space)
    ]
    assert len(fitting) >= 3


@pytest.mark.parametrize("key", list(WRITTEN))
def test_a_method_holds_together(key: str) -> None:
    method, slug = WRITTEN[key], WRITTEN[key]["community"]
    assert set(method) <= METHOD
    assert re.fullmatch(r"[a-z-]+", key)
    assert belongs(method["by"], slug)
    for card in told()[key]:
        assert problems(card) == {}
    for picture in method.get("pictures", []):
        assert wrong_with(CardPicture(**{name: said for name, said in picture.items() if name != "drawn"})) == {}
    for said in (method, *method.get("version", [])):
        assert set(said["card"]) <= {field.name for field in fields(Card)}
        assert all(set(row) <= _names(name) for name in ROWS for row in said["card"].get(name, []))
    for version in method.get("version", []):
        assert set(version) == VERSION
        assert 0 < len(version["note"]) <= 140
    for reply in method.get("reply", []):
        assert belongs(reply["by"], slug)
    if adapts := method.get("adapts"):
        assert set(adapts) == {"method", "why", "kinds"}
        assert 0 < len(adapts["why"]) <= 400
        assert set(adapts["kinds"]) <= ADAPTATION_KINDS
        assert told()[adapts["method"]][-1].licence in ADAPTABLE
        assert WRITTEN[adapts["method"]]["by"] != method["by"]


def _names(name: str) -> set[str]:
    return {field.name for field in fields(ROWS[name])}


@pytest.mark.parametrize(("key", "said"), TRIES, ids=lambda value: value if isinstance(value, str) else value["by"])
def test_a_try_could_be_told_in_the_form(key: str, said: dict[str, Any]) -> None:
    assert belongs(said["by"], WRITTEN[key]["community"])
    grown = {name: value for name, value in said.get("grown", {}).items() if name != "ago"}
    data = {name: value for name, value in said.items() if name not in MINE} | grown
    assert set(data) <= set(FullTryForm.base_fields)
    form = FullTryForm({"month": "2026-02", **data})
    assert form.is_valid(), form.errors


def test_time_runs_forward() -> None:
    begun: set[str] = set()
    for event in EVENTS:
        if event.kind == "method":
            begun.add(event.key)
        assert event.key in begun, event
        assert "adapts" not in event.said or event.said["adapts"]["method"] in begun
        assert NOW - timedelta(days=HOUSES[WRITTEN[event.key]["community"]]["founded"]) < event.at < NOW
    for key, said in TRIES:
        if "grown" in said:
            assert content.moment(said["ago"], NOW) < content.moment(said["grown"]["ago"], NOW), key


def test_threads_name_methods_that_stood_already() -> None:
    at = {event.key: event.at for event in EVENTS if event.kind == "method"}
    named = 0
    for story in content.stories(NOW):
        for letter in story.letters:
            for key in re.findall(r"^method:(.+)$", letter.text, re.MULTILINE):
                assert at[key] < letter.at
                named += 1
    assert named >= 3


TRANSLATED = methods.translated()


def test_translations_say_what_their_cards_said_then() -> None:
    """Three or more, one of them outdated, one of them begun by a machine and read."""
    outdated = []
    for said in TRANSLATED:
        key, slug = said["method"], WRITTEN[said["method"]]["community"]
        at = content.moment(said["ago"], NOW)
        before = [event for event in EVENTS if event.key == key and event.kind in {"method", "version"}]
        version = sum(event.at < at for event in before)
        card = told()[key][version - 1]
        spots = {spot.name for spot in texts.spots(card)}
        assert set(said["texts"]) <= spots, key
        assert {"title", "summary"} <= set(said["texts"])
        for name, words in said["texts"].items():
            assert len(words) <= LENGTHS.get(name, STEP_TEXT), (key, name)
        assert belongs(said["by"], slug)
        assert said["language"] != card.language
        assert card.licence != "read-only"
        outdated += [key] if version < len(before) else []
    assert len(TRANSLATED) >= 3
    assert outdated == ["linocut"]
    assert [said["checked"]["by"] for said in TRANSLATED if said.get("machine")] == ["animator"]


def test_nobody_shouts() -> None:
    for path in (content.HERE / "translations.toml", *(content.HERE / "methods").glob("*.toml")):
        assert "!" not in path.read_text(encoding="utf-8"), path
