"""A text of the editor as Markdown, for the field of a card, which is plain: only where nothing of it changes but that
a picture stands in a paragraph of its own."""

import re
from html.parser import HTMLParser

from forum import text

_SIZE = re.compile(r' (?:width|height)="[^"]*"')
_IMAGE = re.compile(r"(?:<br>)?(<img\b[^>]*>)(?:<br>)?")
_SPACE = re.compile(r"(?<=<p>)\s+|\s+(?=</p>)")
_EMPTY = re.compile(r"<p></p>")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#~|])")
_MARKS = {"strong": "**", "em": "*", "s": "~~", "code": "`"}
_HEADINGS = {"h3": "### ", "h4": "#### "}


def as_markdown(html: str) -> str | None:
    """Markdown that gives this cleaned HTML again; None where there is none."""
    for escaping in (False, True):
        reader = _Reader(escaping)
        reader.feed(html)
        if (source := reader.source()) and _gives(source, html):
            return source
    return None


def _gives(source: str, html: str) -> bool:
    try:
        return _shape(text.clean(source, "markdown").html) == _shape(html)
    except text.TextRefused:
        return False


def _shape(html: str) -> str:
    """Without the sizes of pictures, and each of them apart."""
    apart = _IMAGE.sub(r"</p>\1<p>", _SIZE.sub("", html))
    return _EMPTY.sub("", _SPACE.sub("", apart))


class _Reader(HTMLParser):
    """What it does not know it leaves out: then the result is another text, and is not used."""

    def __init__(self, escaping: bool) -> None:
        super().__init__()
        self.escaping = escaping
        self.blocks: list[str] = []
        self.words: list[str] = []
        self.lists: list[int | None] = []
        self.links: list[str] = []

    def source(self) -> str:
        self.end_block()
        return "\n\n".join(self.blocks)

    def end_block(self, before: str = "") -> None:
        if words := "".join(self.words).strip():
            self.blocks.append(before + words)
        self.words = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        if tag in _MARKS:
            self.words.append(_MARKS[tag])
        elif tag == "a":
            self.links.append(about.get("href", ""))
            self.words.append("[")
        elif tag == "br":
            self.words.append("\n")
        elif tag == "img":
            self.end_block()
            self.blocks.append(f"![{about.get('alt', '')}]({about.get('src', '')})")
        elif tag == "span" and "data-member" in about:
            self.words.append(f"@{about['data-member']}")
        elif tag == "hr":
            self.blocks.append("---")
        elif tag in {"ul", "ol"}:
            self.lists.append(int(about.get("start") or 1) if tag == "ol" else None)
        elif tag == "blockquote" and (found := about.get("data-method") or about.get("data-quote")):
            self.blocks.append(f"/methods/{found}/" if "data-method" in about else f">>{found}")

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self.words.append(_MARKS[tag])
        elif tag == "a":
            self.words.append(f"]({self.links.pop()})" if self.links else "")
        elif tag == "li":
            self.end_item()
        elif tag in {"ul", "ol"} and self.lists:
            self.lists.pop()
        elif tag in _HEADINGS or (tag == "p" and not self.lists):
            self.end_block(_HEADINGS.get(tag, ""))

    def end_item(self) -> None:
        """The items of one list stand close together."""
        number = self.lists[-1] if self.lists else None
        before = "- " if number is None else f"{number}. "
        is_first = number in {None, 1} and not (self.blocks and self.blocks[-1].split("\n")[-1].startswith(before))
        if number is not None:
            is_first = number == 1
            self.lists[-1] = number + 1
        item = before + "".join(self.words).strip()
        self.words = []
        if is_first:
            self.blocks.append(item)
        else:
            self.blocks[-1] += f"\n{item}"

    def handle_data(self, data: str) -> None:
        self.words.append(_SPECIAL.sub(r"\\\1", data) if self.escaping else data)
