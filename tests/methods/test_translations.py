"""A card in another language: who may, what its page says, what is outdated, and that nobody overwrites anybody."""

import json
from dataclasses import replace
from typing import Any

import pytest

from forum import changes
from forum.communities.models import Community
from forum.methods import actions
from forum.methods.card import Access, Material, Step
from forum.models import Draft, Method, Translation, TranslationState
from forum.web.errors import Refusal
from tests.methods.cards import published, soup
from tests.methods.translated import GERMAN, said

pytestmark = pytest.mark.django_db

FORM = GERMAN | {"source": "1", "based_on": "0"}


def revised(method: Method, **changed: Any) -> None:
    card = replace(method.versions.get(number=method.version).card, **changed)
    actions.revise_method(
        editor=method.author, method=method, card=card, body=None, based_on=method.version, note="Larger"
    )
    method.refresh_from_db()


def german(client: Any, address: str) -> str:
    return " ".join(client.get(address, headers={"accept-language": "de"}).content.decode().split())


def test_a_member_translates_and_the_page_speaks_their_language(client_of, author, neighbour, visitor, open_house):
    method = published(author, open_house, tips="Bring salt.")
    client = client_of(neighbour)
    page = client.get(f"/methods/{method.pk}/in/de/edit/").content.decode()
    assert 'id="original-steps-1-text" lang="en"' in page
    answer = client.post(f"/methods/{method.pk}/in/de/edit/", FORM)
    assert answer["Location"] == f"/methods/{method.pk}/in/de/"
    page = german(visitor, f"/methods/{method.pk}/in/de/")
    assert '<h1 id="method-title" lang="de">Suppe im Hof</h1>' in page
    assert 'class="method-body body" lang="de"' in page
    assert "<h3>Einladen</h3>" in page
    assert '<h3 lang="en">Cook</h3>' in page  # what is missing stands in the original, marked
    assert '<dd lang="en"><p>Bring salt.</p></dd>' in page
    assert "Neighbour" in page
    assert "6–30" in page


def test_readers_meet_their_own_language_first_and_the_original_is_one_click_away(
    author, neighbour, visitor, open_house
):
    method = published(author, open_house)
    said(method, neighbour)
    page = german(visitor, method.get_absolute_url())
    assert "Suppe im Hof" in page
    assert f'href="/methods/{method.pk}/in/en/"' in page
    original = german(visitor, f"/methods/{method.pk}/in/en/")
    assert '<h1 id="method-title" lang="en">Soup in the courtyard</h1>' in original
    english = visitor.get(method.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert 'lang="en">Soup in the courtyard</h1>' in english


def test_a_language_that_is_missing_shows_the_original_and_asks_for_a_translation(
    client_of, author, neighbour, open_house
):
    method = published(author, open_house)
    page = client_of(neighbour).get(f"/methods/{method.pk}/in/uk/")
    words = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert 'lang="en">Soup in the courtyard</h1>' in words
    assert "Nobody has put this method into Українська yet." in words
    assert f'href="/methods/{method.pk}/in/uk/edit/"' in words
    assert client_of(neighbour).get(f"/methods/{method.pk}/in/tlh/").status_code == 404


def test_outdated_says_so_with_what_changed(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    assert "Made from version" not in visitor.get(f"/methods/{method.pk}/in/de/").content.decode()
    revised(method, summary="Neighbours cook two pots.", group_max=40)
    page = " ".join(visitor.get(f"/methods/{method.pk}/in/de/").content.decode().split())
    assert "Made from version 1; version 2 is the present one." in page
    assert "<ins>two" in page
    assert "Nachbarn kochen einen Topf." in page
    assert "6–40" in page, "figures are the card's"


def test_outdated_by_figures_alone_has_nothing_to_say_again(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    revised(method, group_max=40)
    page = " ".join(visitor.get(f"/methods/{method.pk}/in/de/").content.decode().split())
    assert "Only figures and choices changed" in page


def test_words_follow_their_steps(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour, texts={"steps-1-title": "Kochen"})
    invite, cook = soup().steps
    revised(method, steps=(Step(title="Wash", text="Hands first."), cook, invite))
    page = " ".join(visitor.get(f"/methods/{method.pk}/in/de/").content.decode().split())
    assert page.index('<h3 lang="en">Wash</h3>') < page.index("<h3>Kochen</h3>") < page.index("<h3>Einladen</h3>")


def test_every_kind_of_words_can_be_said_again(client_of, author, neighbour, visitor, open_house):
    method = published(
        author,
        open_house,
        materials=(Material(name="pot", quantity="2", unit="big", note="clean"),),
        access=(Access(key="seated", answer="yes", note="on benches"),),
        people=("neighbours", "friends"),
        tags=("soup",),
        body="Then **eat**.",
        invitation="Come.",
    )
    texts = {
        "materials-0-name": "Topf", "materials-0-unit": "große", "materials-0-note": "sauber",
        "access-seated": "auf Bänken", "people": "Nachbarn\nFreunde", "tags": "Suppe", "body": "Dann **essen**.",
        "invitation": "Kommt.",
    }  # fmt: skip
    client_of(neighbour).post(f"/methods/{method.pk}/in/de/edit/", FORM | texts)
    page = " ".join(visitor.get(f"/methods/{method.pk}/in/de/").content.decode().split())
    for words in ("2 große Topf", "sauber", "auf Bänken", "Nachbarn, Freunde", "Suppe", "<strong>essen</strong>"):
        assert words in page, words
    for words in ("on benches", "friends", "Come."):
        assert words not in page


def test_two_translators_never_overwrite_one_another(client_of, author, neighbour, steward, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    client = client_of(steward)
    late = FORM | {"title": "Hofsuppe"}
    answer = client.post(f"/methods/{method.pk}/in/de/edit/", late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hofsuppe" in page
    assert "Suppe im Hof" in page
    assert Translation.objects.get().title == "Suppe im Hof"
    assert client.post(f"/methods/{method.pk}/in/de/edit/", late | {"based_on": "1"}).status_code == 302
    assert Translation.objects.get().title == "Hofsuppe"
    assert TranslationState.objects.filter(texts__title="Suppe im Hof").count() == 1
    page = client.get(f"/methods/{method.pk}/in/de/").content.decode()
    assert "Neighbour, Steward" in page


def test_the_same_translation_sent_twice_is_one(author, neighbour, open_house):
    method = published(author, open_house)
    assert said(method, neighbour) == said(method, neighbour)


def test_who_may(client_of, author, neighbour, outsider, visitor, open_house, closed_house):
    method = published(author, open_house)
    address = f"/methods/{method.pk}/in/de/edit/"
    assert client_of(outsider).post(address, FORM).status_code == 422
    assert visitor.post(address, FORM).status_code == 302
    read_only = published(author, open_house, licence="read-only")
    own = f"/methods/{read_only.pk}/in/de/edit/"
    page = client_of(neighbour).get(own).content.decode()
    assert "for reading only" in page
    with pytest.raises(Refusal):
        said(read_only, neighbour)
    assert not Translation.objects.exists()
    assert client_of(author).post(own, FORM).status_code == 302
    secret = published(author, closed_house)
    said(secret, neighbour)
    for client in (client_of(outsider), visitor):
        for tail in ("", "edit/", "removal/"):
            assert client.get(f"/methods/{secret.pk}/in/de/{tail}").status_code in {404, 302}
        assert client.get(f"/methods/{secret.pk}/in/de/").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"summary": " "}, "summary"),
        ({"title": "x" * 81}, "title"),
        ({"steps-0-text": "x" * 241}, "steps-0-text"),
        ({"source": "99999999999"}, "source"),
        ({"based_on": "x"}, "based_on"),
    ],
)
def test_mistakes_stand_on_their_field_and_nothing_typed_is_lost(
    client_of, author, neighbour, open_house, changed, field
):
    method = published(author, open_house)
    answer = client_of(neighbour).post(f"/methods/{method.pk}/in/de/edit/", FORM | changed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert "Einladen" in answer.content.decode()
    assert not Translation.objects.exists()


def test_a_translation_of_itself_or_of_no_language_is_not_there(client_of, author, open_house):
    method = published(author, open_house)
    for language in ("en", "xx"):
        assert client_of(author).post(f"/methods/{method.pk}/in/{language}/edit/", FORM).status_code == 404
    with pytest.raises(Refusal) as refused:
        said(method, author, "en")
    assert refused.value.field == "language"


def test_a_change_of_the_card_while_translating_is_shown_and_pins_what_was_seen(
    client_of, author, neighbour, open_house
):
    method = published(author, open_house)
    revised(method, summary="Neighbours cook two pots.")
    answer = client_of(neighbour).post(f"/methods/{method.pk}/in/de/edit/", FORM)
    assert answer.status_code == 302
    assert TranslationState.objects.get().source.number == 1
    page = client_of(neighbour).get(f"/methods/{method.pk}/in/de/edit/").content.decode()
    assert "What changed in the original" in page
    assert 'name="source" value="2"' in page


def test_a_draft_goes_on_with_what_it_was_made_from(client_of, author, neighbour, open_house):
    method = published(author, open_house)
    client = client_of(neighbour)
    place = f"translation-de:{method.pk}"
    kept = FORM | {"title": "", "place": place, "whole": "title summary", "writer": str(neighbour.pk)}
    client.post(f"/methods/{method.pk}/in/de/edit/", kept)
    assert Draft.objects.get().place == place
    page = client.get("/drafts/").content.decode()
    assert f"/methods/{method.pk}/in/de/edit/" in page
    revised(method, steps=(Step(title="Wash", text="Hands first."), *soup().steps))
    page = client.get(f"/methods/{method.pk}/in/de/edit/").content.decode()
    assert 'name="source" value="1"' in page
    assert "Einladen" in page
    client.post(f"/methods/{method.pk}/in/de/edit/", kept | {"title": "Suppe"})
    assert not Draft.objects.exists()


def test_a_machine_says_so_until_somebody_has_read_it(client_of, author, neighbour, outsider, visitor, open_house):
    method = published(author, open_house)
    client_of(neighbour).post(f"/methods/{method.pk}/in/de/edit/", FORM | {"is_by_machine": "on"})
    address = f"/methods/{method.pk}/in/de/"
    assert "nobody has read it" in visitor.get(address).content.decode()
    assert client_of(outsider).post(address + "check/", {"number": "1"}).status_code == 422
    assert client_of(author).post(address + "check/", {"number": "1"}).status_code == 302
    page = visitor.get(address).content.decode()
    assert "Author has read it" in page
    assert "nobody has read it" not in page
    said(method, neighbour, texts={"title": "Maschinensuppe"}, is_by_machine=True)
    client_of(author).post(address + "check/", {"number": "1"})
    assert "nobody has read it" in visitor.get(address).content.decode(), "another one was read"


def test_taken_away_it_is_shown_nowhere_and_can_come_back(client_of, author, neighbour, steward, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    said(method, steward, texts={"title": "Hofsuppe"})
    address = f"/methods/{method.pk}/in/de/removal/"
    assert client_of(neighbour).post(address, {"reason": "x"}).status_code == 404
    assert client_of(author).post(address, {"reason": "It says something else."}).status_code == 302
    assert "Soup in the courtyard" in german(visitor, method.get_absolute_url())
    assert visitor.get("/search/?q=Hofsuppe").content.decode().count("thread-row") == 0
    said(method, neighbour)
    assert "Suppe im Hof" in german(visitor, method.get_absolute_url())
    assert TranslationState.objects.count() == 3


def test_machines_read_which_language_it_is_and_of_which_work(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    howto = visitor.get(f"/methods/{method.pk}/in/de/").context["howto"]
    assert (howto["inLanguage"], howto["name"]) == ("de", "Suppe im Hof")
    assert howto["translationOfWork"]["inLanguage"] == "en"
    assert howto["translationOfWork"]["url"].endswith(f"/methods/{method.pk}/in/en/")
    assert howto["step"][0]["name"] == "Einladen"
    assert howto["translator"] == [{"@type": "Person", "name": "Neighbour"}]
    assert "translationOfWork" not in visitor.get(f"/methods/{method.pk}/in/en/").context["howto"]


def test_open_pages_hear_of_it(author, neighbour, open_house):
    method = published(author, open_house)
    since = changes.head_of(f"method:{method.pk}")
    said(method, neighbour)
    assert changes.head_of(f"method:{method.pk}") == since + 1


def test_small_cards_in_letters_speak_the_readers_language(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    address = method.thread.get_absolute_url()
    assert 'class="method-cite" lang="de"' in german(visitor, address)
    assert 'class="method-cite" lang="en"' in visitor.get(address).content.decode()


def test_a_house_that_became_closed_keeps_its_translations(author, neighbour, visitor, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    Community.objects.filter(pk=open_house.pk).update(audience="members")
    for address in (f"/methods/{method.pk}/in/de/", "/search/?q=Suppe", "/methods/?q=Suppe&language=de"):
        assert "Suppe im Hof" not in visitor.get(address).content.decode()


def test_the_record_holds_them(client_of, author, neighbour, outsider, open_house):
    method = published(author, open_house)
    said(method, neighbour)
    record = json.loads(client_of(outsider).get(f"/methods/{method.pk}/record.json").content)
    assert record["translations"]["de"]["texts"]["title"] == "Suppe im Hof"
    assert record["translations"]["de"]["translators"] == ["Neighbour"]
