"""What differs between two versions of the rules, clause by clause, in one language."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from forum import text
from forum.moderation.rulebook.written import Written
from forum.web.language import in_my_language

NOTHING = Written()


@dataclass(frozen=True)
class Difference:
    """`words`: safe HTML with what came and what went."""

    label: str
    words: SafeString
    language: str = ""


def differences(old: Sequence[Written], new: Sequence[Written]) -> list[Difference]:
    """Only clauses that differ; each in the reader's language, or where that stayed the same in one that changed."""
    found = []
    for number, (before, after) in enumerate(zip_longest(old, new, fillvalue=NOTHING), 1):
        if before != after:
            language = _language(before, after)
            label = _("Clause %(number)s") % {"number": number}
            found.append(Difference(label, text.diff(_html(before, language), _html(after, language)), language))
    return found


def _language(before: Written, after: Written) -> str:
    """One in which something changed: the reader's own if it did there."""
    both = (before.titles, after.titles, before.texts, after.texts)
    codes = sorted({code for words in both for code in words})
    changed = [
        code
        for code in codes
        if before.titles.get(code) != after.titles.get(code) or before.texts.get(code) != after.texts.get(code)
    ]
    return in_my_language({code: code for code in changed})


def _html(clause: Written, language: str) -> str:
    """Plain words as the paragraphs that the comparison takes."""
    said = [clause.titles.get(language, ""), *clause.texts.get(language, "").split("\n")]
    return "".join(f"<p>{escape(words)}</p>" for words in said if words.strip())
