"""Words in a block: spaces, plain addresses and mentions settled, then written as HTML."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from forum.text import limits
from forum.text.characters import collapse, compose, drop_unwanted, is_visible, tidy
from forum.text.links import PLAIN, is_external, safe_href, trimmed
from forum.text.references import MENTION, NAME, name_in
from forum.text.tree import Run

_EDGE = " \xa0"
_FINDABLE = re.compile(f"{NAME}|{PLAIN}|{MENTION}", re.IGNORECASE)
_SIGNS = ("@", "//", "[[")


def paragraphs(runs: list[Run]) -> list[list[Run]]:
    """The settled runs, parted where two line breaks follow one another. What has nothing to see is left out."""
    parts: list[list[Run]] = [[]]
    for run in _merged(runs):
        last = parts[-1]
        if run.kind == "br":
            while last and last[-1].kind == "text" and not last[-1].value.strip(_EDGE):
                last.pop()
            if last and last[-1].kind == "br":
                parts.append([])
            elif last:
                last.append(run)
        else:
            last.append(run)
    settled = [list(_enriched(_without_edges(part))) for part in parts]
    return [part for part in settled if _is_something(part)]


def one_line(runs: list[Run]) -> list[Run]:
    """The same for what cannot be parted (list items, cells, headings): never more than one break in a row."""
    joined: list[Run] = []
    for part in paragraphs(runs):
        if joined:
            joined.append(Run("br", "\n", ()))
        joined += part
    return joined


def write(runs: Iterable[Run]) -> str:
    """The runs as HTML, each formatting opened as late and closed as early as its order allows."""
    out: list[str] = []
    opened: list[tuple[str, str]] = []
    for run in runs:
        same = 0
        while same < min(len(opened), len(run.marks)) and opened[same] == run.marks[same]:
            same += 1
        out += [f"</{tag}>" for tag, _ in reversed(opened[same:])]
        out += [_opening(tag, href) for tag, href in run.marks[same:]]
        opened = list(run.marks)
        out.append(_written(run))
    out += [f"</{tag}>" for tag, _ in reversed(opened)]
    return "".join(out)


def _merged(runs: list[Run]) -> Iterator[Run]:
    """Neighbours with the same formatting joined, controls dropped, spaces collapsed also across formatting."""
    joined: list[Run] = []
    for run in runs:
        value = drop_unwanted(run.value) if run.kind == "text" else run.value
        if run.kind == "text" and joined and joined[-1].kind == "text" and joined[-1].marks == run.marks:
            joined[-1].value += value
        elif value:
            joined.append(Run(run.kind, value, run.marks, run.attributes))
    after_space = True
    for run in joined:
        if run.kind == "text":
            run.value = collapse(compose(run.value))
            if after_space:
                run.value = run.value.removeprefix(" ")
            if not run.value:
                continue
            after_space = run.value.endswith(" ")
        else:
            after_space = run.kind == "br"
        yield run


def _without_edges(part: list[Run]) -> list[Run]:
    """No spaces or breaks at the beginning and the end, no spaces before a break."""
    kept: list[Run] = []
    for run in part:
        if run.kind == "br":
            _strip_end(kept)
        elif run.kind == "text" and not kept:
            run.value = run.value.lstrip(_EDGE)
        if run.value and (kept or run.kind != "br"):
            kept.append(run)
    _strip_end(kept)
    return kept


def _strip_end(kept: list[Run]) -> None:
    while kept and kept[-1].kind in {"text", "br"}:
        kept[-1].value = kept[-1].value.rstrip(_EDGE + "\n")
        if kept[-1].value:
            return
        kept.pop()


def _is_something(part: list[Run]) -> bool:
    return any(run.kind in {"img", "member", "name"} or (run.kind == "text" and is_visible(run.value)) for run in part)


def _enriched(part: list[Run]) -> Iterator[Run]:
    """Plain addresses become links, @usernames mentions and [[names]] of methods, but not in links or code."""
    for index, run in enumerate(part):
        may = run.kind == "text" and not any(tag in {"a", "code"} for tag, _ in run.marks)
        if may and (any(sign in run.value for sign in _SIGNS) or "www." in run.value.lower()):
            before = _neighbour(part[index - 1], -1) if index else ""
            after = _neighbour(part[index + 1], 0) if index + 1 < len(part) else ""
            yield from _found_in(run, before, after)
        else:
            yield run


def _neighbour(run: Run, end: int) -> str:
    """The character a run shows its neighbour: formatting parts no word."""
    return {"text": run.value[end], "member": "a", "name": "a"}.get(run.kind, " ")


def _found_in(run: Run, before: str, after: str) -> Iterator[Run]:
    text = before + run.value + after
    done, end = len(before), len(text) - len(after)
    for found in _FINDABLE.finditer(text, done, end):
        if found["called"]:
            name = name_in(found["called"])
            if not name:
                continue
            new, stop = Run("name", name, run.marks), found.end()
        elif found["name"]:
            new = Run("member", found["name"].lower(), run.marks)
            stop = found.end()
        else:
            url = trimmed(found[0])
            href = safe_href(url if "://" in url[:8] else f"https://{url}")
            if href is None:
                continue
            new = Run("text", url, (*run.marks, ("a", href)))
            stop = found.start() + len(url)
        if found.start() > done:
            yield Run("text", text[done : found.start()], run.marks)
        yield new
        done = stop
    if done < end:
        yield Run("text", text[done:end], run.marks)


def _opening(tag: str, href: str) -> str:
    if tag != "a":
        return f"<{tag}>"
    rel = ' rel="nofollow ugc noopener"' if is_external(href) else ""
    return f'<a href="{escape(href)}"{rel}>'


def _written(run: Run) -> str:
    if run.kind == "text":
        return escape(run.value, quote=False)
    if run.kind == "br":
        return "<br>"
    if run.kind == "member":
        return f'<span data-member="{run.value}"></span>'
    if run.kind == "name":
        return f'<span data-name="{escape(run.value)}"></span>'
    sizes = "".join(f' {name}="{run.attributes[name]}"' for name in ("width", "height") if name in run.attributes)
    return f'<img src="/pictures/{run.value}/" alt="{escape(alternative(run))}"{sizes}>'


def alternative(run: Run) -> str:
    """A picture's words for those who do not see it."""
    alt = collapse(tidy(run.attributes.get("alt", ""))).strip()
    return alt[: limits.ALT].strip()
