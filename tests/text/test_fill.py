"""Printing: quotes and names as they are now, one question a kind, everything escaped."""

import time
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from forum import text
from forum.text import filling

NAME = '<b>Anna</b> "N"'


@dataclass
class Letter:
    html: str
    pk: int = 1
    filled: Any = None


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int, set[str]]]:
    """Resolvers that know Anna and post 345, and note each question."""
    questions: list[tuple[str, int, set[str]]] = []

    def quotes(posts, refs):
        questions.append(("quote", len(posts), refs))
        view = text.QuoteView(NAME, "/posts/345/?a=1&b=2", 7, "one <script>\nline\n\ntwo")
        return {ref: view for ref in refs if ref.startswith("345")}

    def members(posts, usernames):
        questions.append(("member", len(posts), usernames))
        return {"anna": (NAME, "/members/anna/")}

    monkeypatch.setattr(filling, "_resolvers", {})
    text.register_resolver("quote", quotes)
    text.register_resolver("member", members)
    return questions


def letter(source: str) -> Letter:
    return Letter(text.clean(source, "markdown").html)


def test_places_are_filled_with_one_question_a_kind(asked) -> None:
    letters = [letter(">>345.2\n\n@anna and @bob"), letter("plain"), letter(">>345.2:1-5\n\n>>9.1\n\nx @anna")]
    with translation.override("en"):
        text.fill(iter(letters))
    assert asked == [("quote", 2, {"345.2", "345.2:1-5", "9.1"}), ("member", 2, {"anna", "bob"})]
    assert letters[0].filled == (
        '<blockquote class="quote" cite="/posts/345/?a=1&amp;b=2"><p>one &lt;script&gt;<br>line</p><p>two</p>'
        '<footer><a href="/posts/345/?a=1&amp;b=2">&lt;b&gt;Anna&lt;/b&gt; &quot;N&quot;, no. 7</a></footer>'
        "</blockquote>"
        '<p><a class="mention" href="/members/anna/">&lt;b&gt;Anna&lt;/b&gt; &quot;N&quot;</a> and @bob</p>'
    )
    assert letters[1].filled == "<p>plain</p>"
    folded = '<blockquote class="quote is-folded"><p>This text can no longer be read.</p></blockquote>'
    assert folded in letters[2].filled
    assert all(isinstance(each.filled, SafeString) for each in letters)


def test_nothing_is_asked_for_texts_without_places(asked) -> None:
    letters = [letter("plain words, data-quote= and data-member= among them") for _ in range(20)]
    text.fill(letters)
    assert asked == []
    assert [each.filled for each in letters] == [each.html for each in letters]


def test_without_resolvers_quotes_fold_and_names_stay(monkeypatch) -> None:
    monkeypatch.setattr(filling, "_resolvers", {})
    printed = text.filled(text.clean(">>345.2\n\n@anna", "markdown").html)
    assert "is-folded" in printed
    assert "<p>@anna</p>" in printed


def test_a_quote_cannot_smuggle_a_place(asked) -> None:
    view = text.QuoteView("x", "/", 1, '<span data-member="anna"></span>')
    text.register_resolver("quote", lambda posts, refs: dict.fromkeys(refs, view))
    assert "&lt;span" in text.filled(letter(">>1.1\n\nx").html)
    assert asked == []


def test_no_other_kinds() -> None:
    with pytest.raises(ValueError, match="city"):
        text.register_resolver("city", lambda posts, refs: {})


def test_filling_a_page_without_places_is_nearly_free(asked) -> None:
    letters = [Letter("<p>words</p>" * 400) for _ in range(20)]
    before = time.process_time()
    for _ in range(100):
        text.fill(letters)
    assert time.process_time() - before < 0.5
