"""Too much of anything: refused with words for the writer, before it costs much."""

import contextlib
import time

import pytest
from django.utils import translation

from forum import text
from forum.text import limits
from tests.text.samples import NOTHING


def refusal(source: str, form: str) -> str:
    with translation.override("en"), pytest.raises(text.TextRefused) as caught:
        text.clean(source, form)
    assert caught.value.field == "body"
    return caught.value.message


@pytest.mark.parametrize("source", NOTHING)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_nothing_to_read(source: str, form: str) -> None:
    if form == "markdown" and "<" in source:
        return  # there it is words
    quotes = "Please write something of your own below the quote."
    assert refusal(source, form) == (quotes if "data-quote" in source else "Please write something first.")


@pytest.mark.parametrize(
    ("source", "form", "words"),
    [
        ("x" * 30_001, "markdown", "30,001 characters long. Up to 30,000"),
        ("<p>" + "x" * 30_001, "html", "30,001 characters long. Up to 30,000"),
        ("<p>" + "<!-- -->" * 30_000, "html", "too much formatting"),
        ("<p>x</p>" * 13_000, "html", "too much formatting"),
        ("<blockquote>" * 10_000 + "x", "html", "too deep"),
        ("<ul><li>" * 10_000 + "x", "html", "too deep"),
        ("<table><tr><td>" * 10_000 + "x", "html", "too deep"),
        (">" * 10_000 + "x", "markdown", "too deep"),
        ("> " * 10_000 + "x", "markdown", "too deep"),
        ("- " * 10_000 + "x", "markdown", "too deep"),
        ("\n".join("  " * depth + "- x" for depth in range(30)), "markdown", "too deep"),
        ("<a href=/x>x</a> " * 301, "html", "Up to 300"),
        ("https://x.pl " * 301, "markdown", "Up to 300"),
        ("@anna-nowak " * 101, "markdown", "Too many people are named here. Up to 100"),
        ("x\n\n" + ">>1.1\n\n" * 31, "markdown", "Too many posts are quoted here. Up to 30"),
        ('<blockquote data-quote="1.1"></blockquote>x' * 31, "html", "Too many posts are quoted here. Up to 30"),
        ("[" * 30_000, "markdown", "Up to 300"),
        ("<table><tr>" + "<td>x" * 21, "html", "table is too large"),
        ("<table><tr><td colspan=20>x<td>y", "html", "table is too large"),
        ("<table>" + ("<tr>" + "<td>x" * 20) * 101, "html", "table is too large"),
        ("|a" * 200 + "\n" + "|-" * 200 + "\n" + "|x\n" * 5_000, "markdown", "table is too large"),
        ("|a|b|\n|-|-|\n" + "|1|2|\n" * 4_000, "markdown", "table is too large"),
    ],
)
def test_too_much(source: str, form: str, words: str) -> None:
    before = time.process_time()
    assert words in refusal(source, form)
    assert time.process_time() - before < 3


def test_as_much_as_is_allowed() -> None:
    table = "<table>" + ("<tr>" + "<td>x" * 20) * 100 + "</table>"
    assert text.clean(table, "html").html.count("<td>") == limits.CELLS
    assert text.clean("x" * limits.SOURCE, "markdown").plain == "x" * limits.SOURCE
    assert text.clean("> " * limits.DEPTH + "x", "markdown").html.count("<blockquote>") == limits.DEPTH
    assert text.clean("[x](/a/) " * limits.LINKS, "markdown").html.count("<a ") == limits.LINKS


#: Small pieces that make parsers slow when they are repeated, and what each sanitiser alone is known to be slow at.
_HTML = """
<b>|<b id=1>|<p><b>x|<div>|<span style='font-weight:bold'>|<b style='font-weight:normal'>|<a href=/x>|<|<a |</|<!--|<?
<![CDATA[|<script>|</script |<svg>|<a b='" |<a b=">" |<td>x|<h3><ul>|<span><span data-member=a></span>|<nobr>x|<hr>|</p>
<p style='mso-list:l0 level9'>x<p style='mso-list:l0 level1'>x|&|&amp;|q\u0323\u0307|\u0323\u0307|@a |http://a.b |a<br>
<table><tr><td>x</table>|<ruby><rt>|<x-|<x
"""
_MARKDOWN = """
<|&|[|[a](|![|*a |a**b|**a* |_a_|`a``|~~a|> |- |- > - > a|***|[[](|<a@b.c>|@a |http://a.b |http://|\u0323\u0307
"""
_LINES = ["- a\n", "# a\n", "```\n", ">>345\n", "|a|b|\n|-|-|\n", "\t- a\n", "\\", "\n", "a  \n", "a\n\n"]


def _pieces(listed: str) -> list[str]:
    return [piece for line in listed.strip("\n").split("\n") for piece in line.split("|")]


@pytest.mark.parametrize(
    ("form", "piece"),
    [("html", piece) for piece in _pieces(_HTML)] + [("markdown", piece) for piece in _pieces(_MARKDOWN) + _LINES],
)
def test_nothing_is_slow(form: str, piece: str) -> None:
    """The largest text of it, in seconds of work: the slowest takes one on a small machine, most a tenth."""
    size = limits.HTML_SOURCE if form == "html" else limits.SOURCE
    source = (piece * (size // len(piece) + 1))[:size]
    before = time.process_time()
    with contextlib.suppress(text.TextRefused):
        text.clean(source, form)
    assert time.process_time() - before < 5


@pytest.mark.parametrize("tail", [")", "]", "}", ".", "(", "()"])
def test_an_address_with_a_long_tail_is_not_slow(tail: str) -> None:
    """Taking the brackets off its end one by one, each time counting them all, took half a minute."""
    source = ("<p>http://a.b/" + tail * limits.HTML_SOURCE)[: limits.HTML_SOURCE]
    before = time.process_time()
    with contextlib.suppress(text.TextRefused):
        text.clean(source, "html")
    assert time.process_time() - before < 5


def test_a_usual_post_is_quick() -> None:
    words = "A usual post with **bold** words and more about a workshop for neighbours of all ages, outdoors.\n\n" * 10
    best = 9.0
    for _ in range(10):
        before = time.process_time()
        text.clean(words, "markdown")
        best = min(best, time.process_time() - before)
    assert best < 0.02


def test_no_more_quotes_are_looked_up_than_a_text_may_hold() -> None:
    asked: list[int] = []
    source = "\n\n".join(f">>{n}" for n in range(1, 900)) + "\n\nMine."
    with pytest.raises(text.TextRefused):
        text.clean(source, "markdown", latest=asked.append)
    assert len(asked) == limits.QUOTES + 1
