"""Methods carried elsewhere: side by side, as a Markdown file, as a spreadsheet."""

import csv
import io
import json

import pytest

from forum.methods.frontmatter import from_markdown, to_markdown
from forum.methods.records import incoming, outgoing
from tests.methods.cards import published, soup

pytestmark = pytest.mark.django_db


def test_what_differs_stands_first(author, visitor, open_house):
    one = published(author, open_house)
    two = published(author, open_house, title="Soup for forty", group_max=40)
    page = visitor.get(f"/methods/comparison/?method={one.pk}&method={two.pk}")
    rows = page.context["rows"]
    assert [row.label for row in rows if row.differs] == ["People, at most"]
    assert rows[0].cells == ["30", "40"]
    assert all(not row.differs for row in rows[1:])


def test_a_cards_own_words_are_read_in_its_language(author, visitor, open_house):
    one = published(author, open_house, language="de", purpose="Damit alle essen.")
    two = published(author, open_house, purpose="")
    page = visitor.get(f"/methods/comparison/?method={one.pk}&method={two.pk}").content.decode()
    assert '<td lang="de">Damit alle essen.</td>' in page
    assert "<td>not stated</td>" in page
    assert "<td>30</td>" in page


def test_a_closed_one_is_left_out_as_if_it_were_not(client_of, author, outsider, open_house, closed_house):
    one, two = published(author, open_house), published(author, open_house, title="Soup for forty")
    secret = published(author, closed_house, title="Secret soup")
    address = f"/methods/comparison/?method={one.pk}&method={secret.pk}&method={two.pk}"
    assert "Secret soup" in client_of(author).get(address).content.decode()
    assert "Secret soup" not in client_of(outsider).get(address).content.decode()


@pytest.mark.parametrize("query", ["", "?method=1", "?method=x&method=-1", "?method=999999999", "?method=1" * 300])
def test_too_few_to_compare_says_what_to_do(visitor, query):
    page = visitor.get(f"/methods/comparison/{query}")
    assert page.status_code == 200
    assert "two to four" in page.content.decode()


def test_a_markdown_file_brings_back_the_same_card(author, visitor, open_house):
    words = "It begins with **soup**.\n\n---\n\nkey: value\n"
    method = published(author, open_house, body=words, tags=("a: b", "---"))
    file = visitor.get(f"/methods/{method.pk}/card.md").content.decode()
    assert file.startswith("---\nid: ")
    back = incoming(from_markdown(file))
    card = method.versions.get().card
    assert back.card == card
    assert to_markdown(outgoing(back.card, back.key, back.source_url)) == file


@pytest.mark.parametrize("source", ["", "---\n", "no front matter", "---\nwithout a colon\n---\n", "---\na: {\n---\n"])
def test_what_is_no_such_file_is_refused(source):
    with pytest.raises(ValueError, match=r"."):
        from_markdown(source)


def test_the_sheet_opens_in_an_office(author, visitor, open_house):
    published(author, open_house, title="=HYPERLINK(1)", space=("courtyard", "park"))
    english = visitor.get("/methods/methods.csv", headers={"accept-language": "en"})
    whole = b"".join(english.streaming_content).decode()
    assert whole.startswith("\ufeff")
    head, row = list(csv.reader(io.StringIO(whole.removeprefix("\ufeff"))))
    found = dict(zip(head, row, strict=True))
    assert found["Title"] == "'=HYPERLINK(1)"
    assert found["Where"] == "courtyard | park"
    polish = b"".join(visitor.get("/methods/methods.csv", headers={"accept-language": "pl"}).streaming_content)
    assert "url;Tytuł" in polish.decode()


def test_the_sheet_holds_what_one_may_see_and_chose(author, outsider, client_of, open_house, closed_house):
    published(author, open_house, title="Open soup")
    published(author, open_house, title="Long soup", minutes_min=300, minutes_max=400)
    published(author, closed_house, title="Secret soup")
    sheet = b"".join(client_of(outsider).get("/methods/methods.csv?minutes=120").streaming_content).decode()
    assert "Open soup" in sheet
    assert "Long soup" not in sheet
    assert "Secret soup" not in sheet


def test_for_reading_only_leaves_as_a_title_and_an_address(client_of, author, neighbour, open_house):
    method = published(author, open_house, licence="read-only")
    client = client_of(neighbour)
    sheet = b"".join(client.get("/methods/methods.csv").streaming_content).decode()
    assert method.title in sheet
    for text in (sheet, client.get(f"/methods/{method.pk}/card.md").content.decode()):
        assert "Put a note on every door" not in text
    assert json.loads(client.get(f"/methods/{method.pk}/record.json").content)["title"] == method.title
    assert soup().steps[0].text == "Put a note on every door."
