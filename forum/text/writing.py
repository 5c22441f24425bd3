"""The tree as the HTML that is stored, counted against the limits, and what stands in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from forum.text import inline, limits
from forum.text.allowed import LISTS
from forum.text.characters import is_visible, tidy
from forum.text.links import method_number
from forum.text.tree import Block, Run


@dataclass
class Written:
    """The stored HTML, what it refers to, and whether a reader would find anything in it."""

    html: str = ""
    pictures: list[str] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    has_words: bool = False
    has_described_picture: bool = False
    links: int = 0


#: The newest revision of a post, or None when there is no such post.
Latest = Callable[[int], int | None]


def write(root: Block, latest: Latest | None = None) -> Written:
    """Raises TextRefused for too many links, mentions or quotes, a table too large, and a result too long."""
    writer = _Writer(latest)
    writer.written.html = "".join(html for _, html in writer.children(root))
    if len(writer.written.html) > limits.OUTPUT:
        raise limits.too_heavy()
    if writer.written.links > limits.LINKS:
        raise limits.too_many_links()
    if len(writer.written.mentions) > limits.NAMES:
        raise limits.too_many_names()
    if len(writer.written.methods) > limits.QUOTES:
        raise limits.too_many_quotes()
    return writer.written


class _Writer:
    def __init__(self, latest: Latest | None) -> None:
        self.written = Written()
        self.latest = latest

    def children(self, block: Block) -> list[tuple[str, str]]:
        """What a block holds, as (tag, html); what would be empty is left out."""
        return [part for child in block.blocks for part in self.block(child)]

    def block(self, block: Block) -> list[tuple[str, str]]:
        tag = block.tag
        if tag in {"p", ""}:
            parts = inline.paragraphs(block.runs)
            return [self.paragraph(tag, block.attributes, part) for part in parts]
        if tag == "hr":
            return [("hr", "<hr>")]
        if tag == "quote":
            ref = self.with_revision(block.attributes["data-quote"])
            self.written.quotes.append(ref)
            if len(self.written.quotes) > limits.QUOTES:  # here: each may be looked up
                raise limits.too_many_quotes()
            return [("quote", _element("blockquote", {"data-quote": ref}, ""))]
        if tag == "method":
            return [self.method(block.attributes["data-method"])]
        content = self.content(block)
        if not content and tag not in {"td", "th"}:
            return []
        return [(tag, _element(tag, block.attributes, content))]

    def paragraph(self, tag: str, attributes: dict[str, str], runs: list[Run]) -> tuple[str, str]:
        """The bare address of a method, alone in its paragraph, becomes the place of its card."""
        if tag == "p" and len(runs) == 1 and (method := method_number(runs[0].value)) and self.is_bare(runs[0]):
            return self.method(method)
        return tag, _element(tag, attributes, self.words(runs))

    def is_bare(self, run: Run) -> bool:
        return run.kind == "text" and all(name == "a" and method_number(href) for name, href in run.marks)

    def method(self, number: str) -> tuple[str, str]:
        self.written.methods.append(number)
        self.written.has_words = True
        return "method", _element("blockquote", {"data-method": number}, "")

    def content(self, block: Block) -> str:
        if block.tag == "pre":
            return self.preformatted(block.runs)
        if block.tag in {"h3", "h4"}:
            return self.words(inline.one_line(block.runs))
        if block.tag == "table":
            _check_size(block)
        parts = self.children(block)
        if block.tag in {"li", "td", "th"}:
            return _item(parts)
        return "".join(html for _, html in parts)

    def words(self, runs: list[Run]) -> str:
        written = self.written
        runs = [self.named(run) if run.kind == "name" else run for run in runs]
        html = inline.write(runs)
        written.links += html.count("<a ")
        for run in runs:
            if run.kind == "img":
                written.pictures.append(run.value)
                written.has_described_picture |= is_visible(inline.alternative(run))
            elif run.kind == "member":
                written.mentions.append(run.value)
                written.has_words = True
            elif run.kind == "name":
                written.has_words = True
            elif not written.has_words:
                written.has_words = is_visible(run.value)
        return html

    def named(self, run: Run) -> Run:
        """What is too many stays as it was typed: words, and no reason to refuse a text."""
        if len(self.written.names) >= limits.METHOD_NAMES:
            return Run("text", f"[[{run.value}]]", run.marks)
        self.written.names.append(run.value)
        return run

    def with_revision(self, ref: str) -> str:
        if "." in ref or self.latest is None:
            return ref
        revision = self.latest(int(ref))
        return f"{ref}.{revision}" if revision else ref

    def preformatted(self, runs: list[Run]) -> str:
        parts = map(_plain_value, runs)
        text = tidy("".join(parts)).strip("\n").rstrip()
        if not is_visible(text):
            return ""
        self.written.has_words = True
        return f"<code>{escape(text, quote=False)}</code>"


def _plain_value(run: Run) -> str:
    if run.kind == "img":
        return inline.alternative(run)
    return {"member": f"@{run.value}", "name": f"[[{run.value}]]"}.get(run.kind, run.value)


def _item(parts: list[tuple[str, str]]) -> str:
    """A list item or a cell: words alone stand directly in it, before lists too; beside other blocks in paragraphs."""
    if any(tag not in LISTS for tag, _ in parts[1:]):
        parts = [("p", f"<p>{html}</p>") if not tag else (tag, html) for tag, html in parts]
    return "".join(html for _, html in parts)


def _check_size(table: Block) -> None:
    rows = [row for part in table.blocks for row in part.blocks]
    columns = max((sum(int(cell.attributes.get("colspan", 1)) for cell in row.blocks) for row in rows), default=0)
    if columns > limits.COLUMNS or sum(len(row.blocks) for row in rows) > limits.CELLS:
        raise limits.table_too_large()


def _element(tag: str, attributes: dict[str, str], content: str) -> str:
    if not tag:
        return content
    listed = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{listed}>{content}</{tag}>"
