"""Whatever people write prints as itself, or as a box that says so; and never as a command."""

import re
from pathlib import Path
from typing import Any

import pytest

from forum import paper
from forum.paper import compositor, letters, press
from tests.paper.reading import Sheet, solid

HOSTILE = [
    '#read("/etc/passwd") #import "@preview/cetz:0.3.0"',
    "$x^2$ *bold* _em_ `raw` = head - item + 1. / term: x @ref <label> // no comment /* none */ \\u{41} ~ -- ---",
    '"; #panic() [ ] { } \\ \\\\ #sys.inputs #{1+1} #eval("1")',
    "عربي ثم English",
    "שלום עולם",
    "a box of one's own: □",
    "á é ﬁ ½ №5 → ✓ ☐ €",
]

ALL = """
#set document(title: "x")
#set text(font: ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono"), size: 6pt)
#for it in json(bytes(sys.inputs.data)) {
  if "strong" in it { text(weight: 600, it.text) } else if "em" in it { emph(it.text) } else { text(it.text) }
  [ ]
}
"""


def text_sheet(*words: str, html: str = "", title: str = "A title", language: str = "en") -> bytes:
    """Only rich text under a title: the smallest card."""
    data: dict[str, Any] = {
        **dict.fromkeys(("kicker", "members", "by", "made_from", "summary", "invitation", "rights", "edition"), ""),
        **{name: [] for name in ("authors", "facts", "purpose", "steps", "materials", "said", "access", "credits")},
        "body": [block for each in words for block in paper.paragraphs(each)] + paper.blocks_of(html),
        "url": "https://forum.example.org/m/1/",
        "address": "forum.example.org/m/1/",
        "code": paper.code_svg("https://forum.example.org/m/1/"),
        "labels": dict.fromkeys(("purpose", "how", "materials", "access", "credits", "picture", "code"), "x")
        | {"page": "page {n} of {total}", "lacking": "A □: some letters are missing."},
    }
    return paper.print_pdf("card.typ", data, language=language, title=title)


@pytest.mark.parametrize("words", HOSTILE)
def test_markup_prints_as_itself(words: str) -> None:
    read = Sheet(text_sheet(words, title=words))
    read.check(words, "en")
    if words.isascii():
        assert solid(words) in solid(read.words)
    assert "missing" not in read
    assert "root:" not in read


def test_words_in_another_language_say_which() -> None:
    html = '<p>Hello</p><blockquote lang="de-AT"><p>Grüße</p></blockquote><ul lang="uk"><li>Їжак</li></ul>'
    read = Sheet(text_sheet(html=html))
    assert ("/Quote", {"/Lang": "de"}) in read.tags
    assert ("/L", {"/Lang": "uk"}) in read.tags
    assert "Hello Grüße" in read


def test_what_no_font_has_is_a_box_and_said() -> None:
    read = Sheet(text_sheet("Tea 🫖 and 茶 for 👩‍👩‍👧, ﷽.", title="Tea 🫖"))
    read.check("Tea □", "en")
    assert "Tea □ and □ for □□□, " in read
    assert "some letters are missing." in read


def test_controls_and_turns_of_direction_are_left_out() -> None:
    read = Sheet(text_sheet("one\x00two\x07 \u202ethree\u2066 four\ufeff", title="a\x00\x1bb"))
    read.check("ab", "en")
    assert "onetwo three four" in read


def test_long_words_stay_on_the_paper() -> None:
    """They break, unseen; the right edge is 17 mm from the paper's."""
    read = Sheet(text_sheet("W" * 500, "https://example.org/" + "x" * 400, title="M" * 300))
    assert solid(read.words).count("W") == 500
    assert solid(read.words).count("x") >= 400
    rights: list[float] = []
    for page in read.reader.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: rights.append(tm[4]) if text.strip() else None)
    assert max(rights) < 595


def test_every_letter_held_has_a_shape(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Roman, bold and italic: a tagged PDF with a letter that has none is not made at all."""
    held = "".join(
        chr(code)
        for first, _, last in (span.partition("-") for span in letters.HELD.split())
        for code in range(int(first, 16), int(last or first, 16) + 1)
    )
    assert len(held) > 7000
    runs = [
        {"text": held[n : n + 20]} | mark
        for n in range(0, len(held), 20)
        for mark in ({}, {"strong": True}, {"em": True})
    ]
    job = {"sheets": str(tmp_path), "template": "all.typ", "data": runs, "sizes": [10], "timestamp": 0}
    (tmp_path / "all.typ").write_text(ALL)
    monkeypatch.setattr(compositor, "MOST_MISSING", 0)
    monkeypatch.setattr(compositor, "_FAMILIAR", re.compile("(?!)"))
    assert compositor._shaped(job).startswith(b"%PDF")


def test_a_shape_that_only_shaping_misses_is_a_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "printable", lambda value: (value, False))
    read = Sheet(text_sheet("Tea \U0001fad6 and \u8336 too."))
    assert "Tea □ and □ too." in read
    assert "some letters are missing." in read


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(paper.Unprintable):
        text_sheet("x" * press.LARGEST)


def test_a_sheet_opens_nothing_outside_its_folder(tmp_path: Path) -> None:
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    for source in ('#read("../secret.txt")', '#read("/etc/passwd")', '#import "@preview/cetz:0.3.0"'):
        (sheets / "bad.typ").write_text(source)
        with pytest.raises(compositor.typst.TypstError):
            compositor.compose(
                {"sheets": str(sheets), "template": "bad.typ", "data": {}, "sizes": [10], "timestamp": 0}
            )
