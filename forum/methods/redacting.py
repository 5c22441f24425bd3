"""Words taken out of every version for good: the one way a version ever changes."""

import re
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, text
from forum.drafts.actions import discard_draft
from forum.methods import indexing, rules
from forum.methods.blackening import BLACK, SMALLEST, lines_of, pattern, without
from forum.methods.card import Card
from forum.methods.citing import reprint_cards
from forum.methods.foreseeing import Foreseen
from forum.methods.keeping import keep_version
from forum.methods.models import Method, MethodVersion, Redaction
from forum.methods.records import LONGEST_BODY, clean_body
from forum.methods.translations.redacting import follow_redaction, redact_translations
from forum.methods.wishes import steps as wishes
from forum.threads.actions import name_thread
from forum.threads.steps import refuse, steady
from forum.web.errors import Conflict, Refusal

MOST_FORMS = 20


@changes.writing()
def redact_method(
    *, by: Member, method: Method, words: str, reason: str, inside: bool = False, shown: str | None = None
) -> Redaction:
    """Replaces `words` (one form a line; `inside` longer words too), in whichever case, wherever a version or a
    translation holds them, in its note, in why it was adapted and in the title of its thread. Refusal when none does:
    nothing was taken out unseen. Conflict when `shown` (of `foreseen`) is not what stands there now.

    The words themselves are kept nowhere. What others said, in tries and in the thread, is theirs.
    """
    steady(method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    refuse(rules.may_redact(by, method))
    taken = _asked(words, reason, inside=inside)
    rules.check_pace(by)
    discard_draft(member=by, place=f"redaction:{method.pk}")
    wishes.redact_credit(by, method, taken, BLACK)
    versions = list(method.versions.select_for_update(no_key=True).order_by("number"))
    for version in versions:
        version.method = method
    if shown is not None and shown != (now := Foreseen(by, method, words, inside=inside)).shown:
        raise Conflict(now, _("This is not what was shown to you: please look at these places once more."))
    touched = [version.number for version in versions if _redact_version(version, taken)]
    in_translations = redact_translations(method, partial(without, taken=taken))
    why, title = without(method.why_changed, taken)[:400], method.thread.title if method.thread else ""
    if not (touched or in_translations) and why == method.why_changed and not taken.search(title):
        raise Refusal(_("No version holds these words."), field="words")
    present = Card.from_json(versions[-1].content)
    method.title, method.summary, method.why_changed = present.title[:300], present.summary, why
    method.save(update_fields=["title", "summary", "why_changed"])
    if method.version in touched:
        _step_on(versions[-1], present, by, reason)
    elif in_translations:
        indexing.put([method.pk])
    if method.thread:
        title = without(title, taken)[:200]
        name_thread(thread=method.thread, title=title, language=method.thread.language)
    redaction = Redaction.objects.create(method=method, by=by, reason=reason, versions=touched)
    reprint_cards(method.pk)
    changes.record(f"method:{method.pk}", "method.revised", method=method.pk)
    return redaction


def _step_on(last: MethodVersion, present: Card, by: Member, reason: str) -> None:
    """A version of its own: whoever is changing the card hears, and brings nothing back."""
    method = last.method
    method.version, method.changed_at = method.version + 1, timezone.now()
    method.save(update_fields=["version", "changed_at"])
    later = keep_version(method, present, clean_body(present, method.key), by, reason[:140])
    follow_redaction(method, last, later)


def foreseen(*, by: Member, method: Method, words: str, reason: str, inside: bool = False) -> Foreseen:
    """What `redact_method` would do, with its refusals of what was asked."""
    refuse(rules.may_redact(by, method))
    _asked(words, reason, inside=inside)
    found = Foreseen(by, method, words, inside=inside)
    if not found.held:
        raise Refusal(_("No version holds these words."), field="words")
    return found


def _asked(words: str, reason: str, *, inside: bool) -> "re.Pattern[str]":
    forms = lines_of(words)
    if not forms or min(map(len, forms)) < 2:
        raise Refusal(_("Please write the words that have to go."), field="words")
    if len(forms) > MOST_FORMS:
        raise Refusal(_("Please give at most %(most)s lines at once.") % {"most": MOST_FORMS}, field="words")
    taken = pattern(forms, inside=inside)
    if taken.search(reason):
        raise Refusal(_("Everyone reads the reason: please give it without these words."), field="reason")
    return taken


def _redact_version(version: MethodVersion, taken: "re.Pattern[str]") -> bool:
    """Whether it held them."""
    card = Card.from_json(version.content)
    told = text.plain(version.html)
    content, note = without(version.content, taken), without(version.note, taken)[:140]
    if len(content.get("body", "")) > LONGEST_BODY:
        content = without(version.content, taken, SMALLEST)
    if taken.search(told) and taken.search(text.plain(_cleaned(content, version.method.key))):
        # They stood in the markup in pieces, "Zo<b>sia</b>": the words stay without it.
        content |= {"body": text.as_words(without(told, taken)), "body_format": "html"}
    if (content, note) == (version.content, version.note):
        return False
    version.content, version.note = content, note
    version.html = _cleaned(content, version.method.key) if content.get("body") != card.body else version.html
    version.save(update_fields=["content", "html", "note"])
    return True


def _cleaned(content: dict[str, Any], key: str) -> str:
    body = clean_body(Card.from_json(content), key)
    return body.html if body else ""
