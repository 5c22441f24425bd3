"""How a membership ends, and how it is put back when it ended by mistake. Called inside `changes.writing()`, by what
asked the rules and holds the community."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Member
from forum.communities import notices
from forum.communities.models import Community, Departure, Invitation, Membership
from forum.communities.steps import tell_members


def part(member: Member, community: Community, *, by: Member, reason: str, is_told: bool = True) -> Departure | None:
    """None when they did not belong to it any more. `is_told`: False where a statement tells them."""
    gone, _rows = Membership.objects.filter(community=community, member=member).delete()
    if not gone:
        return None
    departure = Departure.objects.create(community=community, member=member, by=by, reason=reason)
    if is_told and by.pk != member.pk:
        notices.removed(departure)
    tell_members(community, member)
    return departure


def end_invitations_of(member: Member, community: Community) -> list[int]:
    """So that somebody who was removed cannot come back by an invitation that was never used. Which ended."""
    addresses = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
    theirs = {member.email.lower(), *(address.lower() for address in addresses)}
    still_open = Invitation.objects.still_open().filter(community=community, email__in=theirs)
    ended = list(still_open.values_list("pk", flat=True))
    Invitation.objects.filter(pk__in=ended).update(withdrawn_at=timezone.now())
    return ended


def put_back(member: Member, community: Community, was: dict[str, Any]) -> None:
    """As if they had never been removed; who came back meanwhile stays as they are.

    `was`: {"role", "since" (ISO), "departure": id, "invitations": [ids]}, as it was kept when they were removed.
    """
    Departure.objects.filter(pk=was["departure"]).delete()
    Invitation.objects.filter(pk__in=was["invitations"], accepted_at=None).update(withdrawn_at=None)
    since = datetime.fromisoformat(was["since"])
    _membership, new = Membership.objects.get_or_create(
        community=community, member=member, defaults={"role": was["role"], "since": since}
    )
    if new:
        tell_members(community, member)
