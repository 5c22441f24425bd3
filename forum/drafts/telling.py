"""What is being told before it is known what it will be, and where: one draft a member, until something was published
from it. Forms that go on with it (`?from=tell`) keep what is typed in them at the same place."""

import re
from typing import Any

from django.http import HttpRequest

from forum import text
from forum.drafts.models import Draft
from forum.drafts.queries import find_draft

PREFIX = "tell"
_PICTURE = re.compile(r"<img\b[^>]*>")
_ENDS = (". ", "! ", "? ", "… ", "\n")


def place_of(member: Any) -> str:
    return f"{PREFIX}:{member.pk}"


def place_here(request: HttpRequest, otherwise: str) -> str:
    """Where the draft of this form stands."""
    mine = place_of(request.user)
    asked = request.POST.get("place") == mine if request.method == "POST" else request.GET.get("from") == PREFIX
    return mine if asked else otherwise


def is_telling(place: str) -> bool:
    return place.startswith(f"{PREFIX}:")


def told_by(member: Any) -> Draft | None:
    """What this member is telling, None when nothing."""
    draft = find_draft(member, place_of(member))
    return draft if draft and draft.body.strip() else None


def html_of(draft: Draft) -> str:
    """As it would be published; "" for what could not be."""
    try:
        return text.clean(draft.body, draft.body_format).html
    except text.TextRefused:
        return ""


def words_of(draft: Draft) -> str:
    """Its plain words, without those that describe its pictures."""
    return plain_words(html_of(draft))


def plain_words(html: str) -> str:
    return text.plain(_PICTURE.sub("", html)).strip()


def first_sentence(words: str, most: int) -> str:
    """The beginning of plain words in one line, at most so long, cut between two words."""
    ends = [words.find(end) + len(end.rstrip(" ")) for end in _ENDS if end in words.strip()]
    words = " ".join(words.strip()[: min(ends, default=len(words))].split())
    if len(words) <= most:
        return words
    cut = words[: most + 1]
    return (cut[: cut.rfind(" ")] if " " in cut else cut[:most]).rstrip(" ,;:–—-")


def title_of(words: str, most: int) -> str:
    """A title proposed for these words: their first sentence without its full stop."""
    sentence = first_sentence(words, most + 1)
    return first_sentence(sentence[:-1] if sentence.endswith(".") else sentence, most)
