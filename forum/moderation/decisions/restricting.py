"""Pausing somebody's writing and suspending an account: rows that end by themselves, and what follows at once.

A suspended account is not active, so that its sessions open nothing, its sockets close within a second or two and its
passwords and codes let nobody in. When its time is over, signing in makes it active again; a chore does the same for
those who sign in by a code alone.
"""

from typing import Any

from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from accounts.standing import Suspended
from forum import changes
from forum.communities.models import Community
from forum.communities.restrictions import Restriction, RestrictionQuerySet, in_words
from forum.communities.steps import hold
from forum.moderation.decisions import tokens
from forum.moderation.decisions.models import Act, Decision
from forum.web.errors import Refusal

SUSPENSION = Restriction.Kind.SUSPENSION


def hold_writing(member: Member, community: Community | None) -> None:
    """Before all else: what this member writes is either in before the restriction or sees it."""
    rows = Community.objects.filter(memberships__member=member)
    for each in (rows if community is None else rows.filter(pk=community.pk)).order_by("pk"):
        hold(each)


def restrict(decision: Decision, by: Member) -> None:
    member: Any = decision.addressee  # no act on a person is offered without one
    suspends = decision.act == Act.SUSPEND
    community = None if suspends or decision.is_site_wide else decision.community
    if suspends and not member.is_active and not _suspensions(member).exists():
        raise Refusal(_("This account is closed already."), field="act")
    Restriction.objects.create(
        member=member,
        community=community,
        kind=SUSPENSION if suspends else Restriction.Kind.WRITING,
        until=decision.until,
        by=by,
        decision=decision,
    )
    if suspends:
        Member.objects.filter(pk=member.pk).update(is_active=False)
        for session in UserSession.objects.filter(user=member):
            session.end()
    _tell(member)


def lift(decision: Decision) -> None:
    rows = Restriction.objects.filter(decision=decision, lifted_at=None)
    for row in rows.select_related("member"):
        row.lifted_at = timezone.now()
        row.save(update_fields=["lifted_at"])
        if row.kind == SUSPENSION and not _suspensions(row.member).exists():
            Member.objects.filter(pk=row.member_id).update(is_active=True)
        _tell(row.member)


def suspension_of(member: Member) -> Suspended | None:
    """For the door. Whoever comes back when the time is over is active again from now on."""
    standing = _suspensions(member).select_related("decision").order_by("-until").first()
    if standing is None:
        member.is_active = _end(member) or member.is_active
        return None
    longest = _suspensions(member).filter(until=None).select_related("decision").first() or standing
    address = f"/statements/{tokens.token_of(longest.decision)}/" if longest.decision else ""
    return Suspended(in_words(longest.until) if longest.until else "", address)


def end_suspensions() -> int:
    """Those whose time is over; how many came back."""
    over = Restriction.objects.filter(kind=SUSPENSION, lifted_at=None, until__lte=timezone.now())
    members = Member.objects.filter(pk__in=over.values("member"))
    return sum(_end(member) for member in members if not _suspensions(member).exists())


def _end(member: Member) -> bool:
    """False where there was nothing to end: an account that was closed otherwise stays so."""
    with changes.writing():
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        over = Restriction.objects.filter(member=member, kind=SUSPENSION, lifted_at=None, until__lte=timezone.now())
        if not over.update(lifted_at=timezone.now()) or _suspensions(member).exists():
            return False
        Member.objects.filter(pk=member.pk).update(is_active=True)
        return True


def _suspensions(member: Member) -> RestrictionQuerySet:
    return Restriction.objects.standing().filter(member=member, kind=SUSPENSION)


def _tell(member: Member) -> None:
    changes.record(f"member:{member.pk}", "standing.changed")
