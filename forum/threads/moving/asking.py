"""The audience a text was written for never widens without its author's yes: asking, answering, and what follows."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log, mail, notifications
from forum.communities.models import Community, Section
from forum.threads.models import Post, Thread
from forum.threads.moving import rules
from forum.threads.moving.models import MoveAnswer, MoveRequest
from forum.threads.moving.steps import end_request, tell_pages
from forum.threads.steps import hold, refuse, steady
from forum.web.errors import Refusal

Said, Outcome = MoveAnswer.Said, MoveRequest.Outcome


def ask(by: Member, thread: Thread, community: Community, section: Section | None, reason: str) -> MoveRequest | None:
    """Every author of a post that stands, but whoever moves it; None when there is nobody else. The thread is held.

    The letters wait as long as the asking can be undone.
    """
    others = Post.objects.filter(thread=thread, deletion=None).exclude(author=by)
    if not others.exists():
        return None
    waiting = MoveRequest.objects.filter(thread=thread, outcome=Outcome.WAITING).select_related("by").first()
    if waiting and waiting.is_waiting:
        words = _("%(name)s was first: its authors are being asked already whether it may move.")
        raise Refusal(words % {"name": waiting.by}, field="place", status=409)
    if waiting:
        end_request(waiting, None, Outcome.ENDED)
    request = MoveRequest.objects.create(
        thread=thread,
        source=thread.community,
        target=community,
        audience=community.audience,
        section=section,
        by=by,
        reason=reason,
    )
    _ask_all(request, _reachable(others.values("author")))
    log.enter(
        "move.asked",
        by=by,
        community=thread.community_id,
        thread=thread,
        words=reason,
        more={"request": request.pk, "to": community.pk},
    )
    tell_pages("move.asked", thread)
    return request


def _reachable(authors: Any) -> "QuerySet[Member]":
    """Those who can answer. What others wrote stays where it is."""
    return Member.objects.filter(pk__in=authors, is_active=True, is_house=False)


def _ask_all(request: MoveRequest, people: Iterable[Member]) -> None:
    for member in people:
        MoveAnswer.objects.update_or_create(
            request=request, author=member, defaults={"said": Said.NOTHING, "words": {}, "at": None}
        )
        mail.write("move.asked", to=member, about=request.pk, wait=log.UNDO_FOR)
    notifications.notify(
        kind="move.asked", actor=request.by, topic=request.pk, community=request.source_id, about=request.pk
    )


def words_of(request: MoveRequest, author: Member) -> list[Post]:
    """What one author is asked about, in its order."""
    rows = Post.objects.filter(thread=request.thread_id, author=author, deletion=None)
    return list(rows.order_by("number"))


def digest(posts: Iterable[Post]) -> str:
    """Tells whether the words are those the page showed."""
    said = ",".join(f"{post.pk}.{post.revision}" for post in posts)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def hold_request(request: MoveRequest) -> MoveRequest:
    """With its thread held. Refusal when it waits for no answer any more."""
    for pk in sorted({request.source_id, request.target_id}):
        steady(pk)
    thread = hold(Thread(pk=request.thread_id, community_id=request.source_id))
    MoveRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    request = MoveRequest.objects.select_related("source", "target__closing", "section", "by").get(pk=request.pk)
    request.thread = thread
    if not request.is_waiting or thread.community_id != request.source_id or not thread.last_number:
        raise Refusal(
            _("This is not being asked any more: it was answered, taken back, or its time is over."), status=409
        )
    return request


@changes.writing()
def answer_move(*, by: Member, request: MoveRequest, is_yes: bool, seen: str) -> MoveRequest:
    """An author's yes or no, changeable until the thread moves. `seen`: the digest of the words the page showed. With
    the last yes it moves."""
    request = hold_request(request)
    answer = MoveAnswer.objects.filter(request=request, author=by).first()
    posts = words_of(request, by)
    if answer is None or not posts:
        raise Refusal(_("There is nothing of yours to ask about any more."), status=409)
    if seen != digest(posts):
        raise Refusal(_("Your words have changed since this page was opened. Please look at them again."), status=409)
    answer.said = Said.YES if is_yes else Said.NO
    answer.words = {str(post.pk): post.revision for post in posts} if is_yes else {}
    answer.at = timezone.now()
    answer.save(update_fields=["said", "words", "at"])
    notifications.read(member=by, topic="move", pk=request.pk)
    tell_pages("move.asked", request.thread)
    return request


def consented(request: MoveRequest) -> list[int]:
    """The posts that may go: the mover's own, and those whose author said yes to exactly these words."""
    yes: dict[str, int] = {}
    for words in request.answers.filter(said=Said.YES).values_list("words", flat=True):
        yes |= words
    rows = Post.objects.filter(thread=request.thread_id, deletion=None).order_by("number")
    return [
        pk
        for pk, author, revision in rows.values_list("pk", "author_id", "revision")
        if author == request.by_id or yes.get(str(pk)) == revision
    ]


def ask_of_the_rest(request: MoveRequest, going: Iterable[int]) -> bool:
    """Whoever wrote, or wrote otherwise, since they were asked is asked anew. False when everybody said yes."""
    rest = Post.objects.filter(thread=request.thread_id, deletion=None).exclude(pk__in=list(going))
    said_no = MoveAnswer.objects.filter(request=request).exclude(said=Said.YES).values("author")
    new = list(_reachable(rest.values("author")).exclude(pk__in=said_no))
    if new:
        _ask_all(request, new)
    return rest.exists()


@changes.writing()
def withdraw_move(*, by: Member, request: MoveRequest) -> None:
    request = hold_request(request)
    refuse(rules.may_arrange(by, request.thread))
    end_request(request, by, Outcome.WITHDRAWN)
    tell_pages("move.asked", request.thread)
