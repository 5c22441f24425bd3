"""Methods carried elsewhere: side by side, as a Markdown file, as a spreadsheet."""

import csv
import io
import json
from dataclasses import replace

import pytest
from django.conf import settings

from forum.methods import actions
from forum.methods.frontmatter import from_markdown, to_markdown
from forum.methods.records import incoming, outgoing
from forum.models import Thread
from tests.methods.cards import published, soup
from tests.methods.test_import import file_of, take_in, written_out

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
    assert replace(back.card, imported={}) == card
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


def test_a_line_of_windows_in_a_text_stays_one():
    record = {"id": "a", "title": "Soup", "body_markdown": "One.\r\nTwo.\n\r\nThree.\r\n"}
    assert from_markdown(to_markdown(record)) == record
    from_windows = to_markdown(record | {"body_markdown": "One.\nTwo."}).replace("\n", "\r\n")
    assert from_markdown(from_windows)["body_markdown"] == "One.\nTwo."


def test_a_value_without_a_bottom_is_refused():
    with pytest.raises(ValueError, match="deep"):
        from_markdown("---\na: " + "[" * 200_000 + "\n---\n")


@pytest.mark.parametrize(("title", "name"), [("Суп на подвір'ї", "method-{pk}"), ("Soup", "soup")])
def test_every_download_has_a_name(author, visitor, open_house, title, name):
    method = published(author, open_house, title=title)
    for tail, kind in (("record.json", "json"), ("card.md", "md")):
        answer = visitor.get(f"/methods/{method.pk}/{tail}")
        assert f'filename="{name.format(pk=method.pk)}.{kind}"' in answer["Content-Disposition"]


def downloads(client, method):
    """The record and the Markdown file as records, and the method's row of the sheet."""
    record = json.loads(client.get(f"/methods/{method.pk}/record.json").content)
    file = from_markdown(client.get(f"/methods/{method.pk}/card.md").content.decode())
    whole = b"".join(client.get("/methods/methods.csv").streaming_content).decode().removeprefix("\ufeff")
    row = next(row for row in csv.DictReader(io.StringIO(whole)) if row["url"].endswith(method.get_absolute_url()))
    return record, file, row


def test_what_was_told_here_leaves_with_its_author_and_address(author, visitor, open_house):
    method = published(author, open_house, licence="CC-BY-4.0")
    record, file, row = downloads(visitor, method)
    address = f"{settings.SITE_URL}{method.get_absolute_url()}"
    for each in (record, file):
        assert (each["attribution"], each["source_url"]) == (author.display_name, address)
    assert author.display_name in row["Whom it comes from"]
    assert "parent" not in record


def adapted(member, parent, **changed):
    return actions.adapt_method(
        author=member,
        parent=parent.versions.get(),
        community=parent.community,
        card=soup(title="Soup for forty", **changed),
        body=None,
        why="More people came.",
    )


def test_our_version_leaves_with_whose_it_was_made_from(author, neighbour, visitor, open_house):
    parent = published(author, open_house, title="Soup of old", licence="CC-BY-SA-4.0")
    record, file, row = downloads(visitor, adapted(neighbour, parent))
    for each in (record, file):
        assert each["attribution"] == neighbour.display_name
        assert each["parent"] == {
            "title": "Soup of old",
            "attribution": author.display_name,
            "source_url": f"{settings.SITE_URL}{parent.get_absolute_url()}",
            "licence": "CC-BY-SA-4.0",
        }
    for words in ("Soup of old", author.display_name, parent.get_absolute_url()):
        assert words in row["Whom it comes from"]


def test_whom_one_may_not_see_is_not_named(author, neighbour, visitor, open_house):
    parent = published(author, open_house, title="Soup of old")
    made = adapted(neighbour, parent)
    Thread.objects.filter(pk=parent.thread_id).update(audience="members")
    record, file, row = downloads(visitor, made)
    assert "parent" not in record.keys() | file.keys()
    assert "Soup of old" not in str(row)


def test_a_downloaded_card_comes_in_elsewhere_and_leaves_as_it_came(
    author, neighbour, visitor, open_house, closed_house, tmp_path
):
    made = adapted(neighbour, published(author, open_house))
    record, file, _row = downloads(visitor, made)
    written = written_out(tmp_path, open_house)
    assert b'"parent"' not in written
    for number, each in enumerate((record, file)):
        line = json.dumps(each | {"id": f"elsewhere:{number}"})
        assert "1 new methods" in take_in(file_of(tmp_path, line), closed_house)
    assert "0 new methods, 1 there already" in take_in(file_of(tmp_path, json.dumps(record)), open_house)
    assert written_out(tmp_path, open_house) == written
    out = [json.loads(line) for line in written_out(tmp_path, closed_house).splitlines()]
    assert [each["parent"] for each in out] == [record["parent"]] * 2
    assert [each["attribution"] for each in out] == [neighbour.display_name] * 2
