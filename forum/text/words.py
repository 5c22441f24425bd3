"""The words of a stored text, without its form."""

import re
from html import unescape

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>|([^<]+)')
_VALUE = re.compile(r' (alt|data-member|data-name)="([^"]*)"')
_PARAGRAPHS = frozenset({"p", "h3", "h4", "blockquote", "pre", "ul", "ol", "table", "hr"})
_CELLS = frozenset({"td", "th"})
_SPACE = re.compile(r"\s+")
_SHORTEST_CUT = 0.6


def plain(html: str) -> str:
    """The words of a cleaned text: paragraphs parted by an empty line, items and rows by a line, cells by a tab.

    A picture is its description, a mention "@username", a method its name as typed, a quote nothing: its words belong
    to another post. The characters of a quote's range are counted in this text.
    """
    out: list[str] = []
    gaps = _Gaps()
    for found in _TOKEN.finditer(html):
        tag, words = found[2], found[4]
        if words is None:
            gaps.see(tag, ends=bool(found[1]))
            if found[1] or tag not in {"img", "span"}:
                continue
            value = _VALUE.search(found[3])
            words = ("@" if value[1] == "data-member" else "") + value[2] if value else ""
        if words:
            out.append(gaps.gap if out else "")
            out.append(unescape(words) if "&" in words else words)
            gaps.gap = ""
    return "".join(out)


class _Gaps:
    """What parts the next words from the last ones."""

    def __init__(self) -> None:
        self.gap = ""
        self.inside = 0  # how many items and cells are open
        self.first_cell = True

    def see(self, tag: str, *, ends: bool) -> None:
        if tag in _CELLS or tag == "li":
            self.inside += -1 if ends else 1
        if tag == "tr":
            self.first_cell = True
        if tag in _PARAGRAPHS:
            self.gap = (self.gap or "\n") if self.inside else "\n\n"
        elif tag in _CELLS:
            if not ends:
                self.gap = self.gap if self.first_cell else "\t"
                self.first_cell = False
        elif tag in {"li", "tr"}:
            self.gap = self.gap if self.gap == "\n\n" else "\n"
        elif tag == "br":
            self.gap = self.gap or "\n"


def excerpt(html: str, length: int) -> str:
    """The beginning of the words, in one line of at most `length` characters, ended at a word with an ellipsis."""
    # Spaces only shrink it, so a little more than asked for is enough to read.
    words = _SPACE.sub(" ", plain(html)).strip()
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    space = cut.rfind(" ")
    if space >= length * _SHORTEST_CUT:
        cut = cut[:space]
    return cut.rstrip(" ,;:–—-") + "…"
