"""Publishing through the gate: what may not go out at once is held, and a moderator lets it go or sends it back.

Every entry (the web, mail) publishes members' new posts by `publish_reply` and `publish_thread`.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log, notifications, text
from forum.communities.models import Community, Section
from forum.drafts.actions import discard_draft, keep_draft
from forum.drafts.models import Draft
from forum.drafts.registry import is_allowed
from forum.text import Cleaned
from forum.threads import actions, rules
from forum.threads.holding import gate
from forum.threads.holding.gate import Effect, Verdict
from forum.threads.holding.models import HeldText
from forum.threads.models import Post, Thread
from forum.threads.steps import once, refuse
from forum.web.errors import Refusal

Outcome = HeldText.Outcome
MOST_WAITING = 10  # of one writer


@changes.writing()
def publish_reply(*, author: Member, thread: Thread, body: Cleaned, **more: Any) -> Post | HeldText:
    """As `actions.reply`; what the gate holds is a HeldText, and what it refuses a Refusal."""
    home = f"thread:{thread.pk}"
    if twin := _twin(author, home, "", body, more):
        return twin.post or twin
    found = _ask(author, thread.community, "", body)
    if found.effect == Effect.HOLD:
        refuse(rules.may_reply(author, thread))
        return _hold(author, thread.community, body, found, home=home, thread=thread, **more)
    post = actions.reply(author=author, thread=thread, body=body, **more)
    _flag(post, found)
    return post


@changes.writing()
def publish_thread(
    *, author: Member, community: Community, title: str, body: Cleaned, **more: Any
) -> Thread | HeldText:
    """As `actions.start_thread`."""
    home = f"community:{community.pk}"
    if twin := _twin(author, home, title, body, more):
        return twin.post.thread if twin.post else twin
    found = _ask(author, community, title, body)
    if found.effect == Effect.HOLD:
        refuse(rules.may_start(author, community))
        return _hold(author, community, body, found, home=home, title=title, **more)
    thread = actions.start_thread(author=author, community=community, title=title, body=body, **more)
    _flag(thread.posts.order_by("number").first(), found)
    return thread


@changes.writing()
def publish_edit(*, editor: Member, post: Post, body: Cleaned, **more: Any) -> Post:
    """As `actions.edit_post`. What stands already cannot be held any more: the moderators are shown it."""
    found = _ask(editor, post.thread.community, "", body)
    post = actions.edit_post(editor=editor, post=post, body=body, **more)
    if found.effect == Effect.HOLD:
        found = replace(found, effect=Effect.FLAG)
    _flag(post, found)
    return post


def _twin(author: Member, home: str, title: str, body: Cleaned, more: dict[str, Any]) -> HeldText | None:
    """What this very submission was held as. Its words sent again after they came back are no twin."""
    key = once(more.get("submission"), home, title, body.format, body.source)
    rows = HeldText.objects.filter(author=author, submission=key, outcome__in=[Outcome.WAITING, Outcome.RELEASED])
    return rows.select_related("post__thread").first() if key else None


def _ask(author: Member, community: Community, title: str, body: Cleaned) -> Verdict:
    found = gate.verdict(author, community, title, body)
    if found.effect == Effect.REFUSE:
        raise Refusal(found.words)
    return found


def _flag(post: Post | None, found: Verdict) -> None:
    if found.effect == Effect.FLAG and post:
        gate.flag(post, found)


def _hold(
    author: Member,
    community: Community,
    body: Cleaned,
    found: Verdict,
    *,
    home: str,
    thread: Thread | None = None,
    title: str = "",
    section: Section | None = None,
    reply_to: Post | None = None,
    language: str | None = None,
    submission: UUID | None = None,
    known: Collection[str] | None = None,
    place: str | None = None,
    **_more: Any,
) -> HeldText:
    rules.check_speed(author)
    mine = HeldText.objects.filter(author=author)
    if mine.waiting().count() >= MOST_WAITING:
        raise Refusal(_("Several texts of yours wait for a moderator already. Please wait until they were read."))
    discard_draft(member=author, place=home if place is None else place, known=known)
    held = HeldText.objects.create(
        community=community,
        thread=thread,
        section=section,
        reply_to=reply_to,
        author=author,
        title=title,
        source=body.source,
        format=body.format,
        html=body.html,
        language=language or (thread.language if thread else author.interface_language) or "pl",
        submission=once(submission, home, title, body.format, body.source),
        why=found.why,
    )
    gate.hold(held, found)
    log.enter("text.held", by=None, community=community.pk, house=community, more={"held": held.pk, **found.why})
    return held


@changes.writing()
def release(*, by: Member, held: HeldText) -> HeldText:
    """It is published now, as its author's, at the end of the thread. Released already: the same again."""
    held = _decide(by, held)
    if held.outcome == Outcome.RELEASED:
        return held
    body = text.clean(held.source, held.format)
    # `known`: whatever its author writes there by now stays a draft.
    more: dict[str, Any] = {"language": held.language, "at": timezone.now(), "known": ()}
    if held.thread:
        held.post = actions.reply(author=held.author, thread=held.thread, body=body, reply_to=held.reply_to, **more)
    else:
        thread = actions.start_thread(
            author=held.author,
            community=held.community,
            title=held.title,
            body=body,
            section=held.section,
            place="",
            **more,
        )
        held.post = thread.posts.get(number=1)
    _settle(held, by, Outcome.RELEASED)
    log.enter("text.released", by=by, community=held.community_id, post=held.post, more={"held": held.pk})
    return held


@changes.writing()
def send_back(*, by: Member, held: HeldText, words: str) -> HeldText:
    """Back to its author as a draft, with a sentence. Sent back already: the same again."""
    held = _decide(by, held)
    if held.outcome == Outcome.RETURNED:
        return held
    held.words = words.strip()[:500]
    if not held.words:
        raise Refusal(_("Say in a sentence what should change, so that its author knows."), field="words")
    _back_to_draft(held)
    _settle(held, by, Outcome.RETURNED)
    more = {"held": held.pk}
    log.enter("text.returned", by=by, community=held.community_id, house=held.community, words=held.words, more=more)
    return held


@changes.writing()
def take_back(*, by: Member, held: HeldText) -> HeldText:
    """Its author wants it as a draft again."""
    held = HeldText.objects.select_for_update(of=("self",), no_key=True).get(pk=held.pk)
    if held.author_id != by.pk:
        raise Refusal(_("Only its author can take a text back."))
    if held.outcome == Outcome.WAITING:
        _back_to_draft(held)
        held.outcome, held.decided_at = Outcome.WITHDRAWN, timezone.now()
        held.save(update_fields=["outcome", "decided_at"])
        gate.settle(held)
    return held


def _decide(by: Member, held: HeldText) -> HeldText:
    """Held until the transaction ends; Refusal for who may not, and when somebody else decided otherwise first."""
    HeldText.objects.select_for_update(of=("self",), no_key=True).get(pk=held.pk)
    held = HeldText.objects.select_related("community", "thread", "author", "decided_by").get(pk=held.pk)
    if not rules.may_moderate(by, held.community) or held.author_id == by.pk:
        raise Refusal(_("Only the moderators of this community can do this."))
    if held.outcome == Outcome.WITHDRAWN:
        raise Refusal(_("Its author took this text back."))
    return held


def _settle(held: HeldText, by: Member, outcome: str) -> None:
    if held.outcome != Outcome.WAITING:
        raise Refusal(_("%(name)s decided this first.") % {"name": held.decided_by}, status=409)
    held.outcome, held.decided_by, held.decided_at = outcome, by, timezone.now()
    held.save(update_fields=["outcome", "decided_by", "decided_at", "words", "post"])
    gate.settle(held)
    notifications.notify(kind=f"text.{outcome}", actor=None, topic=held.pk, community=held.community_id, about=held.pk)


def _back_to_draft(held: HeldText) -> None:
    """Where something else is being written, that stays; the words stand on the held text's own page in any case."""
    if not Draft.objects.filter(member=held.author_id, place=held.place).exists() and is_allowed(
        held.author, held.place
    ):
        keep_draft(member=held.author, place=held.place, title=held.title, body=held.source, body_format=held.format)
