"""A thread goes into another one of its community, whole."""

from django.core import serializers
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log
from forum.log import LogEntry
from forum.threads.models import Pin, Thread
from forum.threads.moving import rules
from forum.threads.moving.carrying import carry_drafts, copy_followings
from forum.threads.moving.dealing import deal, hold_both, narrowest, order_of
from forum.threads.moving.models import Merging
from forum.threads.moving.splitting import interleaved
from forum.threads.moving.steps import Done, end_asking, narrow_to, snapshot, starts, tell_lists, tell_pages
from forum.threads.steps import audience_now, refuse
from forum.web.errors import Refusal


@changes.writing()
def merge_thread(*, by: Member, thread: Thread, into: Thread, reason: str = "") -> Done:
    """The posts of both stand in `into`, by the time they were written. What led to `thread` leads there."""
    if into.pk == thread.pk:
        raise Refusal(_("A thread cannot go into itself. Choose another one."), field="into")
    if into.community_id != thread.community_id:
        raise Refusal(_("Choose a thread of the same community."), field="into")
    thread, into = hold_both(thread, into)
    if not thread.last_number:
        return _same_again(by, thread, into)
    _may_go(by, thread, into)
    posts = order_of(thread)
    was = {
        "from": thread.pk,
        "posts": posts,
        "audience": into.audience,
        "starts": starts(thread, into),
        "lines": snapshot(thread, into),
        "merged": list(Merging.objects.filter(into=thread).order_by("pk").values_list("pk", flat=True)),
        "pin": unpin(thread),
    }
    audiences = audience_now(thread), audience_now(into)
    deal([(thread, []), (into, interleaved(into, posts))])
    narrow_to(into, narrowest(thread, into))
    Merging.objects.filter(into=thread).update(into=into)
    Merging.objects.create(thread=thread, into=into, by=by, reason=reason, posts=posts)
    was |= {"drafts": carry_drafts(thread, into), "followings": copy_followings(thread, into)}
    end_asking(thread, by)
    tell_pages("thread.merged", thread, into)
    for each, audience in zip((thread, into), audiences, strict=True):
        tell_lists(each, audience)
    more = was | {"counts": [0, into.last_number]}
    return Done(
        into, log.enter("thread.merged", by=by, community=into.community_id, thread=into, words=reason, more=more)
    )


def _may_go(by: Member, thread: Thread, into: Thread) -> None:
    for each in (thread, into):
        refuse(rules.may_arrange(by, each))
    if not into.last_number:
        raise Refusal(_("This thread went into another one meanwhile. Please choose again."), field="into")
    if rules.is_of_method(thread):
        raise Refusal(_("This is the thread of a method. Merge the other one into this one."), field="into")


def _same_again(by: Member, thread: Thread, into: Thread) -> Done:
    merging = Merging.objects.select_related("by", "into").get(thread=thread)
    if merging.by_id == by.pk and merging.into_id == into.pk:
        entry = LogEntry.objects.filter(kind="thread.merged", thread=into, by=by).order_by("-pk").first()
        if entry and entry.more["from"] == thread.pk:
            return Done(into, entry)
    words = _("%(name)s was first: this thread went into “%(title)s” meanwhile.")
    raise Refusal(words % {"name": merging.by, "title": merging.into.title}, field="into", status=409)


def unpin(thread: Thread) -> str:
    """Takes the pin off; as it was, so that undoing finds it."""
    pins = list(Pin.objects.filter(thread=thread))
    kept = serializers.serialize("json", pins)
    Pin.objects.filter(thread=thread).delete()
    return kept if pins else ""


def repin(kept: str) -> None:
    for each in serializers.deserialize("json", kept) if kept else ():
        each.save()
