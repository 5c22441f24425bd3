"""Cleaned HTML as blocks: every word of it, in order, with what it is."""

from typing import Any

import pytest

from forum import text
from forum.paper import blocks_of, paragraphs


def words(blocks: Any) -> str:
    """All words of blocks, wherever they stand."""
    if isinstance(blocks, list):
        return " ".join(filter(None, map(words, blocks)))
    if isinstance(blocks, dict):
        own = blocks.get("text") or blocks.get("picture") or ""
        return " ".join(
            filter(None, (own, *(words(blocks[key]) for key in ("runs", "blocks", "items", "rows") if key in blocks)))
        )
    return ""


def test_marks_links_and_breaks() -> None:
    (block,) = blocks_of('<p>a <strong>b <em>c</em></strong><br><a href="https://x.example/">d</a></p>')
    assert block == {
        "kind": "paragraph",
        "runs": [
            {"text": "a "},
            {"text": "b ", "strong": True},
            {"text": "c", "strong": True, "em": True},
            {"break": True},
            {"text": "d", "url": "https://x.example/"},
        ],
    }


def test_only_addresses_one_can_follow_are_links() -> None:
    for url in ("javascript:alert(1)", "/methods/1/", "data:text/html,x", "https://" + "x" * 3000):
        assert "url" not in blocks_of(f'<p><a href="{url}">d</a></p>')[0]["runs"][0]


def test_headings_leave_no_level_out() -> None:
    levels = [block["level"] for block in blocks_of("<h4>a</h4><h3>b</h3><h4>c</h4><h6>d</h6>")]
    assert levels == [3, 3, 4, 5]


def test_lists_in_lists_quotes_code_and_languages() -> None:
    html = '<ol start="3"><li>a<ul><li><p>b</p></li></ul>c</li></ol>'
    html += '<blockquote lang="de-AT"><p>d</p></blockquote><pre>e\n f</pre><hr>'
    ordered, quote, code, rule = blocks_of(html)
    assert (ordered["ordered"], ordered["start"]) == (True, 3)
    assert [block["kind"] for block in ordered["items"][0]["blocks"]] == ["paragraph", "list", "paragraph"]
    assert quote["lang"] == "de"
    assert code["runs"] == [{"text": "e"}, {"break": True}, {"text": " f"}]
    assert rule == {"kind": "rule"}


def test_tables() -> None:
    (table,) = blocks_of(
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    )
    assert (table["kind"], table["columns"], table["head"]) == ("table", 2, True)
    assert [len(row) for row in table["rows"]] == [2, 2]
    (wide,) = blocks_of(f"<table><tbody><tr>{'<td>x</td>' * 20}</tr></tbody></table>")
    assert wide["kind"] == "list"
    assert words(wide).count("x") == 20
    assert blocks_of("<table></table>")[0]["kind"] == "list"


def test_pictures_stand_as_their_words() -> None:
    (block,) = blocks_of('<p><img src="/pictures/1/" alt="A pot"></p>')
    assert block["runs"] == [{"picture": "A pot", "src": "/pictures/1/"}]


def test_nothing_is_left_out_however_deep() -> None:
    source = (
        "".join(f"{'  ' * n}- word{n}\n" for n in range(9))
        + "\n\n"
        + "> " * 9
        + "deep\n\n| a | b |\n|---|---|\n| c | d |\n"
    )
    html = text.clean(source, "markdown").html
    assert words(blocks_of(html)).split() == text.plain(html).replace("|", " ").split()
    very = "<ul><li>" * 40 + "bottom" + "</li></ul>" * 40
    assert words(blocks_of(very)) == "bottom"


@pytest.mark.django_db
def test_places_of_quotes_and_methods_print_their_words() -> None:
    html = str(
        text.filled('<blockquote data-method="987"></blockquote><p>Hello <span data-member="nobody"></span>.</p>')
    )
    assert words(blocks_of(html)) == "A method that not everyone here can read Hello @nobody."


def test_plain_words_keep_their_paragraphs_and_lines() -> None:
    assert paragraphs("a\nb\n\n\nc\n") == [
        {"kind": "paragraph", "runs": [{"text": "a"}, {"break": True}, {"text": "b"}]},
        {"kind": "paragraph", "runs": [{"text": "c"}]},
    ]
    assert paragraphs(" \n ") == []
