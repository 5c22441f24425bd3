"""What nobody should send, and what a slip of the hand sends: a clear word, and nothing lost."""

from dataclasses import replace

import pytest

from forum import text
from forum.methods import actions
from forum.methods.records import BadRecord, incoming
from forum.models import Method, Try
from forum.web.errors import Refusal
from tests.methods.cards import published, soup
from tests.methods.test_import import LINE, file_of, take_in
from tests.methods.test_pages import FILLED

pytestmark = pytest.mark.django_db


def test_a_need_named_a_hundred_times_is_named_once(visitor, open_house, author):
    published(author, open_house)
    for name, value in (("access", "seated"), ("purpose", "meet"), ("space", "park")):
        query = "&".join([f"{name}={value}"] * 900)
        for address in ("/methods/", "/methods/methods.csv"):
            assert visitor.get(f"{address}?{query}").status_code in (200, 404), (name, address)


@pytest.mark.parametrize("based_on", ["1.0", " 1 ", "99", "٣"])
def test_a_change_of_a_version_that_never_was_is_a_change_in_between(client_of, author, open_house, based_on):
    method = published(author, open_house)
    actions.revise_method(
        editor=author, method=method, card=soup(title="Soup, twice"), body=None, based_on=1, note="twice"
    )
    form = FILLED | {"based_on": based_on, "note": "mine", "title": "Soup, thrice"}
    page = client_of(author).post(f"/methods/{method.pk}/edit/", form)
    assert page.status_code in (409, 422)
    assert "Soup, thrice" in page.content.decode()


@pytest.mark.parametrize("more", [{"body_format": "exe"}, {"age_max": 40_000}, {"body_format": ["html"]}])
def test_a_line_that_cannot_be_kept_says_so_and_breaks_nothing(more):
    with pytest.raises(BadRecord):
        incoming(LINE | more)


def test_the_reason_does_not_say_the_word_again(author, open_house):
    method = published(author, open_house, title="Soup with Zosia")
    with pytest.raises(Refusal) as refused:
        actions.redact_method(by=author, method=method, words="zosia", reason="Zosia is a child")
    assert refused.value.field == "reason"


def test_what_only_passes_through_is_searched_whatever_its_key(author, open_house):
    method = published(author, open_house, imported={"purposes": "Zosia", "key": ["of Zosia"], "by Zosia": 1})
    actions.redact_method(by=author, method=method, words="Zosia", reason="a child's name")
    assert "Zosia" not in str(method.versions.get(number=1).content)


def test_a_short_name_in_a_text_as_long_as_can_be(author, open_house):
    card = soup(body="Al eats. " * 11_110, steps=())
    body = text.clean(card.body, "markdown", most=100_000)
    method = actions.publish_method(author=author, community=open_house, card=card, body=body)
    actions.redact_method(by=author, method=method, words="al", reason="a child's name")
    assert " al " not in text.plain(method.versions.get(number=1).html).lower()


def test_a_name_written_in_two_parts_of_a_letter_is_the_same_name(author, open_house):
    method = published(author, open_house, risks="Zo\u0301sia sings.")
    actions.redact_method(by=author, method=method, words="Zósia", reason="a child's name")
    assert "sia" not in method.versions.get(number=1).card.risks
    method = published(author, open_house, risks="Zósia sings.")
    actions.redact_method(by=author, method=method, words="Zo\u0301sia", reason="a child's name")
    assert "sia" not in method.versions.get(number=1).card.risks


def test_what_was_told_of_a_try_is_not_dropped_with_an_idea(client_of, author, open_house):
    told = {"try-month": "2026-03", "try-people": "12", "try-again": "yes", "try-sentence": "It rained."}
    page = client_of(author).post(f"/c/{open_house.slug}/methods/new/", FILLED | {"maturity": "idea"} | told)
    assert (page.status_code == 422 and "It rained." in page.content.decode()) or Try.objects.get().sentence


def test_a_card_of_sixty_steps_is_not_shortened_silently(client_of, author, neighbour, open_house):
    page = client_of(author).post(
        f"/c/{open_house.slug}/methods/new/", FILLED | {f"step-{n}-text": f"Do {n}!" for n in range(60)}
    )
    assert page.status_code == 422
    assert "Do 59!" in page.content.decode()


def test_a_text_without_a_format_has_the_plain_one(client_of, author, open_house):
    form = FILLED | {"body": "", "step-0-text": "Put a note on every door.", "body_format": "x" * 9_000}
    client_of(author).post(f"/c/{open_house.slug}/methods/new/", form)
    assert Method.objects.get().versions.get().card.body_format == "markdown"


def test_the_longest_letters_are_found_and_kept(author, visitor, open_house):
    published(author, open_house, title="\ufdfa" * 60, tags=("\ufdfa" * 60,))
    assert Method.objects.count() == 1
    assert visitor.get("/search/", {"q": "\ufdfa" * 60}).status_code == 200


def test_a_title_is_one_line_whatever_a_file_says():
    card = incoming(LINE | {"title": "Bank\r\nBcc: all\u2028the \u202eyard\x1b[2J"}).card
    assert all(sign.isprintable() for sign in card.title)
    assert incoming(LINE | {"title": " Die\u00a0Bank"}).card.title == " Die\u00a0Bank"


def test_a_file_writes_nothing_on_the_terminal_but_words(open_house, tmp_path):
    assert "\x1b" not in take_in(file_of(tmp_path, LINE | {"id": "x\x1b[2Jy", "lang": "tlh"}), open_house)


def test_of_two_lines_with_one_id_the_first_is_taken(open_house, tmp_path):
    take_in(file_of(tmp_path, LINE, LINE | {"title": "A second one"}), open_house)
    assert Method.objects.get().title == LINE["title"]


def test_wide_signs_begin_no_formula(author, visitor, open_house):
    published(author, open_house, summary="＝1+1")
    assert "'＝1+1" in b"".join(visitor.get("/methods/methods.csv").streaming_content).decode()


def test_the_sheet_names_whom_an_imported_card_comes_from(visitor, open_house, tmp_path):
    take_in(file_of(tmp_path, LINE), open_house)
    sheet = b"".join(visitor.get("/methods/methods.csv").streaming_content).decode()
    assert LINE["attribution"] in sheet
    assert LINE["source_url"] in sheet


def test_a_page_after_the_last_is_the_first(author, visitor, open_house):
    method = published(author, open_house)
    page = visitor.get("/methods/?people=8&page=7", follow=True)
    assert page.redirect_chain == [("/methods/?people=8", 302)]
    assert method.title in page.content.decode()


def test_our_version_of_an_imported_card_still_says_where_it_stood(author, visitor, open_house, tmp_path):
    take_in(file_of(tmp_path, LINE), open_house)
    parent = Method.objects.get().versions.get()
    card = replace(parent.card, title="Unsere Bank")
    made = actions.adapt_method(
        author=author, parent=parent, community=open_house, card=card, body=None, why="Sie ist blau."
    )
    page = visitor.get(made.get_absolute_url()).content.decode()
    assert LINE["attribution"] in page
    assert LINE["source_url"] in page
