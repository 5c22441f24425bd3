"""Words taken out of every version for good: the one way a version ever changes."""

import re
import unicodedata
from functools import partial
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, text
from forum.drafts.actions import discard_draft
from forum.methods import indexing, rules
from forum.methods.card import Card
from forum.methods.citing import reprint_cards
from forum.methods.keeping import keep_version
from forum.methods.models import Method, MethodVersion, Redaction
from forum.methods.pictures.settling import as_ids
from forum.methods.records import LONGEST_BODY, SHARED, clean_body
from forum.methods.translations.redacting import follow_redaction, redact_translations
from forum.methods.wishes import steps as wishes
from forum.threads.actions import name_thread
from forum.threads.steps import refuse, steady
from forum.web.errors import Refusal

BLACK = "█████"
SMALLEST = "██"  # no longer than any words that go: for a text that is as long as it can be
#: The house's own keys: no words of anybody's, and a list would not be one without them.
_KEYS = frozenset(
    {"language", "body_format", "licence", "maturity", "purposes", "grouping", "basis", "format", "space",
     "cost_band", "skill", "consent", "art_form", "key", "answer", "per", "rights"}
)  # fmt: skip


@changes.writing()
def redact_method(*, by: Member, method: Method, words: str, reason: str) -> Redaction:
    """Replaces `words`, in whichever case, wherever a version or a translation holds them, in its note, in why it was
    adapted and in the title of its thread. Refusal when none does: nothing was taken out unseen.

    The words themselves are kept nowhere. What others said, in tries and in the thread, is theirs.
    """
    steady(method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=method.pk)
    refuse(rules.may_redact(by, method))
    if len(words.strip()) < 2:
        raise Refusal(_("Please write the words that have to go."), field="words")
    taken = _pattern(words)
    if taken.search(reason):
        raise Refusal(_("Everyone reads the reason: please give it without these words."), field="reason")
    rules.check_pace(by)
    discard_draft(member=by, place=f"redaction:{method.pk}")
    wishes.redact_credit(by, method, taken, BLACK)
    versions = list(method.versions.select_for_update(no_key=True).order_by("number"))
    for version in versions:
        version.method = method
    touched = [version.number for version in versions if _redact_version(version, taken)]
    in_translations = redact_translations(method, partial(_without, taken=taken))
    why, title = _without(method.why_changed, taken)[:400], method.thread.title if method.thread else ""
    if not (touched or in_translations) and why == method.why_changed and not taken.search(title):
        raise Refusal(_("No version holds these words."), field="words")
    present = Card.from_json(versions[-1].content)
    method.title, method.summary, method.why_changed = present.title[:300], present.summary, why
    method.save(update_fields=["title", "summary", "why_changed"])
    if method.version in touched:  # a version of its own: whoever is changing the card hears, and brings nothing back
        method.version, method.changed_at = method.version + 1, timezone.now()
        method.save(update_fields=["version", "changed_at"])
        later = keep_version(method, present, clean_body(present, method.key), by, reason[:140])
        follow_redaction(method, versions[-1], later)
    elif in_translations:
        indexing.put([method.pk])
    if method.thread:
        title = _without(title, taken)[:200]
        name_thread(thread=method.thread, title=title, language=method.thread.language)
    redaction = Redaction.objects.create(method=method, by=by, reason=reason, versions=touched)
    reprint_cards(method.pk)
    changes.record(f"method:{method.pk}", "method.revised", method=method.pk)
    return redaction


def _pattern(words: str) -> "re.Pattern[str]":
    """Also where a letter and its sign are written as two: imported cards come as they were."""
    forms = {unicodedata.normalize("NFC", words), unicodedata.normalize("NFD", words)}
    return re.compile("|".join(r"\s+".join(map(re.escape, form.split())) for form in sorted(forms)), re.IGNORECASE)


def _redact_version(version: MethodVersion, taken: "re.Pattern[str]") -> bool:
    """Whether it held them."""
    card = Card.from_json(version.content)
    told = text.plain(version.html)
    content, note = _without(version.content, taken), _without(version.note, taken)[:140]
    if len(content.get("body", "")) > LONGEST_BODY:
        content = _without(version.content, taken, SMALLEST)
    if taken.search(told) and taken.search(text.plain(_cleaned(content, version.method.key))):
        # They stood in the markup in pieces, "Zo<b>sia</b>": the words stay without it.
        content |= {"body": text.as_words(_without(told, taken)), "body_format": "html"}
    if (content, note) == (version.content, version.note):
        return False
    version.content, version.note = content, note
    version.html = _cleaned(content, version.method.key) if content.get("body") != card.body else version.html
    version.save(update_fields=["content", "html", "note"])
    return True


def _is_key(key: str, value: Any) -> bool:
    """Or the id of a picture: no words either."""
    return key in _KEYS or (key == "id" and isinstance(value, str) and bool(as_ids([value])))


def _cleaned(content: dict[str, Any], key: str) -> str:
    body = clean_body(Card.from_json(content), key)
    return body.html if body else ""


def _without(value: Any, taken: "re.Pattern[str]", black: str = BLACK, *, is_passing: bool = False) -> Any:
    """`is_passing`: what an import brought that is no field of ours, where any key may be somebody's words."""
    if isinstance(value, str):
        return taken.sub(black, value)
    if isinstance(value, list):
        return [_without(each, taken, black, is_passing=is_passing) for each in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for key, each in value.items():
        name = taken.sub(black, key) if is_passing and key not in SHARED else key
        is_ours = _is_key(key, each) and not is_passing
        kept[name] = each if is_ours else _without(each, taken, black, is_passing=is_passing or key == "imported")
    return kept
