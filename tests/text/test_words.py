"""Words without form: plain text, excerpts, and what an edit changed."""

import itertools
import random
import re
import time
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum import text
from forum.text.differences import _Budget, _compare
from tests.text.samples import PICTURE


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a &lt;b&gt;<br>c</p><p>d</p>", "a <b>\nc\n\nd"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><p>e</p>", "a\nb\nc\nd\n\ne"),
        (
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
            "a\tb\n1\t2",
        ),
        ("<p>x</p><table><tbody><tr><td><p>a</p></td><td><p>b</p></td></tr></tbody></table>", "x\n\na\tb"),
        ('<blockquote data-quote="1.1"></blockquote><p>so <span data-member="anna"></span></p>', "so @anna"),
        (f'<p>a <img src="/pictures/{PICTURE}/" alt="A &quot;hall&quot;"></p>', 'a A "hall"'),
        ("<pre><code>a\n  b</code></pre><h3>c</h3><hr><blockquote><p>d</p></blockquote>", "a\n  b\n\nc\n\nd"),
        ("", ""),
    ],
)
def test_plain(html: str, words: str) -> None:
    assert text.plain(html) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [(100, "one two three four"), (18, "one two three four"), (17, "one two three…"), (9, "one two…"), (3, "on…")],
)
def test_excerpt(length: int, words: str) -> None:
    assert text.excerpt("<p>one</p><p>two <strong>three</strong><br>four</p>", length) == words
    assert len(words) <= length


def test_an_edit_word_by_word() -> None:
    old = "<p>We meet on Monday at five.</p><p>Bring paper.</p><p>Gone.</p>"
    new = "<p>We meet on Tuesday at five.</p><p>Bring paper.</p><p>New &lt;b&gt; one.</p><p>Last.</p>"
    changed = text.diff(old, new)
    assert "<p>We meet on <del>Monday</del><ins>Tuesday</ins> at five.</p><p>Bring paper.</p>" in changed
    assert "<ins>Last.</ins>" in changed
    assert "<b>" not in changed
    assert changed.__html__() == changed


def test_an_edit_of_the_form_says_so() -> None:
    assert (
        text.diff("<p>a</p>", "<p><strong>a</strong></p>")
        == "<p><em>Only the form changed, not the words.</em></p><p>a</p>"
    )
    assert text.diff("<p>a</p>", "<p>a</p>") == "<p>a</p>"


_words = st.lists(st.sampled_from("abcd"), max_size=25)


@settings(max_examples=150, deadline=None)
@given(_words, _words)
def test_any_edit_tells_both_texts(old: list[str], new: list[str]) -> None:
    edits = list(_compare(old, new, _Budget(10_000)))
    assert [item for sign, items in edits if sign != "+" for item in items] == old
    assert [item for sign, items in edits if sign != "-" for item in items] == new


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="ab \n<&"), st.text(alphabet="ab \n<&"))
def test_any_edit_is_safe(old: str, new: str) -> None:
    changed = text.diff(text.as_words(old), text.as_words(new))
    assert not re.search(r"<(?!/?(?:p|br|ins|del|em)>)", changed)
    told = unescape(re.sub(r"<del>.*?</del>|<[^>]*>|\s", "", changed))
    if text.plain(text.as_words(old)) != text.plain(text.as_words(new)):
        assert told == re.sub(r"\s", "", text.plain(text.as_words(new)))


def test_the_largest_edits_end_soon() -> None:
    dice = random.Random(1)
    texts = [
        "".join(f"<p>{' '.join(dice.choice('ab') for _ in range(n))}</p>" for _ in range(15_000 // n))
        for n in (1, 9, 900)
    ]
    texts += ["".join(f"<p>{dice.random()}</p>" for _ in range(9_000)), "<p>" + "a b " * 25_000 + "</p>"]
    before = time.process_time()
    for old, new in itertools.pairwise([*texts, *texts[::2]]):
        assert text.diff(old, new)
    assert time.process_time() - before < 15
