"""Taking back a split, a merge, a move: everything as it was, as long as nothing was written since."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import log
from forum.communities.models import Audience, Community, Section
from forum.log import LogEntry
from forum.threads.models import Post, Thread
from forum.threads.moving import rules
from forum.threads.moving.carrying import drafts_back, drop_followings
from forum.threads.moving.dealing import deal, hold_both, order_of
from forum.threads.moving.marks import chunks
from forum.threads.moving.merging import repin
from forum.threads.moving.models import Leaving, Merging, MoveRequest
from forum.threads.moving.relocating import connect_names, put
from forum.threads.moving.steps import end_request, narrow_to, put_back, restart, tell_lists, tell_pages, unwritten
from forum.threads.steps import audience_now, hold, refuse, steady
from forum.web.errors import Refusal


def register() -> None:
    log.register_undo("thread.split", undo_split)
    log.register_undo("thread.merged", undo_merge)
    log.register_undo("thread.moved", undo_move)
    log.register_undo("move.asked", undo_asking)


def undo_split(entry: LogEntry, by: Member) -> None:
    """Also of the part of a thread that moved to another community with its authors' yes."""
    thread, other = _held(entry, by, entry.more["to"])
    going: dict[int, int] = dict(entry.more["posts"])
    stays = iter([pk for pk in order_of(thread) if pk not in going])
    back = {number: pk for pk, number in going.items()}
    order = [back.get(number) or next(stays) for number in range(1, thread.last_number + len(going) + 1)]
    audiences = audience_now(thread), audience_now(other)
    Leaving.objects.filter(pk=entry.more["line"]).delete()
    _for_members_again(entry)
    deal([(thread, order), (other, [pk for pk in order_of(other) if pk not in going])])
    _as_it_was(entry)
    narrow_to(other, entry.more["audience"])
    if entry.more["new"]:  # its address was seen: it leads to where the posts are
        Merging.objects.create(thread=other, into=thread, by=by, posts=list(going))
        drop_followings(other, entry.more.get("followings", []))
    if thread.community_id != other.community_id:
        connect_names(thread)
    _tell("thread.split", (thread, other), audiences)


def undo_merge(entry: LogEntry, by: Member) -> None:
    into, thread = _held(entry, by, entry.more["from"], reverse=True)
    posts = entry.more["posts"]
    audiences = audience_now(into), audience_now(thread)
    went = set(posts)
    deal([(thread, posts), (into, [pk for pk in order_of(into) if pk not in went])])
    Merging.objects.filter(thread=thread).delete()
    Merging.objects.filter(pk__in=entry.more["merged"]).update(into=thread)
    _as_it_was(entry)
    narrow_to(into, entry.more["audience"])
    drop_followings(into, entry.more["followings"])
    drafts_back(thread, into, entry.more["drafts"])
    repin(entry.more["pin"])
    _tell("thread.merged", (into, thread), audiences)


def undo_move(entry: LogEntry, by: Member) -> None:
    more = entry.more
    if more.get("part"):
        undo_split(entry, by)
        _ask_on(more["request"])
        return
    for pk in sorted({more["community"], more["to"]}):
        steady(pk)
    thread = hold(_thread_of(entry))
    community = Community.objects.get(pk=more["community"])
    refuse(rules.may_arrange(by, thread))
    refuse(rules.may_move_to(by, community))
    if thread.community_id != more["to"]:
        raise Refusal(_("It was moved on meanwhile, so this cannot be undone. You can still do the opposite."))
    unwritten(entry, thread)
    _for_members_again(entry)
    section = Section.objects.filter(pk=more["section"], community=community).first()
    put(thread, community, section, more["audience"])
    repin(more["pin"])
    _ask_on(more["request"])


def undo_asking(entry: LogEntry, by: Member) -> None:
    request = MoveRequest.objects.select_related("thread__community").get(pk=entry.more["request"])
    thread = hold(request.thread)
    refuse(rules.may_arrange(by, thread))
    if request.outcome == MoveRequest.Outcome.WAITING:
        end_request(request, by, MoveRequest.Outcome.WITHDRAWN)
        tell_pages("move.asked", thread)


def _held(entry: LogEntry, by: Member, other: int, *, reverse: bool = False) -> tuple[Thread, Thread]:
    """Both threads. Refusal when anything was written since; `reverse`: the entry counts the other one first."""
    held = hold_both(_thread_of(entry), Thread.objects.get(pk=other))
    for thread in held:
        refuse(rules.may_arrange(by, thread))
    unwritten(entry, *(held[::-1] if reverse else held))
    return held


def _thread_of(entry: LogEntry) -> Thread:
    return Thread.objects.get(pk=entry.target_id)


def _as_it_was(entry: LogEntry) -> None:
    restart(entry.more["starts"])
    put_back(entry.more["lines"])


def _for_members_again(entry: LogEntry) -> None:
    for some in chunks(entry.more.get("members", [])):
        Post.objects.filter(pk__in=some).update(audience=Audience.MEMBERS)


def _ask_on(request: int) -> None:
    """Nobody need say yes a second time; the letters that were not sent yet are not sent."""
    row = MoveRequest.objects.filter(pk=request).first()
    if row and not MoveRequest.objects.filter(thread=row.thread_id, outcome=MoveRequest.Outcome.WAITING).exists():
        MoveRequest.objects.filter(pk=request).update(outcome=MoveRequest.Outcome.WAITING, ended_at=None, ended_by=None)


def _tell(kind: str, threads: tuple[Thread, Thread], audiences: tuple[str, str]) -> None:
    tell_pages(kind, *threads)
    for thread, audience in zip(threads, audiences, strict=True):
        tell_lists(thread, audience)
