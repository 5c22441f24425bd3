"""Nothing lives in a cleaned text, and cleaning it again changes nothing."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum import text
from forum.text import allowed, pipeline
from tests.text.samples import NASTY, NOTHING, PICTURE

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z-]+=\"[^\"<>]*\")*)>")
_URL = re.compile(r"(?:https?://|mailto:[^@]+@|/(?![/\\]))")


def clean(source: str, form: str) -> text.Cleaned | None:
    try:
        return text.clean(source, form)
    except text.TextRefused:
        return None


def assert_safe(html: str) -> None:
    """By a reading of its own, of the strictest kind: every "<" begins an allowed, quoted, balanced tag."""
    opened = []
    assert html.count("<") == len(_TAG.findall(html)), html
    for end, tag, attributes in _TAG.findall(html):
        assert tag in allowed.TAGS, html
        for name, value in re.findall(r' ([a-z-]+)="([^"]*)"', attributes):
            assert name in allowed.ATTRIBUTES.get(tag, ()), html
            if name == "href":
                assert _URL.match(value), html
                assert not re.search(r"[\s\u200b-\u200f]", value), html
            if name == "src":
                assert re.fullmatch(r"/pictures/[0-9a-f-]{36}/", value), html
        if tag in allowed.VOID:
            continue
        if end:
            assert opened.pop() == tag, html
        else:
            opened.append(tag)
    assert not opened, html
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", html), html


def assert_settled(cleaned: text.Cleaned) -> None:
    again = text.clean(cleaned.html, "html")
    assert again.html == cleaned.html
    assert (again.plain, again.pictures, again.mentions, again.quotes) == (
        cleaned.plain,
        cleaned.pictures,
        cleaned.mentions,
        cleaned.quotes,
    )
    # Other readers see the same: each sanitiser, with its list alone, finds nothing to take away.
    for other in (allowed.sanitise(cleaned.html), allowed.second_opinion(cleaned.html)):
        assert other.replace("&nbsp;", "\xa0") == cleaned.html


@pytest.mark.parametrize("source", NASTY)
@pytest.mark.parametrize("form", ["html", "markdown"])
def test_nothing_nasty_lives(source: str, form: str) -> None:
    for whole in (source, f"<p>{source}", f"<table><tr><td>{source}", f"> {source}", f"a\n\n{source}\n\nb"):
        cleaned = clean(whole, form)
        assert cleaned is not None
        assert_safe(cleaned.html)
        assert_settled(cleaned)
        if "words" in source and "plaintext" not in source:
            assert "words" in cleaned.plain.replace("\n", "")


@pytest.mark.parametrize("source", [sample for sample in NASTY if "forged" in sample])
def test_what_is_forged_is_gone(source: str) -> None:
    cleaned = text.clean(source, "html")
    assert cleaned.plain.removeprefix("@anna") == "words"
    assert cleaned.quotes or cleaned.mentions


@pytest.mark.parametrize(
    "tag", ["script", "style", "svg", "math", "iframe", "textarea", "title", "xmp", "noscript", "template"]
)
def test_what_is_never_allowed(tag: str) -> None:
    assert tag not in allowed.TAGS
    assert text.clean(f"<{tag}><img src=x onerror=alert(1)></{tag}>words", "html").html == "<p>words</p>"


_TAGS = [
    *sorted(allowed.TAGS),
    "div",
    "b",
    "i",
    "h1",
    "font",
    "script",
    "style",
    "svg",
    "math",
    "form",
    "select",
    "o:p",
    "template",
]
_ATTRIBUTES = [
    *(
        "href='javascript:x'",
        "href=/threads/1/",
        "href='https://x.example/?a=1&b=2'",
        "onclick=x",
        "style='font-weight:700'",
    ),
    *(
        "style='mso-list:l0 level2 lfo1'",
        "style='mso-list:Ignore'",
        "data-quote=345.2:1-9",
        "data-quote=x",
        "data-member=anna",
        "data-name='Soup & <tea>'",
        "data-name=Soup",
    ),
    *(
        f"src=/pictures/{PICTURE}/ alt=a",
        "src=x alt='<b>'",
        "lang=de",
        "colspan=2",
        "start=5",
        'a="',
        "b='",
        "=",
        "/",
        "class=MsoTitle",
    ),
]
_WORDS = [
    *(
        "words",
        "[[Soup]]",
        "[[",
        "]]",
        " ",
        "\n",
        "\xa0",
        "&nbsp;",
        "&lt;b&gt;",
        "&amp;lt;",
        "&#0;",
        "&",
        "<",
        ">",
        '"',
        "\x00",
        "\u202e",
        "\u200b",
        "\u0301",
    ),
    *(
        "\u0338",
        "@anna",
        "@bob-2.",
        "http://x.pl/a_(b).",
        "www.x.pl,",
        "a@b.pl",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "\ud800",
        "👩‍🎨",
    ),
]
_MARKDOWN = [
    *(
        "a",
        " ",
        "\n",
        "\n\n",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "|",
        "|a|b|\n|-|-|\n",
        "[x](/a/)",
        "!",
    ),
    *(
        f"![a](/pictures/{PICTURE}/)",
        "[a](javascript:x)",
        "@anna",
        ">>345\n",
        ">>345.2:1-5\n",
        "http://x.pl",
        "<b>",
        "&lt;",
        "\\",
        "    ",
    ),
]
_opening = st.builds(
    lambda tag, attributes, end: f"<{' '.join([tag, *attributes])}{end}",
    st.sampled_from(_TAGS),
    st.lists(st.sampled_from(_ATTRIBUTES), max_size=2),
    st.sampled_from([">", ">", ">", "/>", ""]),
)
_closing = st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>")
_html = st.lists(st.one_of(_opening, _closing, st.sampled_from(_WORDS), st.text(max_size=5)), max_size=30).map("".join)
_markdown = st.lists(
    st.one_of(st.sampled_from(_MARKDOWN), st.sampled_from(_WORDS), st.text(max_size=5)), max_size=30
).map("".join)
_quick = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@_quick
@given(_html)
def test_any_html_settles(source: str) -> None:
    cleaned = clean(source, "html")
    if cleaned:
        assert_safe(cleaned.html)
        assert_settled(cleaned)


@_quick
@given(_markdown)
def test_any_markdown_settles(source: str) -> None:
    cleaned = clean(source, "markdown")
    if cleaned:
        assert_safe(cleaned.html)
        assert_settled(cleaned)


@_quick
@given(_html)
def test_the_last_resort_is_safe_too(source: str) -> None:
    assert_safe(text.as_words(source))


def test_when_the_sanitisers_never_agree_the_words_stand_plain(monkeypatch) -> None:
    """It has not been seen; so it is made."""
    rounds = []

    def never_content(html: str) -> str:
        rounds.append(html)
        return f"{html}<p>{len(rounds)}</p>" if len(rounds) <= 4 else html

    monkeypatch.setattr(pipeline, "second_opinion", never_content)
    cleaned = text.clean("<p>words <b>bold</b></p>", "html")
    assert_safe(cleaned.html)
    assert "words" in cleaned.plain


def test_a_sanitiser_gone_wrong_is_not_believed(monkeypatch) -> None:
    monkeypatch.setattr(
        pipeline, "sanitise", lambda html: f"{html}<img src=x onerror=alert(1)>" if "bold" in html else html
    )
    assert_safe(text.clean("<p>words <b>bold</b></p>", "html").html)


def test_nothing_readable_is_nothing() -> None:
    for source in NOTHING:
        assert clean(source, "html") is None
