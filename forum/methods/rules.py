"""May this member do that? Each rule answers None for yes, or the reason in words for a no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities.models import Community
from forum.methods.models import Method, Try, TryWithdrawal
from forum.threads import rules as threads
from forum.web.pace import ask_pace

Reason = threads.Reason

MOST_CHANGES = 30  # a minute, by one member


def may_publish(member: Member, community: Community) -> Reason:
    return threads.may_start(member, community)


def check_pace(member: Member) -> None:
    """Raises Refusal (429) for somebody who changes cards faster than people do."""
    ask_pace("cards", member, most=MOST_CHANGES)


def may_revise(member: Any, method: Method) -> Reason:
    if not is_kept_by(member, method):
        return _("Only its author can change a method. You can tell how you did it, or make your own version.")
    return threads.may_start(member, method.community)


def is_kept_by(member: Any, method: Method) -> bool:
    """Its author's; one that was brought from elsewhere under an account of the house, the moderators'."""
    is_ours = method.author.is_house and threads.may_moderate(member, method.community)
    return method.author_id == member.pk or is_ours


def may_redact(member: Any, method: Method) -> Reason:
    if method.author_id == member.pk or threads.may_moderate(member, method.community):
        return None
    return _("Only its author and the moderators can take words out of every version.")


def may_adapt(member: Member, method: Method, community: Community) -> Reason:
    """Words for the members of one community are not taken into another by whoever reads both."""
    if not Method.objects.visible_to(member).filter(pk=method.pk).exists():
        return _("This method can no longer be read here.")
    if not method.may_be_adapted:
        return _("Its author gave this method for reading only, so it cannot be changed or reused.")
    if not is_open(method) and method.community_id != community.pk:
        return _("This method is for the members of its community, and so is every version of it.")
    return may_publish(member, community)


def is_open(method: Method) -> bool:
    """May anyone read it?"""
    return method.thread is not None and method.thread.is_open


def may_tell(member: Member, method: Method) -> Reason:
    """A try is told where one may write, a locked thread or not: the method is what it is about."""
    return threads.may_start(member, method.community)


def may_withdraw(member: Any, told: Try) -> Reason:
    """One's own words can be taken back, whatever else is closed."""
    return None if told.member_id == member.pk else _("Only the person who told it can change it.")


def may_hide(member: Any, told: Try) -> Reason:
    if threads.may_moderate(member, told.method.community):
        return None
    return _("Only the moderators can hide what others told.")


def may_grow(member: Any, told: Try) -> Reason:
    if TryWithdrawal.objects.filter(withdrawn=told).exists():
        return _("This was taken back.")
    return may_withdraw(member, told) or threads.may_start(member, told.method.community)
