"""Markdown as people write it by hand: line breaks count, HTML is text, a quote is a line (">>345.2:10-80")."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from forum.text import limits
from forum.text.references import QUOTE, is_quote_ref

_QUOTE_LINE = re.compile(rf">>({QUOTE})")
_DELIMITERS = re.compile(r"[\s>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_MARKERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_MARKER = re.compile(r">|[-*+](?=[ \t])|\d[.)](?=[ \t])")
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}")


def to_html(source: str, *, is_foreign: bool = False) -> str:
    """HTML, not yet cleaned. `is_foreign`: made elsewhere, where HTML in Markdown is HTML. Raises TextRefused for what
    would take long or run deep."""
    _check(source)
    parser = _foreign_parser if is_foreign else _parser
    tokens = parser.parse(source)
    if any(token.level >= limits.DEPTH * 2 for token in tokens):
        raise limits.too_deep()  # the parser leaves out what is deeper than its own limit
    return str(parser.renderer.render(tokens, parser.options, {}))


def _check(source: str) -> None:
    if source.count("[") > limits.BRACKETS:
        raise limits.too_many_links()
    columns = rows = 0
    for line in source.split("\n"):
        markers = _MARKERS.match(line)
        if markers and not _RULE.fullmatch(line) and len(_MARKER.findall(markers[0])) > limits.DEPTH:
            raise limits.too_deep()
        if not line.strip():
            columns = rows = 0
        elif "-" in line and _DELIMITERS.fullmatch(line):
            columns = max(columns, line.count("|") + 1)
        rows += 1
        if columns > limits.COLUMNS + 2 or columns * rows > limits.CELLS * 2:
            raise limits.table_too_large()


def _quote_rule(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
    found = _QUOTE_LINE.fullmatch(text)
    if found is None or not is_quote_ref(found[1]):
        return False
    if not silent:
        state.line = line + 1
        token = state.push("html_block", "", 0)
        token.content = f'<blockquote data-quote="{found[1]}"></blockquote>'
        token.map = [line, state.line]
    return True


def _make_parser() -> MarkdownIt:
    """Without what surprises people who know no Markdown (indented code, underlined headings), and without definitions
    of links, by which a short text can grow by thousands."""
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": limits.DEPTH * 2 + 4})
    parser.enable(["table", "strikethrough"])
    parser.disable(["reference", "code", "lheading", "html_block", "html_inline"])
    parser.block.ruler.before(
        "blockquote", "quote_line", _quote_rule, {"alt": ["paragraph", "blockquote", "list", "table"]}
    )
    return parser


def _make_foreign_parser() -> MarkdownIt:
    parser = _make_parser()
    parser.options["html"] = True
    return parser.enable(["html_block", "html_inline"])


_parser = _make_parser()
_foreign_parser = _make_foreign_parser()
