"""The demo's words hang together: everybody who speaks belongs there, and time runs forward."""

import io
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from forum.management.demo import content, drawings, pictures
from forum.threads.models import Reaction

NOW = datetime(2026, 3, 30, 0, 20, tzinfo=UTC)
STORIES = content.stories(NOW)
HOUSES = {house["slug"]: house for house in content.communities()}
LANGUAGES = {"pl", "en", "de", "uk"}


def belongs(key: str, slug: str) -> bool:
    return key in content.ROLES or key in HOUSES[slug]["members"]


def test_the_size_of_the_demo() -> None:
    posts = [letter for story in STORIES for letter in story.letters]
    assert len(content.members()) == 16
    assert len(HOUSES) == 5
    assert len(STORIES) == 20
    assert 140 <= len(posts) <= 180
    assert max(len(story.letters) for story in STORIES) == 60
    assert {letter.language for letter in posts} == LANGUAGES
    assert Counter(letter.language for letter in posts).most_common(1)[0][0] == "pl"
    assert timedelta(days=700) < NOW - min(letter.at for letter in posts) < timedelta(days=800)


def test_there_is_something_of_everything() -> None:
    posts = [letter for story in STORIES for letter in story.letters]
    assert any(letter.deleted for letter in posts)
    assert any(letter.edited for letter in posts)
    assert any(letter.to for letter in posts)
    assert sum(story.locked is not None for story in STORIES) == 1
    assert 1 <= sum(story.pinned is not None for story in STORIES) <= 2
    for mark in (">>", "@", "### ", "\n1. ", "\n- ", "picture:"):
        assert any(mark in letter.text for letter in posts), mark


@pytest.mark.parametrize("slug", list(HOUSES))
def test_communities_speak_four_languages(slug: str) -> None:
    house = HOUSES[slug]
    for words in (house["names"], house["descriptions"], house["welcomes"], *(s["names"] for s in house["sections"])):
        assert set(words) == LANGUAGES
        assert all(words.values())
    assert 3 <= len(house["sections"]) <= 5


def test_memberships_are_the_ones_others_rely_on() -> None:
    of = {key: {slug for slug in HOUSES if belongs(key, slug)} for key in content.members()}
    assert of["animator"] == of["neighbour"] == {"art-of-the-neighbourhood", "berlin-wroclaw"}
    assert of["city"] == {"coalition-of-cities", "ecoc-family"}
    assert of["steward"] == of["moderator"] == set(HOUSES)
    assert of["outsider"] == of["admin"] == set()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.title)
def test_a_story_holds_together(story: content.Story) -> None:
    sections = {section["key"] for section in HOUSES[story.community]["sections"]}
    assert story.section in sections
    assert len(story.title) <= 200
    times = [letter.at for letter in story.letters]
    assert times == sorted(times)
    assert times[-1] < NOW
    for letter in story.letters:
        assert belongs(letter.by, story.community), letter
        assert letter.to is None or letter.to < letter.number
        if letter.edited:
            assert letter.at < letter.edited[0] < NOW
        for kind, keys in letter.reactions.items():
            assert kind in Reaction.Kind.values
            assert all(belongs(key, story.community) and key != letter.by for key in keys), letter
        given = [key for keys in letter.reactions.values() for key in keys]
        assert len(given) == len(set(given)), f"two reactions of one member: {letter}"
    for key, number in story.read.items():
        own = max((letter.number for letter in story.letters if letter.by == key), default=0)
        assert belongs(key, story.community)
        assert own <= number <= len(story.letters), f"{key} has read what they wrote, up to {own}"


def test_the_newest_post_is_of_today() -> None:
    newest = max(letter.at for story in STORIES for letter in story.letters)
    assert timedelta() < NOW - newest < timedelta(hours=6)


@pytest.mark.parametrize("name", ["zine", "neon", "poster"])
def test_pictures_are_drawn(name: str) -> None:
    assert Image.open(io.BytesIO(pictures.draw(name))).width >= 600


@pytest.mark.parametrize("name", ["linocut", "soup", "stones"])
def test_the_pictures_of_methods_are_drawn(name: str) -> None:
    assert Image.open(io.BytesIO(drawings.draw(name))).width >= 600
