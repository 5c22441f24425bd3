"""From the sanitiser's HTML to the one form in which texts are stored.

A text is a tree of blocks; words stand only in paragraphs, headings and code, or directly in list items and cells.
Words are runs with their formatting, as in an editor, so the same look is always the same HTML.
"""

import html
import re
from collections.abc import Set
from dataclasses import dataclass, field

from forum.text.allowed import BLOCKS, FLOW, LEAVES, LISTS, MARKS, TABLE
from forum.text.links import picture_id, safe_href
from forum.text.references import is_member_ref, is_method_ref, is_quote_ref, name_in

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
_LANG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
_NUMBERS = {"start": 9_999, "colspan": 20, "rowspan": 100, "width": 20_000, "height": 20_000}

#: A mark is ("strong", "") or ("a", href).
Mark = tuple[str, str]


@dataclass
class Run:
    """Words with their formatting, or one thing among them: kind is "text", "br", "img" (value: uuid), "member" or
    "name" (of a method)."""

    kind: str
    value: str
    marks: tuple[Mark, ...]
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Block:
    """`tag` is "" for words that stand directly in a list item or a cell, "quote" and "method" for their empty
    places."""

    tag: str
    parent: "Block | None" = None
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list["Block"] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def add(self, tag: str, attributes: dict[str, str] | None = None) -> "Block":
        block = Block(tag, self, attributes or {})
        self.blocks.append(block)
        return block


class UnexpectedHtml(Exception):
    """The sanitiser answered with something that is not balanced, quoted HTML."""


def build(sanitised: str) -> Block:
    """The tree of balanced HTML. Raises UnexpectedHtml for any other."""
    builder = _Builder()
    position = 0
    for found in _TOKEN.finditer(sanitised):
        if found.start() != position:
            break
        position = found.end()
        if found[4] is not None:
            builder.text(found[4])
        elif found[1]:
            builder.end(found[2])
        else:
            builder.start(found[2], found[3])
    if position != len(sanitised) or builder.open:
        raise UnexpectedHtml
    return builder.root


class _Builder:
    def __init__(self) -> None:
        self.root = self.current = Block("root")
        self.marks: list[Mark] = []
        # Each open element: its tag, the block to return to at its end, and the mark to take off then.
        self.open: list[tuple[str, Block | None, Mark | None]] = []
        self.hidden = 0  # how many of them stand inside a quote's place, which is always empty

    def start(self, tag: str, source: str) -> None:
        attributes = {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(source)} if source else {}
        if tag in {"br", "img", "hr"}:
            if not self.hidden:
                self._single(tag, attributes)
            return
        if self.hidden:
            self.hidden += 1
            self.open.append((tag, None, None))
        elif tag in MARKS:
            self._start_mark(tag, attributes)
        elif tag in BLOCKS:
            self._start_block(tag, attributes)
        else:
            self._start_span(tag, attributes)

    def end(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise UnexpectedHtml
        _, block, mark = self.open.pop()
        self.hidden = max(self.hidden - 1, 0)
        if block is not None:
            self.current = block
        if mark is not None:
            self.marks.remove(mark)

    def text(self, source: str) -> None:
        if self.hidden or (source.isspace() and self.current.tag in LISTS | TABLE | {"root", "blockquote"}):
            return
        self._inline("text", html.unescape(source) if "&" in source else source)

    def _single(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "hr":
            self.current = self._flow()
            self.current.add("hr")
        elif tag == "br":
            self._inline("br", "\n")
        elif picture := picture_id(attributes.get("src", "")):
            self._inline("img", picture, {"alt": attributes.get("alt", ""), **_numbers(attributes, "width", "height")})
        elif attributes.get("alt"):
            self._inline("text", attributes["alt"])

    def _start_mark(self, tag: str, attributes: dict[str, str]) -> None:
        href = safe_href(attributes.get("href", "")) if tag == "a" else ""
        mark = (tag, href or "")
        if href is None or any(tag == other for other, _ in self.marks):
            self.open.append((tag, None, None))
        else:
            self.marks.append(mark)
            self.open.append((tag, None, mark))

    def _start_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "blockquote" and (place := _place(attributes)):
            self.current = self._flow()
            self.current.add(*place)
            self.open.append((tag, None, None))
            self.hidden = 1
            return
        back_to = self.current
        if tag == "li":
            parent = self._nearest(LISTS) if self._is_in_list() else self._flow().add("ul")
        elif tag in {"thead", "tbody", "tr", "td", "th"}:
            parent = self._table_part(tag)
        else:
            parent = self._flow()
        if back_to.tag in LEAVES or not back_to.tag:
            back_to = parent
        self.current = parent.add(tag, _kept(tag, attributes))
        self.open.append((tag, back_to, None))

    def _start_span(self, tag: str, attributes: dict[str, str]) -> None:
        member = attributes.get("data-member", "")
        if is_member_ref(member):
            self._inline("member", member)
        elif name := name_in(attributes.get("data-name", "")):
            is_in_link = any(tag in {"a", "code"} for tag, _ in self.marks)
            self._inline("text" if is_in_link else "name", name)
        self.open.append((tag, None, None))

    def _inline(self, kind: str, value: str, attributes: dict[str, str] | None = None) -> None:
        block = self.current
        if block.tag not in LEAVES and block.tag:
            block = self._flow()
            self.current = block = block.add("p" if block.tag in {"root", "blockquote"} else "")
        block.runs.append(Run(kind, value, tuple(self.marks), attributes or {}))

    def _flow(self) -> Block:
        """Where a block may stand: here, or in the nearest place above, or in the cell or item that is missing."""
        block = self.current
        while (block.tag in LEAVES or not block.tag) and block.parent is not None:
            block = block.parent
        if block.tag in LISTS:  # <ul><ul>: the inner list belongs to the item before it
            return block.blocks[-1] if block.blocks else block.add("li")
        for outer, inner in (("table", "tbody"), ("thead", "tr"), ("tbody", "tr"), ("tr", "td")):
            if block.tag == outer:
                block = block.add(inner)
        return block

    def _nearest(self, tags: Set[str]) -> Block:
        block = self.current
        while block.tag not in tags and block.parent is not None:
            block = block.parent
        return block

    def _is_in_list(self) -> bool:
        """Does a list wait for items, and not an item or a cell for blocks? An item that we added does not count."""
        return next((tag in LISTS for tag, *_ in reversed(self.open) if tag in LISTS | FLOW), False)

    def _table_part(self, tag: str) -> Block:
        above = ("table", "tbody", "tr")[: {"tr": 2, "td": 3, "th": 3}.get(tag, 1)]
        block = self._nearest({"thead", *above} if len(above) > 1 else {"table"})
        if block.tag == "root":
            raise UnexpectedHtml
        missing = above[above.index("tbody" if block.tag == "thead" else block.tag) + 1 :]
        for step in missing:
            block = block.add(step)
        return block


def _place(attributes: dict[str, str]) -> tuple[str, dict[str, str]] | None:
    """The empty place this element is: of a quote or of a method's card."""
    quote, method = attributes.get("data-quote", ""), attributes.get("data-method", "")
    if is_quote_ref(quote):
        return "quote", {"data-quote": quote}
    return ("method", {"data-method": method}) if is_method_ref(method) else None


def _kept(tag: str, attributes: dict[str, str]) -> dict[str, str]:
    kept = {}
    if _LANG.fullmatch(attributes.get("lang", "")):
        kept["lang"] = attributes["lang"]
    if tag == "ol":
        kept.update(_numbers(attributes, "start"))
    elif tag in {"td", "th"}:
        kept.update(_numbers(attributes, "colspan", "rowspan"))
    return kept


def _numbers(attributes: dict[str, str], *names: str) -> dict[str, str]:
    numbers = {}
    for name in names:
        value = attributes.get(name, "")
        if value.isascii() and value.isdigit() and len(value) < 6 and 1 <= int(value) <= _NUMBERS[name]:
            numbers[name] = str(int(value))
    return numbers
