"""Who may judge what. Neighbours judge neighbours here: nobody sees or decides what they are party to.

A case asks the moderators of its community; when it is about one of them the stewards, when it is about a steward (or
about no community) the administrators. It may have climbed further by itself (`Case.level`): then more are asked.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import text
from forum.communities import rules as communities
from forum.communities.models import Community, Membership, Role
from forum.moderation.reports.models import Case, Level
from forum.moderation.subjects import Subject, subject

Reason = str | Promise | None
ROLES = {Level.MODERATORS: (Role.MODERATOR, Role.STEWARD), Level.STEWARDS: (Role.STEWARD,)}


def level_for(about: Subject) -> Level:
    """Where a case about this begins."""
    if about.community is None:
        return Level.ADMINISTRATORS
    match communities.role_of(about.author, about.community) if about.author else None:
        case Role.STEWARD:
            return Level.ADMINISTRATORS
        case Role.MODERATOR:
            return Level.STEWARDS
    return Level.MODERATORS


def parties(case: Case) -> set[int]:
    """Members who are reported, named in it, or reported it themselves."""
    found = set(case.reports.exclude(member=None).values_list("member", flat=True))
    about = subject(case)
    if about and about.author:
        found.add(about.author.pk)
    if about and about.column == "post":
        named = text.mentioned(about.row.html)
        found.update(Member.objects.filter(username__in=named).values_list("pk", flat=True))
    return found


def judges(case: Case) -> QuerySet[Member]:
    """Those who may see the case and decide it now. At each level those above may as well; and whom it began with,
    when it climbed: moderators look once a day, and what nobody claimed by noon is still theirs in the evening."""
    asked = Q(is_staff=True) if case.level == Level.ADMINISTRATORS or case.community_id is None else Q(pk__in=[])
    if case.community_id and (roles := ROLES.get(Level(case.begins or case.level))):
        inside = Membership.objects.filter(community=case.community_id, role__in=roles).values("member")
        asked |= Q(pk__in=inside)
    return Member.objects.filter(asked, is_active=True, is_house=False).exclude(pk__in=parties(case))


def may_judge(member: Any, case: Case) -> bool:
    return bool(member.is_authenticated and judges(case).filter(pk=member.pk).exists())


def moderated_by(member: Any) -> QuerySet[Community]:
    """Communities whose moderator or steward this member is."""
    mine = Membership.objects.filter(member_id=member.pk or 0, role__in=ROLES[Level.MODERATORS])
    return Community.objects.filter(pk__in=mine.values("community"))


def has_desk(member: Any) -> bool:
    return bool(member.is_authenticated and (member.is_staff or moderated_by(member).exists()))


def why_not(member: Member, case: Case) -> Reason:
    return None if may_judge(member, case) else _("This is for others to decide.")
