"""A clause as somebody wrote it, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_CLAUSES, LONGEST_TITLE, LONGEST_TEXT = 40, 120, 2000


@dataclass(frozen=True)
class Written:
    """{language: words}, without empty ones."""

    titles: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def problems(clauses: Sequence[Written]) -> dict[int, str]:
    """{place from 1: what is wrong}; under 0 what is wrong with the whole."""
    found = {place: words for place, clause in enumerate(clauses, 1) if (words := _problem(clause, place))}
    if not clauses:
        found[0] = _("Rules need at least one clause.")
    if len(clauses) > MOST_CLAUSES:
        found[0] = _("At most %(most)s clauses: nobody reads more.") % {"most": MOST_CLAUSES}
    return found


def _problem(clause: Written, place: int) -> str:
    if not any(clause.titles.values()):
        return _("Clause %(number)s: give it a few words as a title, in at least one language.") % {"number": place}
    said = {"number": place, "title": LONGEST_TITLE, "text": LONGEST_TEXT}
    if any(len(words) > LONGEST_TITLE for words in clause.titles.values()):
        return _("Clause %(number)s: a title has at most %(title)s characters.") % said
    if any(len(words) > LONGEST_TEXT for words in clause.texts.values()):
        return _("Clause %(number)s: a text has at most %(text)s characters.") % said
    return ""
