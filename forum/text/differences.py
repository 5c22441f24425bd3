"""What an edit changed, word by word, for the page of a post's history."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forum.text.words import plain

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
#: How many steps of comparing one page may cost, and how many differences a pair of sequences may have before it is
#: shown as replaced whole: nobody reads a thousand crumbs.
_STEPS = 300_000
_MOST_EDITS = 400

#: (sign, items): " " both, "-" only the old one, "+" only the new one.
Edit = tuple[str, list[str]]


def diff(old_html: str, new_html: str) -> SafeString:
    """The words of the new text with <ins> and <del>, in paragraphs. Safe HTML, bounded in time."""
    old, new = plain(old_html), plain(new_html)
    if old == new:
        said = escape(_("Only the form changed, not the words."))
        note = "" if old_html == new_html else f"<p><em>{said}</em></p>"
        return SafeString(note + "".join(_paragraph(_marked(" ", part)) for part in new.split("\n\n")))
    budget = _Budget(_STEPS)
    edits = list(_compare(old.split("\n\n"), new.split("\n\n"), budget))
    out: list[str] = []
    index = 0
    while index < len(edits):
        sign, items = edits[index]
        index += 1
        if sign == "-" and index < len(edits) and edits[index][0] == "+":
            out.append(_changed(items, edits[index][1], budget))
            index += 1
        else:
            out += [_paragraph(_marked(sign, item)) for item in items]
    return SafeString("".join(out))


class _Budget:
    def __init__(self, steps: int) -> None:
        self.steps = steps


def _changed(old: list[str], new: list[str], budget: _Budget) -> str:
    """Paragraphs that took the place of others: compared in pairs as far as there are pairs."""
    out = [_paragraph(_words(before, after, budget)) for before, after in zip(old, new, strict=False)]
    out += [_paragraph(_marked("-", item)) for item in old[len(new) :]]
    out += [_paragraph(_marked("+", item)) for item in new[len(old) :]]
    return "".join(out)


def _words(old: str, new: str, budget: _Budget) -> str:
    edits = _compare(_WORDS.findall(old), _WORDS.findall(new), budget)
    return "".join(_marked(sign, "".join(items)) for sign, items in edits)


def _marked(sign: str, words: str) -> str:
    html = escape(words, quote=False).replace("\n", "<br>")
    return {" ": html, "-": f"<del>{html}</del>", "+": f"<ins>{html}</ins>"}[sign] if words else ""


def _paragraph(html: str) -> str:
    return f"<p>{html}</p>" if html else ""


def _compare(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[Edit]:
    """The edits from old to new, removals before additions."""
    start = 0
    shortest = min(len(old), len(new))
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    if start:
        yield " ", list(old[:start])
    yield from _gathered(_shortest_script(middle_old, middle_new, budget))
    if end:
        yield " ", list(old[len(old) - end :])


def _gathered(script: Iterator[tuple[str, str]]) -> Iterator[Edit]:
    """Neighbouring steps joined; between two parts that stayed, what went stands before what came."""
    gone: list[str] = []
    came: list[str] = []
    stayed: list[str] = []
    for sign, item in script:
        if sign == " ":
            yield from _flush(gone, came)
            stayed.append(item)
            continue
        if stayed:
            yield " ", stayed
            stayed = []
        (gone if sign == "-" else came).append(item)
    if stayed:
        yield " ", stayed
    yield from _flush(gone, came)


def _flush(gone: list[str], came: list[str]) -> Iterator[Edit]:
    if gone:
        yield "-", gone[:]
    if came:
        yield "+", came[:]
    gone.clear()
    came.clear()


def _shortest_script(old: Sequence[str], new: Sequence[str], budget: _Budget) -> Iterator[tuple[str, str]]:
    """Myers' greedy comparison (An O(ND) Difference Algorithm, 1986); too many differences are one replacement."""
    trace = _trace(old, new, budget)
    if trace is None:
        yield from (("-", item) for item in old)
        yield from (("+", item) for item in new)
        return
    steps: list[tuple[str, str]] = []
    x, y = len(old), len(new)
    for edits in range(len(trace) - 1, -1, -1):
        reach = trace[edits]
        k = x - y
        down = k == -edits or (k != edits and reach.get(k - 1, -1) < reach.get(k + 1, -1))
        before_k = k + 1 if down else k - 1
        before_x = reach.get(before_k, 0) if edits else 0
        before_y = before_x - before_k if edits else 0
        while x > before_x and y > before_y:
            x, y = x - 1, y - 1
            steps.append((" ", old[x]))
        if edits:
            x, y = before_x, before_y
            steps.append(("+", new[y]) if down else ("-", old[x]))
    yield from reversed(steps)


def _trace(old: Sequence[str], new: Sequence[str], budget: _Budget) -> list[dict[int, int]] | None:
    """For each number of edits, how far into `old` each diagonal had come before it; None when that is too many."""
    reach: dict[int, int] = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(_MOST_EDITS):
        trace.append(dict(reach))
        budget.steps -= 3 * edits + 1
        if budget.steps < 0:
            return None
        for k in range(-edits, edits + 1, 2):
            if k == -edits or (k != edits and reach.get(k - 1, -1) < reach.get(k + 1, -1)):
                x = reach.get(k + 1, 0)
            else:
                x = reach.get(k - 1, 0) + 1
            y = x - k
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[k] = x
            if x >= len(old) and y >= len(new):
                return trace
    return None
