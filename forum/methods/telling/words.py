"""What Tell's words become in the forms it leads to."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from forum.drafts import telling
from forum.drafts.actions import version_of
from forum.drafts.keeping import Resumed
from forum.drafts.models import Draft
from forum.methods import check
from forum.methods.card import Card
from forum.methods.telling.markdown import as_markdown
from forum.methods.vocabularies import Maturity


def card_of(draft: Draft, *, is_done: bool = False) -> Card:
    """A card with these words in it; a card's title, summary and text are proposals."""
    html = telling.html_of(draft)
    words = telling.words_of(draft)
    body, body_format = in_a_field(draft.body, draft.body_format, html)
    return Card(
        title=draft.title or telling.title_of(words, check.LENGTHS["title"]),
        summary=telling.first_sentence(words, check.LENGTHS["summary"]),
        language=get_language() or "en",
        body=body,
        body_format=body_format,
        maturity=Maturity.ONCE if is_done else Maturity.IDEA,
    )


def in_a_field(body: str, body_format: str, html: str) -> tuple[str, str]:
    """(words, format) as a plain field shows them best: signs of formatting are read by nobody who need not."""
    if body_format == "html" and (markdown := as_markdown(html)):
        return markdown, "markdown"
    return body, body_format


def newest(resumed: Resumed) -> dict[str, Any]:
    """What a form goes on with. The words of Tell may have been changed there since they stood in this form."""
    draft, typed = resumed.draft, resumed.typed
    if not (draft and typed and telling.is_telling(draft.place)):
        return typed
    html = telling.html_of(draft) if draft.body_format == "html" else ""
    body, body_format = in_a_field(draft.body, draft.body_format, html)
    return {**typed, "body": body, "body_format": body_format, **({"title": draft.title} if draft.title else {})}


@dataclass(frozen=True)
class ToldTry:
    """`said`: the version of the draft these words are all of; "" when some, or pictures, stay there."""

    sentence: str
    changed: str
    said: str


def try_of(draft: Draft, sentence_most: int, changed_most: int) -> ToldTry:
    """The sentence, what follows it, and whether that is everything."""
    words = telling.words_of(draft)
    line = " ".join(words.split())
    if len(line) <= sentence_most:
        sentence, rest = line, ""
    else:
        sentence = telling.first_sentence(words, sentence_most)
        rest = _after(words, sentence)
    kept = rest if len(rest) <= changed_most else rest[: rest.rfind(" ", 0, changed_most) + 1 or changed_most].rstrip()
    is_whole = kept == rest and "<img" not in telling.html_of(draft)
    return ToldTry(sentence, kept, version_of(draft) if is_whole else "")


def _after(words: str, beginning: str) -> str:
    """What follows the beginning, whatever white space stood in it."""
    pattern = r"\s+".join(map(re.escape, beginning.split()))
    found = re.match(rf"\s*{pattern}", words)
    return words[found.end() :].lstrip(" \n,;:") if found else words
