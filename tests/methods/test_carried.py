"""Translations out of the house and in again, and found by their own words."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Member
from forum.methods import actions
from forum.methods.frontmatter import from_markdown
from forum.methods.records import incoming
from forum.models import Community, Method, SearchDocument, Translation
from tests.methods.cards import published, soup
from tests.methods.test_import import LINE, file_of, take_in, written_out
from tests.methods.translated import said

pytestmark = pytest.mark.django_db

TEXTS = {"title": "Bench", "summary": "Sit down.", "body": "Then <b>stay</b>.", "body_format": "markdown"}
ARRIVING: dict[str, Any] = {
    "en": {"texts": TEXTS, "translators": ["Ann"], "at": "2024-05-03T10:00:00+00:00", "by_machine": True}
}


def everything_told(author: Member, neighbour: Member, house: Community) -> Method:
    """In two languages, one of them by two people, checked and outdated."""
    method = published(author, house, body="Long **told**.", tags=("soup",), title="Soup", tips="Salt.")
    texts = {"body": "Lang **erzählt**.", "body_format": "markdown", "tips": "Salz.", "steps-1-title": "Kochen"}
    said(method, neighbour, texts=texts, is_by_machine=True)
    actions.check_translation(by=author, translation=method.translations.get(), number=1)
    said(method, author, "pl", texts={"title": "Zupa", "summary": "Sąsiedzi gotują."})
    card = soup(body="Long **told**.", tags=("soup",), title="Soup, twice", tips="", steps=soup().steps[1:])
    actions.revise_method(editor=author, method=method, card=card, body=None, based_on=1, note="x")
    said(method, author, "pl", texts={"title": "Zupa drugi raz", "summary": "Sąsiedzi gotują."})
    return method


def test_out_and_in_and_out_is_the_same_to_the_byte(
    author: Member, neighbour: Member, open_house: Community, closed_house: Community, tmp_path: Path
) -> None:
    everything_told(author, neighbour, open_house)
    first = written_out(tmp_path, open_house)
    (tmp_path / "first.jsonl").write_bytes(first)
    assert "1 new methods" in take_in(tmp_path / "first.jsonl", closed_house)
    assert written_out(tmp_path, closed_house) == first
    line = json.loads(first)["translations"]
    assert list(line) == ["de", "pl"]
    assert line["de"]["texts"]["steps-0-title"] == "Kochen", "its step moved up"
    assert (line["de"]["outdated"], line["de"]["checked_by"]) == (True, "Author")
    assert "outdated" not in line["pl"]
    assert line["pl"]["translators"] == ["Author"]
    assert Translation.objects.filter(method__community=closed_house).count() == 2


def test_what_came_keeps_its_translator_and_says_when_it_is_behind(
    visitor: Any, author: Member, neighbour: Member, open_house: Community, tmp_path: Path
) -> None:
    outdated = ARRIVING["en"] | {"outdated": True}
    take_in(file_of(tmp_path, LINE | {"translations": {"en": outdated}}), open_house)
    method = Method.objects.get()
    page = visitor.get(f"/methods/{method.pk}/in/en/").content.decode()
    for words in (
        "Translated by Ann",
        "nobody has read it",
        "an earlier version",
        "<strong>stay</strong>",
        "Sit down.",
    ):
        assert words in page, words
    said(method, neighbour, "en")
    page = visitor.get(f"/methods/{method.pk}/in/en/").content.decode()
    assert "Ann, Neighbour" in page
    assert "an earlier version" not in page


ODD: dict[str, Any] = {
    "a list": ["en"],
    "words": "https://shelf.example/en",
    "a language nobody knows": {"tlh": ARRIVING["en"]},
    "its own language": {"de": ARRIVING["en"]},
    "more than we know": {"en": ARRIVING["en"] | {"mood": "good"}},
    "no title": {"en": ARRIVING["en"] | {"texts": {"summary": "x"}}},
    "a spot the card has not": {"en": ARRIVING["en"] | {"texts": TEXTS | {"steps-9-title": "x"}}},
    "numbers for words": {"en": ARRIVING["en"] | {"texts": TEXTS | {"summary": 5}}},
    "no date": {"en": ARRIVING["en"] | {"at": "yesterday"}},
    "in another order": {"en": dict(reversed(ARRIVING["en"].items()))},
}


@pytest.mark.parametrize("about", ODD)
def test_what_is_told_in_another_way_passes_through(
    about: str, open_house: Community, closed_house: Community, tmp_path: Path
) -> None:
    take_in(file_of(tmp_path, LINE | {"translations": ODD[about]}), open_house)
    assert not Translation.objects.exists()
    first = written_out(tmp_path, open_house)
    assert json.loads(first)["translations"] == ODD[about]
    (tmp_path / "first.jsonl").write_bytes(first)
    take_in(tmp_path / "first.jsonl", closed_house)
    assert written_out(tmp_path, closed_house) == first


def test_ours_stand_beside_those_that_came(
    author: Member, open_house: Community, closed_house: Community, tmp_path: Path
) -> None:
    take_in(file_of(tmp_path, LINE | {"translations": ["en"]}), open_house)
    method = Method.objects.get()
    said(method, author, "en")
    first = written_out(tmp_path, open_house)
    assert json.loads(first)["translations_here"]["en"]["texts"]["title"] == "Suppe im Hof"
    (tmp_path / "first.jsonl").write_bytes(first)
    take_in(tmp_path / "first.jsonl", closed_house)
    assert written_out(tmp_path, closed_house) == first
    assert Translation.objects.count() == 2


def test_markup_in_a_translation_does_no_harm(visitor: Any, open_house: Community, tmp_path: Path) -> None:
    bad = {"title": "<script>alert(1)</script>", "body": "<img src=x onerror=alert(1)><a href='javascript:x'>x</a>"}
    line = LINE | {"translations": {"en": ARRIVING["en"] | {"texts": bad}}}
    take_in(file_of(tmp_path, line), open_house)
    page = visitor.get(f"/methods/{Method.objects.get().pk}/in/en/").content.decode()
    assert Translation.objects.exists()
    for words in ("<script>alert", "onerror", "javascript:"):
        assert words not in page


def test_the_markdown_file_brings_them_too(
    author: Member, neighbour: Member, visitor: Any, open_house: Community
) -> None:
    method = everything_told(author, neighbour, open_house)
    back = incoming(from_markdown(visitor.get(f"/methods/{method.pk}/card.md").content.decode()))
    assert [each.language for each in back.translations] == ["de", "pl"]


def found(client: Any, words: str, language: str = "en") -> list[tuple[str, str, str]]:
    headers = {"accept": "application/json", "accept-language": language}
    results = client.get(f"/search/?q={words}", headers=headers).json()["results"]
    return [(each["kind"], each["url"], each["language"]) for each in results]


def test_search_finds_each_language_by_its_own_stems_once(
    author: Member, neighbour: Member, visitor: Any, open_house: Community
) -> None:
    method = published(author, open_house)
    said(method, neighbour, texts={"tips": "Zwei Laternen aufhängen.", "summary": "Nachbarinnen kochen Suppe."})
    address = f"/methods/{method.pk}/in/de/"
    assert found(visitor, "Laterne") == [("method", address, "de")]
    assert found(visitor, "neighbour") == [("method", method.get_absolute_url(), "en")]
    assert found(visitor, "Suppe") == [("method", address, "de")]
    page = visitor.get("/search/?q=Laterne Suppe").content.decode()
    assert '<p class="passage" lang="de">' in page
    assert [row.title for row in visitor.get("/methods/?q=Laterne").context["found"]] == [method.title]


def test_the_librarys_language_finds_translations_too(
    author: Member, neighbour: Member, visitor: Any, open_house: Community
) -> None:
    method = published(author, open_house)
    published(author, open_house, title="Only English")
    said(method, neighbour)
    for language, titles in (("de", ["Soup in the courtyard"]), ("uk", [])):
        rows = visitor.get(f"/methods/?language={language}").context["found"]
        assert [row.title for row in rows] == titles
    page = visitor.get("/methods/", headers={"accept-language": "de"}).content.decode()
    assert 'lang="de">Suppe im Hof</a>' in page
    assert 'lang="en">Only English</a>' in page


def test_the_index_made_anew_knows_them(author: Member, neighbour: Member, visitor: Any, open_house: Community) -> None:
    method = published(author, open_house)
    said(method, neighbour, texts={"tips": "Laternen"})
    SearchDocument.objects.all().delete()
    call_command("index_search", verbosity=0)
    assert [kind for kind, _, _ in found(visitor, "Suppe")] == ["method"]
