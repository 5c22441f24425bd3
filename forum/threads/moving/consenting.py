"""What follows from the answers: the thread moves whole with the last yes; before, what has a yes moves by itself."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log, text
from forum.communities.models import Audience
from forum.drafts.telling import title_of
from forum.threads.models import Post
from forum.threads.moving import rules
from forum.threads.moving.asking import answer_move, ask_of_the_rest, consented, hold_request
from forum.threads.moving.dealing import deal, order_of
from forum.threads.moving.models import MoveRequest
from forum.threads.moving.relocating import connect_names, relocate
from forum.threads.moving.splitting import as_it_was, begin, leave
from forum.threads.moving.steps import Done, end_request, tell_lists, tell_pages
from forum.threads.steps import audience_now, refuse
from forum.web.errors import Refusal


@changes.writing()
def answer(*, by: Member, request: MoveRequest, is_yes: bool, seen: str) -> Done | None:
    """As `answer_move`; where the thread is now, when it was the last yes."""
    request = answer_move(by=by, request=request, is_yes=is_yes, seen=seen)
    if not is_yes or ask_of_the_rest(request, consented(request)) or _why_not(request.by, request) is not None:
        return None
    return _move_whole(request.by, request)


@changes.writing()
def move_consented(*, by: Member, request: MoveRequest) -> Done:
    """What has a yes goes to a thread of its own there; the rest stays, and a line says where the others are."""
    request = hold_request(request)
    refuse(_why_not(by, request))
    going = consented(request)
    if not going:
        raise Refusal(_("Nobody has said yes yet, so there is nothing to move."))
    if not Post.objects.filter(thread=request.thread, deletion=None).exclude(pk__in=going).exists():
        return _move_whole(by, request)
    return _move_part(by, request, going)


def _why_not(by: Member, request: MoveRequest) -> rules.Reason:
    if request.target.audience == Audience.ANYONE and request.audience != Audience.ANYONE:
        return _("More people could read it there now than its authors were told. Take this back, and ask anew.")
    reasons = (rules.may_arrange(by, request.thread), rules.may_move_to(by, request.target))
    return next((reason for reason in reasons if reason is not None), None)


def _move_whole(by: Member, request: MoveRequest) -> Done:
    end_request(request, by, MoveRequest.Outcome.MOVED)
    return relocate(
        by=by,
        thread=request.thread,
        community=request.target,
        section=request.section,
        reason=request.reason,
        request=request.pk,
    )


def _move_part(by: Member, request: MoveRequest, going: list[int]) -> Done:
    thread, order = request.thread, order_of(request.thread)
    # The title is its starter's words: without their yes the thread is called by its own.
    title = thread.title if going[0] == order[0] else _title_of(going[0])
    target = request.target
    other = begin(target, going[0], title=title, section=request.section, audience=target.audience)
    was = as_it_was(thread, other, order, going, is_new=True) | {"part": True, "request": request.pk}
    before, gone = audience_now(thread), set(going)
    deal([(thread, [pk for pk in order if pk not in gone]), (other, going)])
    if target.is_open:
        members_only = Post.objects.filter(thread=other, audience=Audience.MEMBERS)
        was["members"] = list(members_only.values_list("pk", flat=True))
        members_only.update(audience=Audience.ANYONE)
    connect_names(other)
    line = leave(thread, other, by=by, after=order.index(going[0]), count=len(going), reason=request.reason)
    end_request(request, by, MoveRequest.Outcome.MOVED)
    tell_pages("thread.moved", thread, other)
    tell_lists(thread, before)
    tell_lists(other, audience_now(other))
    more = was | {"line": line.pk, "counts": [thread.last_number, other.last_number]}
    entry = log.enter(
        "thread.moved", by=by, community=request.source_id, thread=thread, words=request.reason, more=more
    )
    return Done(other, entry)


def _title_of(post: int) -> str:
    return title_of(text.plain(Post.objects.get(pk=post).html), 200) or "…"
