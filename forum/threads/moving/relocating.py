"""A thread stands in another section or another community."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log
from forum.communities.models import Audience, Community, Section
from forum.log import LogEntry
from forum.search.models import SearchDocument
from forum.threads import indexing
from forum.threads.models import Post, Thread
from forum.threads.moving import rules
from forum.threads.moving.asking import ask
from forum.threads.moving.carrying import relocate_told
from forum.threads.moving.dealing import reprint_quoting
from forum.threads.moving.marks import chunks
from forum.threads.moving.merging import unpin
from forum.threads.moving.models import MoveRequest
from forum.threads.moving.splitting import find_section
from forum.threads.moving.steps import Done, end_asking, tell_lists, tell_pages, who_was_first
from forum.threads.naming import PostName, place_names
from forum.threads.steps import audience_now, hold, refuse, steady
from forum.web.errors import Refusal


@changes.writing()
def move_thread(
    *, by: Member, thread: Thread, community: Community, section: Section | None = None, reason: str = ""
) -> Done | MoveRequest:
    """At once where nobody could read it there whom its authors did not write for; else the request that asks them.

    `thread` as the mover saw it: when a colleague moved it meanwhile, Refusal says who.
    """
    seen = thread.community_id, thread.section_id
    wanted = community.pk, section.pk if section else None
    for pk in sorted({thread.community_id, community.pk}):
        steady(pk)
    thread = hold(thread)
    community = Community.objects.get(pk=community.pk)
    stands = thread.community_id, thread.section_id
    if stands == wanted != seen and (entry := _just_moved(by, thread)):
        return Done(thread, entry)
    if stands != seen or not thread.last_number:
        raise Refusal(who_was_first(thread, ["thread.moved", "thread.merged"]), status=409)
    _may_go(by, thread, community, section)
    if stands == wanted:
        raise Refusal(_("It stands there already. Choose another place."), field="place")
    if rules.widens(thread, community) and (request := ask(by, thread, community, section, reason)):
        return request
    return relocate(by=by, thread=thread, community=community, section=section, reason=reason)


def _may_go(by: Member, thread: Thread, community: Community, section: Section | None) -> None:
    refuse(rules.may_arrange(by, thread))
    for reason in (rules.may_move_to(by, community), rules.may_leave(thread, community)):
        if reason is not None:
            raise Refusal(reason, field="place")
    find_section(section, community.pk)


def _just_moved(by: Member, thread: Thread) -> LogEntry | None:
    entry = LogEntry.objects.filter(thread=thread, kind="thread.moved").order_by("-pk").first()
    return entry if entry and entry.by_id == by.pk else None


def relocate(
    *, by: Member, thread: Thread, community: Community, section: Section | None, reason: str, request: int = 0
) -> Done:
    """Whole; whoever had to be asked was. The thread is held."""
    is_elsewhere = thread.community_id != community.pk
    widens = rules.widens(thread, community) and community.is_open
    more: dict[str, Any] = {
        "community": thread.community_id,
        "section": thread.section_id,
        "audience": thread.audience,
        "to": community.pk,
        "members": list(_members_only(thread).values_list("pk", flat=True)) if widens else [],
        "pin": unpin(thread) if is_elsewhere else "",
        "request": request,
        "counts": [thread.last_number],
    }
    source = thread.community_id
    if is_elsewhere:
        end_asking(thread, by)
    if widens:
        _members_only(thread).update(audience=Audience.ANYONE)
    put(thread, community, section, Audience.ANYONE if widens else thread.audience)
    entry = log.enter("thread.moved", by=by, community=source, thread=thread, words=reason, more=more)
    return Done(thread, entry)


def _members_only(thread: Thread) -> Any:
    return Post.objects.filter(thread=thread, audience=Audience.MEMBERS)


def put(thread: Thread, community: Community, section: Section | None, audience: str) -> None:
    """There it is, and everything that counts on where it is."""
    is_elsewhere = thread.community_id != community.pk
    before = audience_now(thread)
    if is_elsewhere:
        tell_lists(thread, before)
    thread.community, thread.section, thread.audience = community, section, audience
    thread.save(update_fields=["community", "section", "audience"])
    if is_elsewhere:
        replies = Post.objects.filter(thread=thread).values("pk")
        SearchDocument.objects.filter(kind="post", object_id__in=replies).update(community=community)
        indexing.put_all("thread", [thread.pk])
        relocate_told(thread)
        connect_names(thread)
        reprint_quoting([thread])
    tell_pages("thread.moved", thread)
    tell_lists(thread, audience_now(thread) if is_elsewhere else before)


def connect_names(thread: Thread) -> None:
    """Names of methods nobody had told there may be somebody's here."""
    rows = PostName.objects.filter(post__thread=thread)
    for some in chunks(rows.order_by("post").values_list("post", flat=True).distinct()):
        names: dict[int, list[str]] = {}
        for post, name in rows.filter(post__in=some).values_list("post", "folded"):
            names.setdefault(post, []).append(name)
        posts = Post.objects.filter(pk__in=names).only("pk")
        place_names([(post, names[post.pk]) for post in posts], thread.community_id)
