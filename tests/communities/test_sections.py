"""Sections: adding, renaming, moving, removing."""

import pytest

from forum.communities import actions
from forum.communities.models import Section
from forum.models import Thread
from forum.web.errors import Refusal
from tests.communities.helpers import kinds_on

PAGE = "/c/open-house/sections/"


def names(house):
    return [section.names.get("en") for section in house.sections.all()]


def test_adding_in_several_languages(client_of, steward, open_house):
    response = client_of(steward).post(PAGE, {"name_en": " Workshops <b>today</b>\u202e ", "name_uk": "Методи"})
    assert response["Location"] == PAGE
    added = open_house.sections.last()
    assert added.names == {"en": "Workshops <b>today</b>", "uk": "Методи"}
    assert "<b>today" not in client_of(steward).get(PAGE).content.decode()
    assert kinds_on(f"community:{open_house.pk}") == ["community.changed"]


def test_a_section_has_a_name(client_of, steward, open_house):
    browser = client_of(steward)
    for nameless in ({}, {"name_en": "  "}, {"name_en": "x" * 81}, {"name_en": "\x00"}):
        assert browser.post(PAGE, nameless).status_code == 422
    assert names(open_house) == ["Workshops"]


def test_renaming(client_of, steward, open_house):
    section = open_house.sections.get()
    browser = client_of(steward)
    assert "Warsztaty" in browser.get(f"{PAGE}{section.pk}/").content.decode()
    browser.post(f"{PAGE}{section.pk}/", {"name_en": "Ways of working"})
    assert names(open_house) == ["Ways of working"]


def test_moving(client_of, steward, open_house):
    for name in ("B", "C"):
        actions.add_section(by=steward, community=open_house, names={"en": name})
    last = open_house.sections.last()
    browser = client_of(steward)
    browser.post(f"{PAGE}{last.pk}/position/", {"move": "up"})
    assert names(open_house) == ["Workshops", "C", "B"]
    browser.post(f"{PAGE}{last.pk}/position/", {"move": "up"})
    browser.post(f"{PAGE}{last.pk}/position/", {"move": "up"})  # at the top already
    assert names(open_house) == ["C", "Workshops", "B"]
    browser.post(f"{PAGE}{last.pk}/position/", {"move": "down"})
    assert names(open_house) == ["Workshops", "C", "B"]


def test_threads_outlive_their_section(client_of, steward, author, open_house):
    section = open_house.sections.get()
    thread = Thread.objects.create(
        community=open_house,
        section=section,
        title="Tea",
        language="en",
        audience="anyone",
        author=author,
        last_author=author,
    )
    browser = client_of(steward)
    assert browser.get(f"{PAGE}{section.pk}/removal/").status_code == 200
    assert Section.objects.filter(pk=section.pk).exists()
    browser.post(f"{PAGE}{section.pk}/removal/")
    thread.refresh_from_db()
    assert thread.section is None
    assert names(open_house) == []
    with pytest.raises(Refusal):
        actions.change_section(by=steward, section=section, names={"en": "Ghost"})


def test_only_stewards(client_of, cast, outsider, visitor, open_house):
    section = open_house.sections.get()
    pages = [PAGE, f"{PAGE}{section.pk}/", f"{PAGE}{section.pk}/position/", f"{PAGE}{section.pk}/removal/"]
    for browser in (visitor, *(client_of(who) for who in (outsider, cast["author"], cast["moderator"]))):
        for page in pages:
            assert browser.post(page, {"name_en": "Mine"}).status_code == 404
    with pytest.raises(Refusal):
        actions.remove_section(by=cast["moderator"], section=section)
    assert names(open_house) == ["Workshops"]


def test_a_section_of_another_house_is_not_there(client_of, steward, open_house, closed_house):
    section = closed_house.sections.get()
    assert client_of(steward).get(f"/c/closed-house/sections/{section.pk}/").status_code == 200
    assert client_of(steward).get(f"{PAGE}{section.pk}/").status_code == 404
