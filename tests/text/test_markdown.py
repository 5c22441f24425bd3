"""The plain text box: Markdown as people write it who have never heard of it."""

import pytest

from forum import text
from tests.text.samples import PICTURE


def html(source: str) -> str:
    return text.clean(source, "markdown").html


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>"),
        ("one\r\ntwo\rthree", "<p>one<br>two<br>three</p>"),
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"),
        ("# a\n\n#### b", "<h3>a</h3><h4>b</h4>"),
        ("- a\n- b\n  - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a\n> b", "<blockquote><p>a<br>b</p></blockquote>"),
        ("[a](/threads/1/)", '<p><a href="/threads/1/">a</a></p>'),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("<b>a</b> & <script>", "<p>&lt;b&gt;a&lt;/b&gt; &amp; &lt;script&gt;</p>"),
        ("    indented by hand", "<p>indented by hand</p>"),
        ("Title\n---\nwords", "<p>Title</p><hr><p>words</p>"),
        ("```\na <b>\n  c\n```", "<pre><code>a &lt;b&gt;\n  c</code></pre>"),
        (
            "|a|b|\n|-|-|\n|1|**2**|",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>1</td><td><strong>2</strong></td></tr></tbody></table>",
        ),
        (f"![A hall](/pictures/{PICTURE}/)", f'<p><img src="/pictures/{PICTURE}/" alt="A hall"></p>'),
        ("![A hall](https://evil.example/x.png)", "<p>A hall</p>"),
        ("5 < 6 > 4 \\* x", "<p>5 &lt; 6 &gt; 4 * x</p>"),
    ],
)
def test_what_is_written_by_hand(source: str, stored: str) -> None:
    assert html(source) == stored


def test_a_quote_is_a_line_of_its_own() -> None:
    cleaned = text.clean("before\n>>345.2:10-80\nafter\n\n>>7\n\n- item\n\n  >>8.1", "markdown", latest={7: 3}.get)
    assert cleaned.quotes == ("345.2:10-80", "7.3", "8.1")
    assert cleaned.html == (
        '<p>before</p><blockquote data-quote="345.2:10-80"></blockquote><p>after</p>'
        '<blockquote data-quote="7.3"></blockquote>'
        '<ul><li><p>item</p><blockquote data-quote="8.1"></blockquote></li></ul>'
    )


@pytest.mark.parametrize("line", [">>345 said", ">>0", ">>345.2:9-3", ">>abc", "`>>345`"])
def test_other_lines_are_none(line: str) -> None:
    assert text.clean(line, "markdown").quotes == ()


def test_quotes_in_code_are_code() -> None:
    assert text.clean("```\n>>345\n```", "markdown").quotes == ()


def test_mentions() -> None:
    cleaned = text.clean(
        "@anna-nowak, @Bob: mail a@b.example, `@carol`, [@dora](/x/), @eve.example, **@fay**", "markdown"
    )
    assert cleaned.mentions == ("anna-nowak", "bob", "fay")


def test_the_source_is_kept_as_written_without_controls() -> None:
    cleaned = text.clean("a **b**\x00\r\nc", "markdown")
    assert (cleaned.source, cleaned.format, cleaned.version) == ("a **b**\nc", "markdown", text.VERSION)
