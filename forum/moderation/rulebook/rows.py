"""The clauses of a rule book as rows of its form: `clause-0-title_pl`, `clause-0-text_pl` …; `clause-0-place` says
where a row stands, for those who move it without a script."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from forum.communities.forms import LANGUAGES, name_of
from forum.moderation.rulebook.written import LONGEST_TEXT, LONGEST_TITLE, Written
from forum.web.fields import LineField, WordsField

PREFIX = "clause"
MOST_ROWS = 100  # looked at; far more than may be written
_NAME = re.compile(rf"{PREFIX}-(\d{{1,3}})-(?:title|text)_\w+\Z")


@dataclass(frozen=True)
class Spoken:
    """A clause in one language, as its row shows it."""

    code: str
    title: str
    text: str
    unfolded: bool

    @property
    def name(self) -> str:
        return name_of(self.code)


NOTHING = Written()


@dataclass(frozen=True)
class Row:
    clause: Written = NOTHING
    wrong: bool = False

    @property
    def languages(self) -> list[Spoken]:
        """The reader's own first, and open; the others folded."""
        own = get_language() or LANGUAGES[0]
        codes = sorted(LANGUAGES, key=lambda code: code != own)
        titles, texts = self.clause.titles, self.clause.texts
        return [Spoken(code, titles.get(code, ""), texts.get(code, ""), code == own) for code in codes]


def written_in(data: Mapping[str, Any]) -> list[Written]:
    """The rows that say something, in the order of their places."""
    indexes = sorted({int(found[1]) for name in data if (found := _NAME.match(name))})[:MOST_ROWS]
    rows = []
    for index in indexes:
        clause = Written(
            titles=_words(data, f"{PREFIX}-{index}-title_", LineField(required=False)),
            texts=_words(data, f"{PREFIX}-{index}-text_", WordsField(required=False)),
        )
        if clause.titles or clause.texts:
            rows.append((_place(data.get(f"{PREFIX}-{index}-place", ""), index + 1), index, clause))
    return [clause for _place, _index, clause in sorted(rows, key=lambda each: each[:2])]


def rows_of(clauses: Iterable[Written], wrong: Mapping[int, str]) -> list[Row]:
    return [Row(clause, place in wrong) for place, clause in enumerate(clauses, 1)]


def _words(data: Mapping[str, Any], beginning: str, field: Any) -> dict[str, str]:
    """Cut where no message can be shown any more: nobody types so much into one field."""
    longest = 4 * max(LONGEST_TEXT, LONGEST_TITLE)
    said = {code: field.to_python(str(data.get(f"{beginning}{code}", ""))[:longest]) for code in LANGUAGES}
    return {code: words for code, words in said.items() if words}


def _place(sent: str, otherwise: int) -> int:
    sent = str(sent).strip()
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else otherwise
