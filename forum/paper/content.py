"""A cleaned text as what a sheet is set from: blocks of runs, plain data and no markup.

A block is {"kind": "paragraph" | "heading" | "list" | "quote" | "code" | "table" | "rule", …}, with "lang" where it is
in a language of its own; a run is {"text": …} with its marks ({"strong": True, "url": …}), {"break": True}, or
{"picture": its words, "src": its address}: pictures stand as their words so far. Whatever else stands in the HTML
gives its words: nothing is left out.
"""

import re
from html.parser import HTMLParser
from typing import Any

Block = dict[str, Any]
Run = dict[str, Any]

_MARKS = frozenset({"strong", "em", "s", "u", "code", "sub", "sup", "small"})
_WORDS = {"p": "paragraph", "div": "paragraph", "footer": "paragraph", "pre": "code"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=-|$)", re.IGNORECASE)
LONGEST_URL = 2_000
MOST_COLUMNS = 4  # of a table; a wider one is told row by row
DEEPEST = 12  # lists and quotes in one another; deeper ones stand at that depth


def blocks_of(html: str, *, heading: int = 3) -> list[Block]:
    """The blocks of HTML as forum.text made and filled it. Its highest heading is of level `heading`, and no level is
    left out below it, whatever the text did."""
    walk = _Walk(heading)
    walk.feed(html)
    walk.close()
    return walk.root


def paragraphs(words: str) -> list[Block]:
    """Plain words: an empty line parts paragraphs, a line break stays one."""
    parts = [part.strip("\n") for part in re.split(r"\n\s*\n", words.replace("\r\n", "\n").strip())]
    return [{"kind": "paragraph", "runs": _lines(part)} for part in parts if part.strip()]


def _lines(words: str) -> list[Run]:
    runs: list[Run] = []
    for line in words.split("\n"):
        runs += [{"break": True}, {"text": line}] if runs else [{"text": line}]
    return runs


class _Walk(HTMLParser):
    def __init__(self, heading: int) -> None:
        super().__init__(convert_charrefs=True)
        self.root: list[Block] = []
        self.places = [self.root]  # where the next block goes, the innermost last
        self.open: list[tuple[str, bool]] = []  # tag, and whether it opened a place
        self.marks: list[Run] = []
        self.leaf: Block | None = None  # the block that words go to now
        self.top, self.level = heading, heading - 1
        self.table: Block | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in {"br", "img", "hr"}:
            self._single(tag, said)
            return
        opens = False
        if tag in _MARKS:
            self.marks.append({tag: True})
        elif tag == "a":
            url = said.get("href", "")
            followed = url.startswith(("http://", "https://", "mailto:")) and len(url) <= LONGEST_URL
            self.marks.append({"url": url} if followed else {})
        elif tag in _WORDS:
            self._begin({"kind": _WORDS[tag], "runs": []}, said)
        elif re.fullmatch("h[1-6]", tag):
            self.level = min(max(int(tag[1]), self.top), self.level + 1)
            self._begin({"kind": "heading", "level": self.level, "runs": []}, said)
        else:
            opens = self._open_place(tag, said)
        self.open.append((tag, opens))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            return  # what forum.text stores is balanced
        _, opened = self.open.pop()
        if tag in _MARKS or tag == "a":
            self.marks.pop()
        else:
            self.leaf = None
        if opened:
            self.places.pop()
        if tag == "table" and self.table is not None:
            self._end_table(self.table)
            self.table = None

    def handle_data(self, data: str) -> None:
        if self.leaf is None and not data.strip():
            return
        is_code = self.leaf is not None and self.leaf["kind"] == "code"
        if is_code:
            for run in _lines(data):
                self._run(run)
        else:
            self._run({"text": re.sub(r"[ \n\t]+", " ", data)})

    def _run(self, run: Run) -> None:
        leaf = self.leaf or self._begin({"kind": "paragraph", "runs": []}, {})
        for mark in self.marks:
            run = run | mark
        leaf["runs"].append(run)

    def _begin(self, block: Block, said: dict[str, str]) -> Block:
        self.places[-1].append(_spoken(block, said))
        self.leaf = block if "runs" in block else None
        return block

    def _single(self, tag: str, said: dict[str, str]) -> None:
        if tag == "hr":
            self._begin({"kind": "rule"}, {})
        elif tag == "br":
            self._run({"break": True})
        else:  # the picture's bytes would come in here, beside its words
            self._run({"picture": said.get("alt", ""), "src": said.get("src", "")})

    def _open_place(self, tag: str, said: dict[str, str]) -> bool:
        """Whether blocks now go into this element."""
        if len(self.places) > DEEPEST:
            return False
        self.leaf = None
        if tag in {"ul", "ol"}:
            start = said.get("start", "")
            number = int(start) if start.isdecimal() and len(start) < 6 else 1
            items: list[Block] = []
            self._begin({"kind": "list", "ordered": tag == "ol", "start": number, "items": items}, said)
            self.places.append(_Items(items))
        elif tag == "li":
            item: list[Block] = []
            self.places[-1].append({"blocks": item} if isinstance(self.places[-1], _Items) else _aside(item))
            self.places.append(item)
        elif tag == "blockquote":
            quote: Block = {"kind": "quote", "blocks": []}
            self._begin(quote, said)
            self.places.append(quote["blocks"])
        elif tag == "table" and self.table is None:
            self.table = {"kind": "table", "rows": []}
            self._begin(self.table, said)
            return False
        elif tag == "tr" and self.table is not None:
            self.table["rows"].append([])
            return False
        elif tag in {"td", "th"} and self.table is not None and self.table["rows"]:
            cell: list[Block] = []
            self.table["rows"][-1].append({"blocks": cell, "head": tag == "th"})
            self.places.append(cell)
        else:
            return False
        return True

    def _end_table(self, table: Block) -> None:
        """Every row as long as the longest; `head`: its first row names the columns. A wide one becomes a list."""
        rows: list[list[Block]] = table["rows"]
        columns = max(map(len, rows), default=0)
        if not columns or columns > MOST_COLUMNS:
            items = [{"blocks": [block for cell in row for block in cell["blocks"]]} for row in rows]
            table.clear()
            table.update(kind="list", ordered=False, start=1, items=items)
            return
        for row in rows:
            row += [{"blocks": [], "head": False} for _ in range(columns - len(row))]
        table.update(columns=columns, head=all(cell["head"] for cell in rows[0]))


class _Items(list[Block]):
    """The items of a list: only items stand in it."""

    def __init__(self, items: list[Block]) -> None:
        super().__init__()
        self.items = items

    def append(self, block: Block) -> None:
        self.items.append(block if "kind" not in block else {"blocks": [block]})


def _aside(blocks: list[Block]) -> Block:
    """An item without a list."""
    return {"kind": "list", "ordered": False, "start": 1, "items": [{"blocks": blocks}]}


def _spoken(block: Block, said: dict[str, str]) -> Block:
    language = _LANGUAGE.match(said.get("lang", ""))
    if language:
        block["lang"] = language[0].lower()
    return block
