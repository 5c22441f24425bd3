"""May this member do that? Each rule answers None for yes, or the reason in words for a no."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities import restrictions
from forum.communities import rules as communities
from forum.communities.models import Community, Membership
from forum.plans.models import Plan, PlanEditor, Readers
from forum.threads.rules import Reason, may_moderate
from forum.web.pace import ask_pace

MOST_CHANGES = 30  # a minute, by one member
MOST_PLANNERS = 20


def check_pace(member: Member) -> None:
    """Raises Refusal (429) for somebody who saves plans faster than people do."""
    ask_pace("plans", member, most=MOST_CHANGES)


def plans_along(member: Any, plan: Plan) -> bool:
    """Its owner, or somebody the owner named."""
    if plan.owner_id == member.pk:
        return True
    return bool(member.is_authenticated) and PlanEditor.objects.planning(plan).filter(member_id=member.pk).exists()


def may_change(member: Any, plan: Plan) -> Reason:
    """Its owner always: what they may not write in any more they can take back to themselves."""
    if plan.owner_id == member.pk:
        return None
    if not plans_along(member, plan):
        return _("Only those who plan it can change a plan. You can make a copy of your own.")
    return communities.may_write(member, plan.community) if plan.community else None


def why_paused(member: Member, plan: Plan) -> Reason:
    """While their writing is paused they change nothing others read."""
    return restrictions.why_paused(member, plan.community) if plan.community else None


def may_show(member: Member, readers: str, community: Community | None, kept_in: Community | None) -> Reason:
    """May it be shown there? Words for the members of one community are not taken further in a copy."""
    if community is None or readers == Readers.PLANNERS:
        return None
    if readers == Readers.ANYONE and not community.is_open:
        return _("Only members read this community, so a plan in it is for them.")
    if kept_in and (kept_in.pk != community.pk or readers != Readers.MEMBERS):
        return _("This plan was made from one for the members of a community, and stays with them.")
    return communities.may_write(member, community)


def may_copy(member: Member, plan: Plan) -> Reason:
    if not Plan.objects.visible_to(member).filter(pk=plan.pk).exists():
        return _("This plan can no longer be read here.")
    if not plan.may_be_copied and not plans_along(member, plan):
        return _("Its owner gave this plan for reading only, so it cannot be copied.")
    return None


def may_remove(member: Any, plan: Plan) -> Reason:
    if plan.owner_id == member.pk or (plan.community and may_moderate(member, plan.community)):
        return None
    return _("Only its owner and the moderators can remove a plan.")


def may_name(by: Member, plan: Plan, member: Member) -> Reason:
    """People one shares a community with; of a plan shown to a community, or of words kept in one, those who belong
    to it."""
    if plan.owner_id != by.pk:
        return _("Only its owner says who plans along.")
    if member.pk == plan.owner_id:
        return _("This is your own plan already.")
    rows = Membership.objects.filter(member=member)
    mine = Membership.objects.filter(member=by).values("community")
    home = plan.community or plan.kept_in
    rows = rows.filter(community=home) if home else rows.filter(community__in=mine)
    if not member.is_active or not rows.exists():
        return nobody_here()
    if PlanEditor.objects.filter(plan=plan).count() >= MOST_PLANNERS:
        return _("So many people plan this already. Take one out to name another.")
    return None


def nobody_here() -> Reason:
    return _("Nobody of this name is in your communities.")


def may_dismiss(by: Member, plan: Plan, member: Member) -> Reason:
    """Oneself, too."""
    return None if by.pk in {plan.owner_id, member.pk} else _("Only its owner says who plans along.")
