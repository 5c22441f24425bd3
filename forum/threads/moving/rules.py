"""May these threads be moved, split, merged? Each rule answers None for yes, or the reason in words for a no."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities import rules as communities
from forum.communities.models import Audience, Community, Role
from forum.threads import rules
from forum.threads.hiding.models import ThreadHiding
from forum.threads.models import Thread
from forum.threads.steps import audience_now

Reason = str | Promise | None


def may_arrange(member: Member, thread: Thread) -> Reason:
    if not rules.may_moderate(member, thread.community):
        return _("Only the moderators of this community can do this.")
    if communities.is_closed(thread.community):
        return _("This community is closed: it can be read, but nothing new can be written.")
    if ThreadHiding.objects.filter(thread=thread).exists():
        return _("This thread is hidden. Show it again first, so that nothing of it comes into view unseen.")
    return None


def may_move_to(member: Member, community: Community) -> Reason:
    if not rules.may_moderate(member, community):
        return _("You can move threads only into communities that you moderate.")
    if communities.is_closed(community):
        return _("%(community)s is closed: nothing new can be written there.") % {"community": community}
    return None


def may_leave(thread: Thread, community: Community) -> Reason:
    """A method, its rights, its plans and translations belong to a community with its thread."""
    if is_of_method(thread) and thread.community_id != community.pk:
        return _("This is the thread of a method, which stays in its community. A section there can be chosen.")
    return None


def is_of_method(thread: Thread) -> bool:
    """It begins with a method's card, and goes on doing so."""
    return hasattr(thread, "method")


def widens(thread: Thread, community: Community) -> bool:
    """Could anybody read it there whom its authors did not write for? Then each of them is asked."""
    return thread.community_id != community.pk and audience_now(thread) == Audience.MEMBERS


def moderated_with(member: Any) -> Any:
    """Communities into which this member may move things."""
    roles = (Role.MODERATOR, Role.STEWARD)
    mine = Community.objects.filter(memberships__member=member.pk, memberships__role__in=roles)
    return mine.filter(closing=None)
