"""A PDF read back: what it says to eyes, and to a screen reader."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pypdf


class Sheet:
    """`words`: everything on all pages, its line ends and hyphens of setting undone; `tags`: (tag, attributes) in
    order."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = pypdf.PdfReader(io.BytesIO(pdf))
        self.root: Any = self.reader.trailer["/Root"]
        self.pages = [plain(page.extract_text()) for page in self.reader.pages]
        self.words = " ".join(self.pages)
        self.tags = list(tags(self.root["/StructTreeRoot"]))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.tags]

    def check(self, title: str, language: str) -> None:
        """What PDF/UA-1 asks of every document."""
        assert self.root["/Lang"].split("-")[0] == language
        assert self.root["/MarkInfo"]["/Marked"]
        assert self.root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert self.reader.metadata is not None
        assert self.reader.metadata.title == title
        assert re.search(rb"pdfuaid:part>1<", self.root["/Metadata"].get_data())
        figures = [said for name, said in self.tags if name == "/Figure"]
        assert all(said.get("/Alt") for said in figures)
        fonts = {name for page in self.reader.pages for name in fonts_of(page)}
        assert fonts
        assert all(re.match(r"/[A-Z]{6}\+", name) for name in fonts), "every font travels with the file"

    def __contains__(self, words: str) -> bool:
        return plain(words) in self.words


def plain(words: str) -> str:
    words = re.sub("\u00ad\\s*|\u200b\\s?", "", words)
    return re.sub(r"\s+", " ", words).strip()


def solid(words: str) -> str:
    """Without any space: where lines and columns end is the setter's business."""
    return re.sub(r"\s+", "", plain(words))


def tags(node: Any) -> Iterator[tuple[str, dict[str, str]]]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield str(node["/S"]), {key: str(value) for key, value in node.items() if key in {"/Alt", "/Lang", "/T"}}
    inner = node.get("/K", [])
    for each in inner if isinstance(inner, list) else [inner]:
        yield from tags(each)


def fonts_of(page: Any) -> Iterator[str]:
    for font in page["/Resources"].get("/Font", {}).values():
        yield str(font.get_object()["/BaseFont"])
