"""What is found, in which form of a word, in which language: through the address people use."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from forum import search, text
from forum.models import Community, Post, SearchDocument, Thread
from forum.search import index
from forum.threads import actions
from forum.threads.imports import Contribution, import_contributions
from tests.methods.cards import published, soup

pytestmark = pytest.mark.django_db


def begun(author: Any, house: Community, title: str, words: str = "Tea at six.", language: str = "en") -> Thread:
    body = text.clean(words, "markdown")
    return actions.start_thread(
        author=author, community=house, title=title, body=body, language=language, at=timezone.now()
    )


def answered(author: Any, thread: Thread, words: str, language: str | None = None) -> Post:
    body = text.clean(words, "markdown")
    return actions.reply(author=author, thread=thread, body=body, language=language, at=timezone.now())


def asked(client: Any, words: str, **more: Any) -> dict[str, Any]:
    answer = client.get("/search/", {"q": words, **more}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def titles(client: Any, words: str, **more: Any) -> list[str]:
    return [result["title"] for result in asked(client, words, **more)["results"]]


@pytest.mark.parametrize(
    ("language", "written", "looked_for"),
    [
        ("pl", "Warsztat dla sąsiadów", "warsztaty"),
        ("pl", "Warsztaty na podwórku", "warsztat podwórko"),
        ("pl", "Spotkanie w Łodzi", "Łódź"),
        ("pl", "Miasto Łódź", "Lodz"),
        ("pl", "Miasto Łódź", "ŁÓDŹ"),
        ("de", "Häuser und Gärten", "Haus"),
        ("de", "Die große Straße", "grosse strasse"),
        ("en", "Neighbours singing together", "neighbour sings"),
        ("uk", "Сусідська п’ятниця", "п'ятниця"),
        ("uk", "Київ", "київ"),
    ],
)
def test_a_word_is_found_in_other_forms_of_its_language(author, visitor, open_house, language, written, looked_for):
    begun(author, open_house, written, language=language)
    begun(author, open_house, "Quite another thing")
    assert titles(visitor, looked_for) == [written]


def test_the_language_is_the_texts_not_the_readers(client_of, author, open_house):
    begun(author, open_house, "Warsztat", language="pl")
    reader = client_of(author)
    reader.cookies["django_language"] = "de"
    assert titles(reader, "warsztaty") == ["Warsztat"]


def test_a_stem_of_one_language_does_not_meet_a_word_of_another(author, visitor, open_house):
    begun(author, open_house, "Warsztaty", language="en")  # in an English text it is no Polish word
    assert titles(visitor, "warsztatów") == []
    assert titles(visitor, "warsztaty") == ["Warsztaty"]


def test_every_word_has_to_be_there(author, visitor, open_house):
    begun(author, open_house, "Soup and songs", "In the yard.")
    begun(author, open_house, "Soup alone", "In the kitchen.")
    assert titles(visitor, "soup songs yard") == ["Soup and songs"]
    assert titles(visitor, "soup cellar") == []


def test_a_word_in_the_title_comes_first(author, visitor, open_house):
    begun(author, open_house, "Lanterns")
    begun(author, open_house, "Tea", "With lanterns, cups and a long table under the tree.")
    assert titles(visitor, "lantern") == ["Lanterns", "Tea"]


def test_what_a_result_says(author, neighbour, visitor, open_house):
    thread = begun(author, open_house, "Podwórko", "Zaczynamy.", "pl")
    post = answered(neighbour, thread, "We sang under the **walnut tree**.", "en")
    assert asked(visitor, "walnut trees") == {
        "count": 1,
        "results": [
            {
                "kind": "post",
                "id": post.pk,
                "url": f"/posts/{post.pk}/",
                "title": "Podwórko",
                "community": "open-house",
                "language": "en",
                "passages": ["We sang under the walnut tree."],
            }
        ],
    }


def test_threads_replies_and_methods_are_told_apart(author, visitor, open_house):
    answered(author, begun(author, open_house, "Lanterns"), "More lanterns.")
    published(author, open_house, title="Lantern walk")
    assert asked(visitor, "lantern")["count"] == 3
    for kind in ("thread", "post", "method"):
        found = asked(visitor, "lantern", kind=kind)
        assert (found["count"], [result["kind"] for result in found["results"]]) == (1, [kind])
    page = visitor.get("/search/", {"q": "lantern"}).content.decode()
    assert 'Methods <span class="soft">1</span>' in page


def test_a_method_is_found_by_everything_it_says_and_once(author, visitor, open_house):
    method = published(author, open_house, risks="Hot water near small children.")
    found = asked(visitor, "hot water kettle")
    assert found["count"] == 0
    found = asked(visitor, "hot water")["results"]
    assert [(result["kind"], result["url"]) for result in found] == [("method", method.get_absolute_url())]
    assert titles(visitor, "courtyard soup") == [method.title]  # and not its thread as well


def test_the_page_marks_the_words_and_says_their_language(author, visitor, open_house):
    begun(author, open_house, "Warsztat", "Zrobimy <lampiony> & latawce na podwórkach.", "pl")
    page = visitor.get("/search/", {"q": "podwórko latawiec"}).content.decode()
    assert "<lampiony>" not in page
    page = visitor.get("/search/", {"q": "podwórko"}).content.decode()
    assert '<p class="passage" lang="pl">' in page
    assert "<mark>podwórkach</mark>" in page


def test_nothing_found_helps_on(visitor, open_house):
    page = visitor.get("/search/", {"q": "<b>zebra</b>"}).content.decode()
    assert "&lt;b&gt;zebra&lt;/b&gt;" in page
    assert "Fewer words find more." in page
    assert asked(visitor, "") == {"count": 0, "results": []}
    assert visitor.get("/search/").status_code == 200


def test_more_than_a_page_of_results_is_leafed_through(author, visitor, open_house):
    rows = [
        Contribution(str(n), f"Lantern {n}", text.clean("Tea", "markdown"), "en", timezone.now()) for n in range(45)
    ]
    author.is_house = True
    assert sum(import_contributions(author=author, community=open_house, rows=rows)) == 45
    seen = [title for page in (1, 2, 3, 4) for title in titles(visitor, "lantern", page=page)]
    assert len(seen) == len(set(seen)) == 45
    assert 'rel="next"' in visitor.get("/search/", {"q": "lantern", "page": 2}).content.decode()
    assert 'rel="next"' not in visitor.get("/search/", {"q": "lantern", "page": 3}).content.decode()


def test_the_index_made_anew_is_the_same(author, visitor, open_house):
    from django.core.management import call_command

    thread = begun(author, open_house, "Lanterns")
    post = answered(author, thread, "A kite.")
    gone = answered(author, thread, "A kite too.")
    actions.delete_post(by=author, post=gone)
    published(author, open_house, title=soup().title)
    before = set(SearchDocument.objects.values_list("kind", "object_id"))
    search.remove("thread", [thread.pk])
    search.put(kind="post", pk=999_999, community=open_house.pk, language="en", title="", text="A kite of nobody's")
    call_command("index_search", verbosity=0)
    assert set(SearchDocument.objects.values_list("kind", "object_id")) == before
    assert titles(visitor, "lantern") == ["Lanterns"]
    assert [result["id"] for result in asked(visitor, "kite")["results"]] == [post.pk]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json, */*", "application/json"),
        ("application/json;q=0.5, text/html", "text/html"),
        ("application/*", "application/json"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
    ],
)
@pytest.mark.parametrize("address", ["/search/?q=tea", "/methods/"])
def test_who_prefers_json_gets_json(visitor, address, accept, kind):
    answer = visitor.get(address, headers={"Accept": accept})
    assert answer["Content-Type"].startswith(kind)
    assert "Accept" in answer["Vary"].split(", ")


def test_a_text_of_more_words_than_an_index_holds_is_found_by_the_others(author, visitor, open_house):
    """PostgreSQL keeps a megabyte of terms a row."""
    ligatures = [chr(each) for each in range(0xFC00, 0xFC5E)]
    tail = "".join(ligatures[:18])
    long = " ".join(one + two + tail for one in ligatures for two in ligatures[:60])
    method = published(author, open_house, title="Lantern", summary="Evening.")
    entry = search.Entry(
        kind="method", pk=method.pk, community=open_house.pk, language="en", title="Lantern", text=long
    )
    search.put_all([replace(entry, text=f"tea {long}", others=(("de", "Laterne", long),))])
    for words in ("Lantern", "Laternen", "tea"):
        assert titles(visitor, words) == ["Lantern"]


def test_of_too_many_terms_the_same_ones_stay():
    many = {f"{n:04}" for n in range(9_999)}
    kept = index.kept({"title"}, many, most=1_000)
    assert kept == index.kept({"title"}, {*sorted(many, reverse=True)}, most=1_000)
    assert 50 < len(kept) < 200
    assert index.kept({"a"}, {"a", "b"}, most=1_000) == ["b"]
