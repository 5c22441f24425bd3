"""What the actions of communities share. Called inside `changes.writing()`."""

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise

from accounts.models import Member
from forum import changes
from forum.communities import rules
from forum.communities.models import Community, JoinRequest, Membership, Role
from forum.web.errors import Refusal


def hold(community: Community) -> Community:
    """The community as it is now, locked: what is written about it and its members is written one after another.

    Without `no_key`, PostgreSQL would let everybody who writes a thread in it wait too.
    """
    return Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def steady(pk: int) -> None:
    """Until the transaction ends the community stays as it is, for any number at once who write in it: nobody closes
    it, comes, goes or removes a section, for all that begins with `hold`. On SQLite writers take turns anyway."""
    if connection.features.has_select_for_update:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM forum_community WHERE id = %s FOR SHARE", [pk])


def refuse(reason: str | Promise | None) -> None:
    if reason is not None:
        raise Refusal(reason)


def only_for_stewards(by: Member, community: Community) -> None:
    refuse(rules.may_steward(by, community))


def tell_readers(community: Community, kind: str, **about: int) -> None:
    """The community's own pages hear of it, and those of its threads."""
    changes.record(f"community:{community.pk}", kind, **about)
    changes.record(f"house:{community.pk}", kind, **about)


def tell_members(community: Community, member: Member) -> None:
    """Somebody came, went or has another role."""
    tell_readers(community, "members.changed", member=member.pk)
    changes.record(f"member:{member.pk}", "membership.changed", community=community.pk)


def tell_stewards(community: Community, kind: str) -> None:
    stewards = Membership.objects.filter(community=community, role=Role.STEWARD)
    for pk in stewards.values_list("member", flat=True):
        changes.record(f"member:{pk}", kind, community=community.pk)


def admit(member: Member, community: Community, *, by: Member | None = None, role: str = Role.MEMBER) -> Membership:
    """Make them a member; a request of theirs is answered by it. `by`: who vouches for them, if anybody."""
    membership, new = Membership.objects.get_or_create(community=community, member=member, defaults={"role": role})
    asked = JoinRequest.objects.filter(community=community, member=member, outcome=JoinRequest.Outcome.WAITING)
    if asked.update(outcome=JoinRequest.Outcome.APPROVED, decided_by=by, decided_at=timezone.now()):
        changes.record(f"member:{member.pk}", "request.answered", community=community.pk)
        tell_stewards(community, "requests.changed")
    if by is not None:
        Member.objects.filter(pk=member.pk, vouched_at=None).update(vouched_at=timezone.now())
    if new:
        tell_members(community, member)
    return membership
