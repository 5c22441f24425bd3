"""Every write of drafts."""

import hashlib
import json
from collections.abc import Collection, Mapping
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.drafts import registry
from forum.drafts.models import Draft
from forum.web.errors import Refusal

MOST_CHARACTERS = 250_000  # more than forum.text accepts: what is too long to publish is still kept
MOST_OF_A_FORM = 200_000  # a form of many fields, as JSON
MOST_DRAFTS = 200


class NewerText(Exception):
    """Another page has saved another text here since this one was loaded; `draft` is that text."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("a newer draft stands here")
        self.draft = draft


def keep_draft(
    *,
    member: Member,
    place: str,
    title: str = "",
    body: str = "",
    body_format: str = "markdown",
    based_on: int = 0,
    fields: Mapping[str, Any] | None = None,
    started_from: str | None = None,
) -> Draft:
    """Keep the text and return its row; an empty text leaves no row.

    `fields` is everything typed in a form of many fields: {name: text, or several}; None leaves them as they are.
    `started_from` is the version (see `version_of`) the writer's page knew: another version with another text on the
    server raises NewerText. None overwrites.
    Raises Http404 where the member may not write, Refusal when the text is too long or the drafts too many.
    """
    if not registry.is_allowed(member, place):
        raise Http404
    kept = _fields(title, body, body_format, based_on, fields)
    _fits(kept)
    with changes.writing():
        mine = Draft.objects.filter(member=member)
        draft = mine.select_for_update().filter(place=place).first()
        if fields is None and draft is not None:
            kept["fields"] = draft.fields
        known = {started_from, version(title, body, kept["fields"])}
        if draft is not None and started_from is not None and version_of(draft) not in known:
            raise NewerText(draft)
        if not (kept["title"] or kept["body"] or kept["fields"]):
            mine.filter(place=place).delete()
            return Draft(member=member, place=place, saved_at=timezone.now())
        if draft is None and registry.is_published(member, place, kept["title"], kept["body"]):
            return Draft(member=member, place=place, saved_at=timezone.now())  # saved late: it is no draft any more
        if draft is None and mine.count() >= MOST_DRAFTS:
            raise Refusal(_("You have very many drafts. Delete some to keep new ones."), field="body", status=413)
        draft, _created = Draft.objects.update_or_create(member=member, place=place, defaults=kept)
        return draft


def _fits(kept: dict[str, Any]) -> None:
    words = _("This text is too long to be kept as a draft. Please shorten it.")
    if len(kept["body"]) > MOST_CHARACTERS:
        raise Refusal(words, field="body", status=413)
    if len(json.dumps(kept["fields"])) > MOST_OF_A_FORM:
        raise Refusal(words, status=413)


def lay_draft(*, member: Member, place: str, body: str, body_format: str, based_on: int) -> bool:
    """A step inside another deed's write: a text to begin with where somebody is asked to write. False where one of
    their own stands already: that stays."""
    kept = _fields("", body, body_format, based_on, None)
    _draft, new = Draft.objects.get_or_create(member=member, place=place, defaults=kept)
    return new


def discard_draft(*, member: Member, place: str, known: Collection[str] | None = None) -> None:
    """Delete the draft: the member asked, or the text is published. Harmless when there is none.

    `known`: only one of these versions; what another page has saved here since is another text, and stays.
    """
    drafts = Draft.objects.filter(member=member, place=_normal(place))
    if known is None or version_of(drafts.first()) in known:
        drafts.delete()


def _fields(title: str, body: str, body_format: str, based_on: int, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "title": _normal(title)[:300],
        "body": _normal(body),
        "body_format": "html" if body_format == "html" else "markdown",
        "based_on": max(0, min(based_on, 2**31 - 1)),
        "fields": {_normal(name): _typed(value) for name, value in (fields or {}).items() if value},
    }


def _typed(value: Any) -> Any:
    return [_normal(each) for each in value] if isinstance(value, list) else _normal(value)


def version(title: str, body: str, fields: Mapping[str, Any] | None = None) -> str:
    """A text's version is the text itself, in short: the same words on two devices never quarrel."""
    text = f"{_normal(title)[:300]}\0{_normal(body)}"
    if fields:
        text += "\0" + json.dumps(fields, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def version_of(draft: Draft | None) -> str:
    """What a page remembers of the draft it started from; "" where there was none."""
    if draft is None or not (draft.title or draft.body or draft.fields):
        return ""
    return version(draft.title, draft.body, draft.fields)


def _normal(text: str) -> str:
    """What a database can hold: no NUL, and no half of a sign, which JSON may carry."""
    return text.replace("\r\n", "\n").replace("\0", "").encode(errors="replace").decode()
