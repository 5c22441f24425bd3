"""May this member do that? Each rule answers None for yes, or the reason in words for a no."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities import rules as communities
from forum.communities.models import Community
from forum.threads.models import Post, Revision, Thread
from forum.web.errors import Refusal
from forum.web.pace import DEMO_TIMES, ask_pace, is_demo

Reason = str | Promise | None

#: How many posts a member may publish, by the length of the window.
SPEED = ((timedelta(minutes=1), 30), (timedelta(hours=1), 300))
#: For so long somebody nobody invited counts as a newcomer.
NEWCOMER_FOR = timedelta(days=7)


def may_start(member: Member, community: Community) -> Reason:
    return communities.may_write(member, community)


def may_reply(member: Member, thread: Thread) -> Reason:
    if thread.is_hidden and not may_moderate(member, thread.community):
        return _("This thread can no longer be read here. Your text is kept as a draft.")
    if thread.is_locked:
        return _("This thread was locked, so it takes no more replies. Your text is kept as a draft.")
    return communities.may_write(member, thread.community)


def may_edit(member: Member, post: Post) -> Reason:
    if post.author_id != member.pk:
        return _("Only its author can change a text.")
    if post.is_deleted:
        return _("This post was deleted.")
    if post.is_hidden:
        return _("The moderators hid this post, so it cannot be changed.")
    return may_reply(member, post.thread)


def may_delete(member: Member, post: Post) -> Reason:
    """One's own words can be taken back even when the thread is locked."""
    if post.author_id != member.pk:
        return _("Only its author can delete a post.")
    return None


def may_react(member: Member, post: Post) -> Reason:
    if post.is_deleted:
        return _("This post was deleted.")
    if post.is_hidden or (post.thread.is_hidden and not may_moderate(member, post.thread.community)):
        return _("The moderators hid this post.")
    return communities.may_write(member, post.thread.community)


def may_moderate(member: Any, community: Community) -> bool:
    return member.is_authenticated and communities.is_moderator(communities.role_of(member, community))


def may_retitle(member: Member, thread: Thread) -> Reason:
    if may_moderate(member, thread.community):
        return None
    if thread.author_id != member.pk:
        return _("Only its author and the moderators can change a title.")
    return may_reply(member, thread)


def may_conclude(member: Member, thread: Thread) -> Reason:
    """Say on top of it what it has come to."""
    if may_moderate(member, thread.community):
        return communities.may_write(member, thread.community)
    if thread.author_id != member.pk:
        return _("Only its author and the moderators can conclude a thread.")
    return may_reply(member, thread)


def _pace(member: Member) -> float:
    if is_demo(member):
        return DEMO_TIMES
    newcomer = member.vouched_at is None and member.date_joined > timezone.now() - NEWCOMER_FOR
    return 0.1 if newcomer else 1


def check_speed(member: Member) -> None:
    """Raises Refusal (429, with the seconds to wait) for somebody who posts faster than people write."""
    _check(Post.objects.filter(author=member).order_by("-published_at"), "published_at", _pace(member))


def check_edit_speed(member: Member) -> None:
    """The same for changes of what stands, newcomers no slower than others: mending one's words is no flood."""
    edits = Revision.objects.filter(by=member, number__gt=1).order_by("-at")
    _check(edits, "at", max(_pace(member), 1))


def check_reaction_speed(member: Member) -> None:
    """Reactions that are taken back leave no rows to count, and every one of them goes to all who read."""
    ask_pace("reactions", member, most=60)


def _check(latest_first: Any, field: str, pace: float) -> None:
    now = timezone.now()
    for window, limit in SPEED:
        allowed = max(int(limit * pace), 1)
        recent = latest_first.filter(**{f"{field}__gt": now - window})
        oldest = recent.values_list(field, flat=True)[allowed - 1 : allowed].first()
        if oldest is not None:
            wait = max(int((oldest + window - now).total_seconds()) + 1, 1)
            raise Refusal(
                _("That was very quick. Your text is kept: please send it again in a moment."),
                status=429,
                retry_after=wait,
            )
