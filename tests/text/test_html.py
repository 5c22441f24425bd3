"""What the editor sends: structure kept, the one stored form made of it."""

import pytest

from forum import text
from tests.text.samples import PICTURE


def html(source: str) -> str:
    return text.clean(source, "html").html


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("words", "<p>words</p>"),
        ("<p>one</p>\n<p>two</p>", "<p>one</p><p>two</p>"),
        ("<div>one</div><div>two</div>", "<p>one</p><p>two</p>"),
        ("one<br>two<br><br>three", "<p>one<br>two</p><p>three</p>"),
        ("<p>  a \n b </p><p><br></p><p>&nbsp;</p>", "<p>a b</p>"),
        ("<b>a</b><strong>b</strong> <i>c</i>", "<p><strong>ab</strong> <em>c</em></p>"),
        ("<strong><p>a</p><p>b</p></strong>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<h1>a</h1><h2>b</h2><h5>c</h5>", "<h3>a</h3><h3>b</h3><h4>c</h4>"),
        (
            "<ul><li><p>a</p></li><li>b<ul><li>c</li></ul></li></ul>",
            "<ul><li><p>a</p></li><li>b<ul><li>c</li></ul></li></ul>",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<li>a</li>", "<ul><li>a</li></ul>"),
        ('<ol start="3"><li>a</li></ol>', '<ol start="3"><li>a</li></ol>'),
        ("<table><tr><th>a<td>b</table>", "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>"),
        ("<pre>a\n  b</pre>", "<pre><code>a\n  b</code></pre>"),
        ("<blockquote>a<p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ('<p lang="de">Hallo</p><p lang="no such">x</p>', '<p lang="de">Hallo</p><p>x</p>'),
        ("<sup>2</sup> <s>x</s> <u>y</u>", "<p><sup>2</sup> <s>x</s> <u>y</u></p>"),
        ("a<hr>b", "<p>a</p><hr><p>b</p>"),
        ('<p>1 &lt; 2 &amp; 3 "x"</p>', '<p>1 &lt; 2 &amp; 3 "x"</p>'),
        ("Zażółć gęślą jaźń, Київ, naïve — 👩‍🎨", "<p>Zażółć gęślą jaźń, Київ, naïve — 👩‍🎨</p>"),
    ],
)
def test_the_stored_form(source: str, stored: str) -> None:
    assert html(source) == stored


@pytest.mark.parametrize(
    ("href", "printed"),
    [
        (
            "https://example.org/a?b=1&amp;c=2",
            '<a href="https://example.org/a?b=1&amp;c=2" rel="nofollow ugc noopener">',
        ),
        ("https://example.org/my file.pdf", '<a href="https://example.org/my%20file.pdf" rel="nofollow ugc noopener">'),
        ("/threads/12/title/", '<a href="/threads/12/title/">'),
        ("/posts/345/", '<a href="/posts/345/">'),
        ("mailto:anna@example.org", '<a href="mailto:anna@example.org">'),
        ("https://zażółć.example/", '<a href="https://zażółć.example/" rel="nofollow ugc noopener">'),
        ("http://localhost:8000/posts/1/", '<a href="http://localhost:8000/posts/1/">'),
        ("http://localhost:8000.evil.example/", None),
        ("http://localhost:80001.evil.example/", None),
    ],
)
def test_links(href: str, printed: str | None, settings) -> None:
    settings.SITE_URL = "http://localhost:8000"
    assert html(f'<a href="{href}">x</a>') == (f"<p>{printed}x</a></p>" if printed else "<p>x</p>")


def test_pictures_of_our_own_stay_and_every_other_image_leaves_its_words() -> None:
    cleaned = text.clean(
        f'<img src="/pictures/{PICTURE.upper()}/" alt="A  hall" width=640 height="48O" class=x><img src=x alt=Plan>',
        "html",
    )
    assert cleaned.html == f'<p><img src="/pictures/{PICTURE}/" alt="A hall" width="640">Plan</p>'
    assert cleaned.pictures == (PICTURE,)


def test_a_picture_alone_is_a_post_when_it_is_described() -> None:
    assert text.clean(f'<img src="/pictures/{PICTURE}/" alt="A hall">', "html").plain == "A hall"
    with pytest.raises(text.TextRefused, match="what the picture shows"):
        html(f'<img src="/pictures/{PICTURE}/" alt="">')


def test_places_are_empty_and_their_references_known() -> None:
    cleaned = text.clean(
        '<blockquote data-quote="345.2:10-80"><p>forged</p></blockquote><p>so <span data-member="anna">Forged</span> '
        'said, @Bob-2 too</p><blockquote data-quote="345.2:10-80"></blockquote>',
        "html",
    )
    assert cleaned.html == (
        '<blockquote data-quote="345.2:10-80"></blockquote><p>so <span data-member="anna"></span> said, '
        '<span data-member="bob-2"></span> too</p><blockquote data-quote="345.2:10-80"></blockquote>'
    )
    assert (cleaned.quotes, cleaned.mentions) == (("345.2:10-80",), ("anna", "bob-2"))
    assert cleaned.plain == "so @anna said, @bob-2 too"


def test_a_quote_without_a_revision_gets_the_newest_one() -> None:
    source = '<blockquote data-quote="345"></blockquote><p>x</p><blockquote data-quote="9"></blockquote>'
    assert text.clean(source, "html", latest={345: 7}.get).quotes == ("345.7", "9")
    assert text.clean(source, "html").quotes == ("345", "9")


@pytest.mark.parametrize("ref", ["x", "0.1", "1.0", "1.", "1.1:5", "1.1:5-5", "1.1:9-3", "1.1:-1-3", "٣.1", " 1.1"])
def test_a_reference_that_is_none_leaves_an_ordinary_quote(ref: str) -> None:
    assert html(f'<blockquote data-quote="{ref}">words</blockquote>') == "<blockquote><p>words</p></blockquote>"


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("see https://example.org/a_(b).", "https://example.org/a_(b)"),
        ("(https://example.org/x)", "https://example.org/x"),
        ("„https://example.org/x”,", "https://example.org/x"),
        ("https://example.org/?q=a&amp;b=c!", "https://example.org/?q=a&amp;b=c"),
    ],
)
def test_plain_addresses_become_links(source: str, stored: str) -> None:
    assert f'<a href="{stored}" rel="nofollow ugc noopener">{stored}</a>' in html(source)


def test_words_in_code_and_links_stay_words() -> None:
    source = '<p><code>@anna https://x.example</code> <a href="/x">@bob</a> a@b.example x/@carol</p><pre>@dora</pre>'
    assert text.clean(source, "html").mentions == ()
    assert html(source).count("<a ") == 1


def test_neither_controls_nor_direction_overrides_come_through() -> None:
    cleaned = text.clean("<p>a\x00b\u202ec\u2066d\ud800\x9fe\u0301 👩‍🎨 ب\u200fا</p>", "html")
    assert cleaned.html == "<p>abcdé 👩‍🎨 ب\u200fا</p>".replace("abcdé", "abcdé")
    assert "\x00" not in cleaned.source
    cleaned.source.encode()


def test_only_two_formats() -> None:
    with pytest.raises(ValueError, match="format"):
        text.clean("x", "bbcode")
