"""What may stand in a cleaned text, said once for both sanitisers, and the two of them."""

import threading
from typing import Any

import bleach
import nh3

#: Formatting of words.
MARKS = frozenset({"strong", "em", "s", "u", "code", "sub", "sup", "small", "a"})
#: Blocks that hold blocks or words.
FLOW = frozenset({"blockquote", "li", "td", "th"})
#: Blocks that hold words only.
LEAVES = frozenset({"p", "h3", "h4", "pre"})
#: What must stand in what, and where each is at home.
LISTS = frozenset({"ul", "ol"})
TABLE = frozenset({"table", "thead", "tbody", "tr"})
BLOCKS = FLOW | LEAVES | LISTS | TABLE | {"hr"}
VOID = frozenset({"br", "hr", "img"})
TAGS = MARKS | BLOCKS | {"br", "img", "span"}

ATTRIBUTES: dict[str, set[str]] = {
    **{tag: {"lang"} for tag in BLOCKS if tag != "hr"},
    "a": {"href", "rel"},
    "blockquote": {"lang", "data-quote", "data-method"},
    "span": {"data-member", "data-name"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"lang", "start"},
    "td": {"lang", "colspan", "rowspan"},
    "th": {"lang", "colspan", "rowspan"},
}
SCHEMES = {"http", "https", "mailto"}

_first = nh3.Cleaner(tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
_local = threading.local()


def sanitise(html: str) -> str:
    """The HTML as the HTML standard's parser reads it, balanced, with nothing that is not allowed."""
    return _first.clean(html)


def second_opinion(html: str) -> str:
    """The same list by another parser. Only for what `sanitise` has balanced and the limits have passed."""
    cleaner: Any = getattr(_local, "cleaner", None)
    if cleaner is None:  # its parser keeps state: one for each thread
        attributes = {tag: sorted(names) for tag, names in ATTRIBUTES.items()}
        cleaner = _local.cleaner = bleach.Cleaner(
            tags=set(TAGS), attributes=attributes, protocols=SCHEMES, strip=True, strip_comments=True
        )
    return str(cleaner.clean(html))
