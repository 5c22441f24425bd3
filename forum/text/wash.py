"""The first reading of HTML: any mark-up at all becomes plain tags that cannot be read in two ways.

What comes out holds only allowed tags with quoted attributes, no comments, no raw text, no stray "<"; so the sanitisers
after it see exactly these tags, their number and depth are known before any tree is built, and an unclosed <b> cannot
make the tree grow with the square of the text. The known shapes of word processors become ordinary structure here.
"""

import html
import re
from collections import Counter
from functools import cache

from forum.text import limits, office
from forum.text.allowed import BLOCKS, MARKS
from forum.text.references import is_member_ref, name_in

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# One attribute, as the standard's tokeniser takes it apart: a name may hold quotes, a value may be bare.
_ATTRIBUTE = re.compile(
    r"""[\s/]*(=?[^\s/>=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?""",
    re.ASCII,
)
_TAG_END = re.compile(r"[^>]*>")
# With their content they are no words for a reader. An unclosed one of the first kind hides the rest, as in browsers.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"})
_DROPPED = _RAW | {"head", "xml", "svg", "math", "select", "template", "object", "audio", "video", "canvas", "noscript"}
#: What each tag is read as; any other is left out and its content kept.
_READ_AS: dict[str, str] = {
    old: new
    for new, olds in {
        "h3": ("h1", "h2", "h3"),
        "h4": ("h4", "h5", "h6"),
        "p": (
            *("p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "center"),
            *("form", "fieldset", "legend", "figure", "figcaption", "caption", "dl", "dt", "dd", "details", "summary"),
        ),
        "blockquote": ("blockquote",),
        "pre": ("pre", "listing"),
        "ul": ("ul", "menu", "dir"),
        "strong": ("strong", "b"),
        "em": ("em", "i", "cite", "dfn", "var"),
        "s": ("s", "del", "strike"),
        "u": ("u", "ins"),
        "code": ("code", "tt", "kbd", "samp"),
        "tbody": ("tbody", "tfoot"),
        "img": ("img", "image"),
    }.items()
    for old in olds
} | {tag: tag for tag in ("ol", "li", "hr", "br", "table", "thead", "tr", "td", "th", "a", "sub", "sup", "small")}
_NESTING = frozenset({"blockquote", "ul", "ol", "table", "pre"})
_KEPT = ("href", "src", "alt", "width", "height", "start", "colspan", "rowspan", "lang", "data-quote", "data-method")
_MUTED = ("muted",)
_Attributes = dict[str, str]


def wash(source: str) -> str:
    """HTML of any kind as plain, allowed, countable tags. Raises TextRefused when they are too many or too deep."""
    return _Washer(source).run()


class _Washer:
    def __init__(self, source: str) -> None:
        self.source = source
        self.out: list[str] = []
        self.emitted = 0
        self.depth: Counter[str] = Counter()
        self.marks: dict[str, list[bool]] = {}  # by tag: was each open one passed on, or was it there already?
        self.spans: list[tuple[str, ...]] = []
        self.lists: list[str] = []  # the lists opened for Word's list paragraphs
        self.muted = False  # inside what is printed from elsewhere, or is only a list's bullet
        self.missing: set[str] = set()  # what was looked for and has no end: each is looked for once

    def run(self) -> str:
        source, position = self.source, 0
        while (at := source.find("<", position)) >= 0:
            self._text(source[position:at])
            found = None if ">" in self.missing else _TAG.match(source, at)  # a name may run on to the very end
            position = self._tag(found) if found else self._other(at)
        self._text(source[position:])
        return "".join(self.out)

    def _text(self, text: str) -> None:
        if text and not self.muted:
            self.out.append(html.escape(html.unescape(text), quote=False) if "&" in text or ">" in text else text)

    def _other(self, at: int) -> int:
        """Comments and declarations go; any other "<" was meant as one."""
        start = self.source[at : at + 4]
        end = -1
        if start == "<!--":
            end = self._find("-->", at + 2)
        elif start[:2] in {"<!", "<?", "</"}:
            end = self._find(">", at + 2)
        if end < 0:
            self._text("&lt;")
            return at + 1
        return end

    def _find(self, what: str, position: int) -> int:
        at = -1 if what in self.missing else self.source.find(what, position)
        if at < 0:
            self.missing.add(what)
            return -1
        return at + len(what)

    def _tag(self, found: re.Match[str]) -> int:
        if self._find(">", found.end()) < 0:
            return self._other(found.start())
        name, position = found[2].lower(), found.end()
        attributes: _Attributes = {}
        while attribute := _ATTRIBUTE.match(self.source, position):
            value = attribute[2] or attribute[3] or attribute[4] or ""
            attributes.setdefault(attribute[1].lower(), html.unescape(value) if "&" in value else value)
            position = attribute.end()
        end = _TAG_END.match(self.source, position)
        position = end.end() if end else len(self.source)
        if found[1]:
            self._end(name)
        elif name in _DROPPED:
            return self._skip(name, position)
        else:
            self._start(name, attributes, position)
        return position

    def _skip(self, name: str, position: int) -> int:
        end = None if name in self.missing else _closing(name).search(self.source, position)
        if end is not None:
            return max(self._find(">", end.end()), end.end())
        self.missing.add(name)
        return len(self.source) if name in _RAW else position

    def _start(self, name: str, attributes: _Attributes, position: int) -> None:
        style = attributes.get("style", "")
        if name == "span":
            self._start_span(attributes, style)
            return
        tag = _READ_AS.get(name)
        if tag is None:
            return
        if tag in MARKS:
            self._start_mark(tag, attributes, wanted=not (tag == "strong" and office.is_plain_weight(style)))
            return
        if tag in BLOCKS:
            self.muted = False
            if tag == "p" and (level := office.list_level(style)):
                self._list_paragraph(level, "ol" if office.is_numbered(self.source, position) else "ul")
                return
            self._end_lists()
            classes = attributes.get("class", "")
            if classes.lower().startswith("mso"):
                attributes.pop("lang", None)  # Word notes the language of its spelling checker, not of the text
                tag = office.heading_of_class(classes) or tag
        self._emit_start(tag, attributes)

    def _start_span(self, attributes: _Attributes, style: str) -> None:
        member = attributes.get("data-member", "")
        name = name_in(attributes.get("data-name", ""))
        if is_member_ref(member):
            self._emit(f'<span data-member="{member}"></span>')
        elif name:
            self._emit(f'<span data-name="{html.escape(name)}"></span>')
        if is_member_ref(member) or name or office.is_marker(style):
            self.muted = True
            self.spans.append(_MUTED)
        else:
            marks = office.marks_of_style(style)
            if "u" in marks and any(self.marks.get("a", ())):
                marks = tuple(mark for mark in marks if mark != "u")
            self.spans.append(marks)
            for mark in marks:
                self._start_mark(mark, {})

    def _end_span(self) -> None:
        marks = self.spans.pop() if self.spans else ()
        if marks is _MUTED:
            self.muted = False
        else:
            for mark in reversed(marks):
                self._end_mark(mark)

    def _start_mark(self, tag: str, attributes: _Attributes, *, wanted: bool = True) -> None:
        """Passed on once, whatever stands inside: so no formatting can be rebuilt in every paragraph a thousandfold."""
        opened = self.marks.setdefault(tag, [])
        if tag == "a" and any(opened):  # a link ends where the next begins
            self._emit("</a>")
            opened.clear()
        emitted = wanted and True not in opened
        opened.append(emitted)
        if emitted:
            self._emit_start(tag, attributes)

    def _end_mark(self, tag: str) -> None:
        opened = self.marks.get(tag)
        if opened and opened.pop():
            self._emit(f"</{tag}>")

    def _end(self, name: str) -> None:
        tag = _READ_AS.get(name)
        if name == "span":
            self._end_span()
        elif tag in MARKS:
            self._end_mark(tag)
        elif tag is not None and tag not in {"img", "hr"}:
            self.muted = False
            if tag == "p":
                if not self.lists:
                    self._emit("</p>")
            elif name == "br":
                self._emit("<br>")
            else:
                self._end_lists()
                self._emit_end(tag)

    def _list_paragraph(self, level: int, kind: str) -> None:
        while len(self.lists) > level or (len(self.lists) == level and self.lists[-1] != kind):
            self._end_list()
        if len(self.lists) == level:
            self._emit("</li><li>")
        while len(self.lists) < level:
            self.lists.append(kind)
            self._emit_start(kind, {})
            self._emit("<li>")

    def _end_lists(self) -> None:
        while self.lists:
            self._end_list()

    def _end_list(self) -> None:
        self._emit("</li>")
        self._emit_end(self.lists.pop())

    def _emit_start(self, tag: str, attributes: _Attributes) -> None:
        if tag in _NESTING:
            self.depth[tag] += 1
            if self.depth.total() > limits.DEPTH:
                raise limits.too_deep()
        kept = "".join(f' {key}="{html.escape(attributes[key])}"' for key in _KEPT if key in attributes)
        self._emit(f"<{tag}{kept}>")

    def _emit_end(self, tag: str) -> None:
        if tag in _NESTING:
            if not self.depth[tag]:
                return
            self.depth[tag] -= 1
        self._emit(f"</{tag}>")

    def _emit(self, tag: str) -> None:
        self.emitted += 1
        if self.emitted > 2 * limits.TAGS:
            raise limits.too_heavy()
        self.out.append(tag)


@cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
