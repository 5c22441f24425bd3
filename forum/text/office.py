"""What word processors put on the clipboard, read as the structure it stands for."""

import html
import re

_BOLD = re.compile(r"(?<!-)font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<!-)font-weight\s*:", re.IGNORECASE)
_ITALIC = re.compile(r"(?<!-)font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}line-through", re.IGNORECASE)
_UNDERLINED = re.compile(r"text-decoration(?:-line)?\s*:[^;]{0,60}underline", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_LOWERED = re.compile(r"vertical-align\s*:\s*sub(?!\w|p)", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list\s*:[^;]{0,60}\blevel([1-9])", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_MARKER = re.compile(r"mso-list\s*:\s*ignore[^>]*>((?:[^<]|<(?!/span|!\[endif|!--\[endif))*)", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d{1,4}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,8})[.)]")
_ANY_TAG = re.compile(r"<[^>]*>")
_LOOK_AHEAD = 800

_HEADINGS = {"msotitle": "h3", "msosubtitle": "h4"}


def marks_of_style(style: str) -> tuple[str, ...]:
    """The formatting a `style` attribute stands for."""
    if ":" not in style:
        return ()
    patterns = (
        ("strong", _BOLD),
        ("em", _ITALIC),
        ("s", _STRUCK),
        ("u", _UNDERLINED),
        ("sup", _RAISED),
        ("sub", _LOWERED),
    )
    return tuple(tag for tag, pattern in patterns if pattern.search(style))


def is_plain_weight(style: str) -> bool:
    """Google Docs wraps a whole document in <b style="font-weight:normal">."""
    return _WEIGHT.search(style) is not None and _BOLD.search(style) is None


def is_marker(style: str) -> bool:
    """Word writes a list's bullets and numbers as text, told to be ignored."""
    return "mso-list" in style and _IGNORED.search(style) is not None


def list_level(style: str) -> int:
    """Word's list items are paragraphs with a level; 0 for everything else."""
    found = _LEVEL.search(style) if "mso-list" in style else None
    return int(found[1]) if found else 0


def is_numbered(source: str, position: int) -> bool:
    """Does the list paragraph that begins here carry a number, and not a bullet?"""
    found = _MARKER.search(source, position, position + _LOOK_AHEAD)
    return bool(found and _NUMBER.match(html.unescape(_ANY_TAG.sub("", found[1])).strip()))


def heading_of_class(classes: str) -> str | None:
    return _HEADINGS.get(classes.strip().lower())
