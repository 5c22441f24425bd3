"""Every write of methods. The web, importers, the demo and the tests all call these.

`card` holds what was typed, already asked by `check.problems`; `body` is its free text cleaned, None when it has none.
`at` (imports and the demo only) sets the date and skips the speed limit. All raise `Refusal` when the rules say no.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, text
from forum.communities.models import Audience, Community
from forum.drafts.actions import discard_draft
from forum.methods import notices, rules
from forum.methods.card import Card
from forum.methods.citing import may_stand, reprint_cards
from forum.methods.hiding import hide_try, show_try
from forum.methods.keeping import COPIED, copy_present, keep_version
from forum.methods.models import Method, MethodVersion
from forum.methods.pictures.removing import remove_picture
from forum.methods.pictures.settling import reusable, settled
from forum.methods.questions.answering import (
    answer_question,
    resume_question_mail,
    skip_question,
    stop_question_mail,
)
from forum.methods.redacting import redact_method
from forum.methods.translations.actions import check_translation, remove_translation, translate_method
from forum.methods.trying import grow_try, tell_try, withdraw_try
from forum.methods.wishes import steps as wishes
from forum.methods.wishes.actions import answer_wish, wish_card
from forum.text import Cleaned
from forum.threads import actions as threads
from forum.threads import rules as thread_rules
from forum.threads.models import Post
from forum.threads.steps import narrow, once, refuse, steady
from forum.web.errors import Conflict, Refusal

__all__ = [
    "adapt_method",
    "answer_question",
    "answer_wish",
    "check_translation",
    "grow_try",
    "hide_try",
    "publish_method",
    "redact_method",
    "remove_picture",
    "remove_translation",
    "resume_question_mail",
    "revise_method",
    "show_try",
    "skip_question",
    "stop_question_mail",
    "tell_try",
    "translate_method",
    "wish_card",
    "withdraw_try",
]


CHANGED = _("This card was changed somewhere else meanwhile. Both versions are below: nothing was lost.")


@changes.writing()
def publish_method(
    *,
    author: Member,
    community: Community,
    card: Card,
    body: Cleaned | None,
    first_try: dict[str, Any] | None = None,
    of: Post | None = None,
    submission: UUID | None = None,
    place: str | None = None,
    at: datetime | None = None,
) -> Method:
    """A new method with its first version, its thread and, when it was done already, its first try (the fields of
    `tell_try`); the same submission again answers with what it made. `of`: the post it is made of, for no more people
    than that; `place`: where its draft stands when not at the community's."""
    steady(community.pk)
    community = Community.objects.get(pk=community.pk)
    submission = once(submission, f"methods:{community.pk}", card.title, card.summary, card.body)
    if submission and (method := Method.objects.filter(author=author, submission=submission).first()):
        return method
    refuse(rules.may_publish(author, community))
    audience, wish = Audience.ANYONE.value, None
    if of:
        of, wish = wishes.hold(of, author, community)
        audience = wishes.audience_of(of)
        card = wishes.credited_from(card, of, author)
    if at is None:
        thread_rules.check_speed(author)
        discard_draft(member=author, place=place or f"methods:{community.pk}")
    card, body = settled(card, body, editor=author, given=wishes.pictures_of(of) if of else ())
    now = at or timezone.now()
    method = Method(community=community, author=author, published_at=now, changed_at=now, submission=submission)
    version = _begin(method, card, body, at, audience)
    if version is None:
        return Method.objects.get(author=author, submission=submission)
    if of:
        wishes.remember(version, of, wish, body)
    if first_try:
        tell_try(member=author, version=version, **{**first_try, "submission": None, "at": now})
    return method


@changes.writing()
def adapt_method(
    *,
    author: Member,
    parent: MethodVersion,
    community: Community,
    card: Card,
    body: Cleaned | None,
    why: str,
    kinds: Iterable[str] = (),
    submission: UUID | None = None,
    at: datetime | None = None,
) -> Method:
    """Our version of somebody's method, under the same rights, pointing at the version it was made from."""
    steady(community.pk)
    submission = once(submission, f"adaptation:{parent.pk}", card.title, why, card.body)
    if submission and (method := Method.objects.filter(author=author, submission=submission).first()):
        return method
    refuse(rules.may_adapt(author, parent.method, community))
    _ask_why(why)
    if at is None:
        thread_rules.check_speed(author)
        discard_draft(member=author, place=f"adaptation:{parent.method_id}")
    card, body = settled(replace(card, licence=parent.method.licence), body, editor=author, before=reusable(parent))
    method = Method(
        community=community,
        author=author,
        published_at=at or timezone.now(),
        changed_at=at or timezone.now(),
        parent=parent,
        why_changed=why,
        changed_kinds=list(kinds),
        source_url=parent.method.source_url,
        submission=submission,
    )
    audience = Audience.ANYONE if rules.is_open(parent.method) else Audience.MEMBERS  # its words were for members
    if _begin(method, card, body, at, audience) is None:
        return Method.objects.get(author=author, submission=submission)
    _tell_parent(method, parent.method)
    return method


def _ask_why(why: str) -> None:
    if not why.strip():
        raise Refusal(_("Please say in a few words what changed."), field="why")


def _tell_parent(method: Method, parent: Method) -> None:
    """Its author; its open pages only where everybody who follows them may see the new one."""
    notices.adapted(method)
    if may_stand(method, parent.thread):
        changes.record(f"method:{parent.pk}", "method.adapted", method=parent.pk)


def _begin(
    method: Method, card: Card, body: Cleaned | None, at: datetime | None, audience: str
) -> MethodVersion | None:
    """The rows of a new method: its thread begins with its card, for at most this audience. None when the twin of its
    submission was quicker."""
    method.licence = card.licence
    copy_present(method, card)
    try:
        with transaction.atomic():
            method.save()
    except IntegrityError:
        return None
    method.thread = threads.start_thread(
        author=method.author,
        community=method.community,
        title=card.title[:200],
        body=text.clean(f"/methods/{method.pk}/", "markdown"),
        language=card.language,
        at=at or timezone.now(),
        audience=audience,
        place="",
    )
    method.save(update_fields=["thread"])
    return keep_version(method, card, body, method.author, "")


@changes.writing()
def revise_method(
    *,
    editor: Member,
    method: Method,
    card: Card,
    body: Cleaned | None,
    based_on: int,
    note: str,
    at: datetime | None = None,
) -> MethodVersion:
    """A new version. Raises Conflict when `based_on` is not the present one. Rights stay as they were given."""
    steady(method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    refuse(rules.may_revise(editor, method))
    card = wishes.keep_credit(method, replace(card, licence=method.licence))
    present = method.versions.get(number=method.version)
    card, body = settled(card, body, editor=editor, method=method, before=present.card.pictures)
    if card.to_json() == present.content:  # also the same edit sent twice
        discard_draft(member=editor, place=f"method:{method.pk}")
        return present
    if based_on != method.version:
        raise Conflict(present, CHANGED)
    if not note.strip():
        raise Refusal(_("Please say in a few words what changed."), field="note")
    if at is None:
        rules.check_pace(editor)
    discard_draft(member=editor, place=f"method:{method.pk}")
    is_renamed = (card.title, card.language) != (method.title, method.language)
    method.version = F("version") + 1
    method.changed_at = at or timezone.now()
    copy_present(method, card)
    method.save(update_fields=["version", "changed_at", *COPIED])
    method.refresh_from_db(fields=["version"])
    version = keep_version(method, card, body, editor, note)
    if method.thread and is_renamed:
        threads.name_thread(thread=method.thread, title=card.title[:200], language=card.language)
    _tell_of(version)
    return version


def _tell_of(version: MethodVersion) -> None:
    method = version.method
    if method.thread:
        narrow(method.thread)  # words written for members alone stay with them
    reprint_cards(method.pk)
    notices.revised(version)
    changes.record(f"method:{method.pk}", "method.revised", method=method.pk)
