"""What a thread has come to: said on top of it by its author or a moderator, in words or by choosing a post."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, notifications
from forum.drafts.actions import discard_draft
from forum.log import LogEntry
from forum.text import Cleaned
from forum.threads import indexing, rules
from forum.threads.managing.models import Conclusion
from forum.threads.managing.steps import Done, changed_since, enter, first, tell, thread_of
from forum.threads.models import Post, Thread
from forum.threads.steps import audience_now, hold, narrow, refuse
from forum.web.errors import Conflict, Refusal

PLACE = "conclusion"
CHANGED = _("Somebody changed the conclusion meanwhile. It stands on the thread now: please look before you go on.")


@changes.writing()
def conclude_thread(
    *,
    by: Member,
    thread: Thread,
    body: Cleaned,
    based_on: int,
    language: str | None = None,
    known: Collection[str] | None = None,
) -> Done:
    """In words. `based_on`: the conclusion that stood when they were begun, 0 for none; Conflict when another one
    stands now. The same words sent twice are one conclusion."""
    thread = hold(thread)
    refuse(rules.may_conclude(by, thread))
    if body.quotes or body.pictures or body.methods or body.names:
        # They live in posts: there it is remembered what shows them, and who hears when they change.
        words = _("A conclusion is words and links. Leave out quotes, pictures and method cards, or choose a post.")
        raise Refusal(words, field="body")
    discard_draft(member=by, place=f"{PLACE}:{thread.pk}", known=known)
    was, language = thread.conclusion, language or thread.language
    if was and (was.html, was.language) == (body.html, language):
        return Done(first=was.by)
    if was and was.pk != based_on:
        raise Conflict(was)
    rules.check_edit_speed(by)
    said = {"source": body.source, "format": body.format, "html": body.html, "text_version": body.version}
    return _conclude(by, thread, language=language, **said)


@changes.writing()
def choose_conclusion(*, by: Member, post: Post, based_on: int) -> Done:
    """A post of the thread that says it already. It stays where it is, and what becomes of it becomes of the
    conclusion."""
    thread = hold(post.thread)
    refuse(rules.may_conclude(by, thread))
    if post.is_deleted or hasattr(post, "hiding"):
        raise Refusal(_("This post can no longer be read here."))
    was = thread.conclusion
    if was and was.post_id == post.pk:
        return Done(first=was.by)
    if (was.pk if was else 0) != based_on:
        raise Conflict(was, CHANGED)
    return _conclude(by, thread, post=post, language=post.language)


@changes.writing()
def unconclude_thread(*, by: Member, thread: Thread) -> Done:
    thread = hold(thread)
    refuse(rules.may_conclude(by, thread))
    was = thread.conclusion
    if was is None:
        return first("thread.unconcluded", thread)
    _stand(thread, None)
    return Done(_entered("thread.unconcluded", by, thread, was=was.pk))


def undo_conclusion(entry: LogEntry, by: Member) -> None:
    """What stood before stands again, be it nothing."""
    thread = hold(thread_of(entry))
    refuse(rules.may_conclude(by, thread))
    if thread.conclusion_id != entry.more.get("now"):
        raise changed_since()
    before = Conclusion.objects.filter(pk=entry.more["was"] or 0, thread=thread).first()
    _stand(thread, before)


def _conclude(by: Member, thread: Thread, **said: Any) -> Done:
    was = thread.conclusion
    conclusion = Conclusion.objects.create(thread=thread, by=by, audience=audience_now(thread), **said)
    _stand(thread, conclusion)
    if was is None:  # who follows the thread need not hear of every word that is mended
        about: dict[str, Any] = {"topic": thread.pk, "community": thread.community_id, "about": thread.pk}
        notifications.notify(kind="thread.concluded", actor=by, **about)
    return Done(_entered("thread.concluded", by, thread, was=was and was.pk, now=conclusion.pk))


def _stand(thread: Thread, conclusion: Conclusion | None) -> None:
    thread.conclusion = conclusion
    thread.save(update_fields=["conclusion"])
    narrow(thread)
    indexing.put_all("thread", [thread.pk])
    if conclusion is None:
        notifications.withdraw("thread.concluded", about=thread.pk)
    tell(thread, "thread.concluded" if conclusion else "thread.unconcluded", lists=False)


def _entered(kind: str, by: Member, thread: Thread, **more: Any) -> LogEntry | None:
    """What an author does to a thread of their own is no moderating."""
    return None if thread.author_id == by.pk else enter(kind, by=by, thread=thread, **more)
