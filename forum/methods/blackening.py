"""Words taken out of a value as versions keep it: which ones, where they stand in it, and the value without them."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from unicodedata import combining, normalize

from forum.methods.pictures.settling import as_ids
from forum.methods.records import SHARED

BLACK = "█████"
SMALLEST = "██"  # no longer than any words that go: for a text that is as long as it can be
#: The house's own keys: no words of anybody's, and a list would not be one without them.
_KEYS = frozenset(
    {"language", "body_format", "licence", "maturity", "purposes", "grouping", "basis", "format", "space",
     "cost_band", "skill", "consent", "art_form", "key", "answer", "per", "rights"}
)  # fmt: skip
_SIGNS = "\u0300-\u036f"  # a letter and its sign may be written as two


def lines_of(words: str) -> list[str]:
    """Each form of the words, one a line."""
    return list(dict.fromkeys(line for part in words.splitlines() if (line := " ".join(part.split()))))


def pattern(forms: Iterable[str], *, inside: bool = False) -> "re.Pattern[str]":
    """Any of the forms, in whichever case; `inside` longer words too. Also where a letter and its sign are written as
    two: imported cards come as they were."""
    written = {each for form in forms for each in (normalize("NFC", form), normalize("NFD", form))}
    # The longest first: of "Zosia Nowak" nothing is left.
    every = sorted(written, key=lambda form: (-len(form), form))
    return re.compile("|".join(_one(form, inside) for form in every), re.IGNORECASE)


def _one(form: str, inside: bool) -> str:
    words = r"\s+".join(map(re.escape, form.split()))
    if inside:
        return words
    before = rf"(?<![^\W_])(?<![{_SIGNS}])" if form[0].isalnum() else ""
    after = rf"(?![^\W_]|[{_SIGNS}])" if form[-1].isalnum() or combining(form[-1]) else ""
    return f"{before}{words}{after}"


def longer_words(texts: Iterable[str], forms: Iterable[str], most: int) -> list[str]:
    """The words that hold one of the forms and more: those that stay when only whole words go."""
    whole, inside = pattern(forms), pattern(forms, inside=True)
    around = re.compile(rf"[^\W_{_SIGNS}]*(?:{inside.pattern})(?:[^\W_]|[{_SIGNS}])*", re.IGNORECASE)
    found: dict[str, None] = {}
    for text in texts:
        for word in around.finditer(whole.sub(" ", text)):
            found[word.group()] = None
            if len(found) == most:
                return list(found)
    return list(found)


def is_key(key: str, value: Any) -> bool:
    """Or the id of a picture: no words either."""
    return key in _KEYS or (key == "id" and isinstance(value, str) and bool(as_ids([value])))


def leaves(value: Any, *, is_passing: bool = False) -> Iterator[str]:
    """Every text that `without` looks into."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, is_passing=is_passing)
    elif isinstance(value, dict):
        for key, each in value.items():
            if is_passing and key not in SHARED:
                yield key
            if is_passing or not is_key(key, each):
                yield from leaves(each, is_passing=is_passing or key == "imported")


def without(value: Any, taken: "re.Pattern[str]", black: str = BLACK, *, is_passing: bool = False) -> Any:
    """`is_passing`: what an import brought that is no field of ours, where any key may be somebody's words."""
    if isinstance(value, str):
        return taken.sub(black, value)
    if isinstance(value, list):
        return [without(each, taken, black, is_passing=is_passing) for each in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for key, each in value.items():
        name = taken.sub(black, key) if is_passing and key not in SHARED else key
        is_ours = is_key(key, each) and not is_passing
        kept[name] = each if is_ours else without(each, taken, black, is_passing=is_passing or key == "imported")
    return kept
