"""Every write of drafts."""

import hashlib

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.drafts import registry
from forum.drafts.models import Draft
from forum.web.errors import Refusal

MOST_CHARACTERS = 250_000  # more than forum.text accepts: what is too long to publish is still kept
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
    started_from: str | None = None,
) -> Draft:
    """Keep the text and return its row.

    `started_from` is the version (see `version_of`) the writer's page knew: another version with another text on the
    server raises NewerText. None overwrites.
    Raises Http404 where the member may not write, Refusal when the text is too long or the drafts too many.
    """
    if not registry.is_allowed(member, place):
        raise Http404
    if len(body) > MOST_CHARACTERS:
        raise Refusal(_("This text is too long to be kept as a draft. Please shorten it."), field="body")
    title, body = _normal(title)[:300], _normal(body)
    fields = {
        "title": title,
        "body": body,
        "body_format": "html" if body_format == "html" else "markdown",
        "based_on": max(0, min(based_on, 2**31 - 1)),
    }
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(member=member, place=place).first()
        if draft is None:
            if Draft.objects.filter(member=member).count() >= MOST_DRAFTS:
                raise Refusal(_("You have very many drafts. Delete some to keep new ones."), field="body")
            draft, _created = Draft.objects.update_or_create(member=member, place=place, defaults=fields)
            return draft
        known = {started_from, version(title, body)}
        if started_from is not None and version_of(draft) not in known:
            raise NewerText(draft)
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save()
        return draft


def discard_draft(*, member: Member, place: str) -> None:
    """Delete the draft: the member asked, or the text is published. Harmless when there is none."""
    Draft.objects.filter(member=member, place=place).delete()


def version(title: str, body: str) -> str:
    """A text's version is the text itself, in short: the same words on two devices never quarrel."""
    return hashlib.sha256(f"{_normal(title)[:300]}\0{_normal(body)}".encode()).hexdigest()[:16]


def version_of(draft: Draft | None) -> str:
    """What a page remembers of the draft it started from; "" where there was none."""
    return version(draft.title, draft.body) if draft and (draft.title or draft.body) else ""


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\0", "")
