"""Characters: which may stand in a text at all, and which of them an eye can see."""

import re
import unicodedata
from functools import cache

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Controls, lone surrogates, non-characters; then what turns the direction of the text around it (an override can make
# a file name or a link read backwards; direction belongs to the element) and old formatting controls.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb\ufeff\u2060-\u2064\u180e]"
)
_SPACE = re.compile("[ \t\n\r\f]+")
# Some of these are letters, marks or symbols to Unicode, and drawn as nothing all the same.
_INVISIBLE = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_PLAINLY_VISIBLE = re.compile("[0-9A-Za-z]")
MARKS_IN_A_ROW = 8


def tidy(text: str) -> str:
    """The text without controls and direction overrides, with "\\n" as its only line break, composed (NFC)."""
    return compose(drop_unwanted(text))


def drop_unwanted(text: str) -> str:
    if text.isprintable() and text.isascii():
        return text  # nearly always
    return _UNWANTED.sub("", _BREAKS.sub("\n", text))


def compose(text: str) -> str:
    """Composed characters (NFC). Never for HTML with its tags: ">" and U+0338 compose to "≯"."""
    if text.isascii():
        return text
    # Towers of marks cover the lines around them, and composing them costs the square of their height.
    return unicodedata.normalize("NFC", _towers().sub(r"\1", text))


def collapse(text: str) -> str:
    """Every stretch of spaces and breaks as one space; no-break spaces stay."""
    if "  " not in text and text.isprintable():
        return text
    return _SPACE.sub(" ", text)


def strip_invisible(text: str) -> str:
    return _INVISIBLE.sub("", text)


def is_visible(text: str) -> bool:
    """Is there anything to see: a letter, a figure, a sign, a symbol?"""
    return _PLAINLY_VISIBLE.search(text) is not None or any(
        unicodedata.category(char)[0] in "LNPS" for char in strip_invisible(text)
    )


@cache
def _towers() -> re.Pattern[str]:
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code))[0] == "M"]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    # A cluster of joined emoji is no tower: variation selectors come one at a time.
    each = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"([{each}]{{{MARKS_IN_A_ROW}}})[{each}]+")
