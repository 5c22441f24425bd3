"""Who may do what in a community. Each rule returns a readable reason when not, else None; all ask the database."""

import hashlib

from django.db.models import Subquery
from django.utils.translation import gettext as _

from accounts.models import Member
from forum.communities.models import Closing, Community, Departure, Joining, Membership, Role
from forum.communities.restrictions import Restriction, why_paused
from forum.web.pace import ask_pace

HOUR, DAY = 3600, 24 * 3600
MOST_COMINGS, MOST_INVITATIONS = 30, 100  # an hour, by one member
MOST_TO_ONE_ADDRESS, MOST_RENAMINGS = 5, 20  # a day


def role_of(member: Member, community: Community) -> str | None:
    """A Role, or None for outsiders; as it stands in the database now."""
    return Membership.objects.filter(community=community, member=member).values_list("role", flat=True).first()


def is_moderator(role: str | None) -> bool:
    return role in {Role.MODERATOR, Role.STEWARD}


def is_steward(role: str | None) -> bool:
    return role == Role.STEWARD


def is_closed(community: Community) -> bool:
    return Closing.objects.filter(community=community).exists()


def why_not_write(role: str | None, closed: bool) -> str | None:
    """The rule of `may_write` for a page that has both at hand already (`community.my_role`, `.is_closed`)."""
    if closed:
        return _("This community is closed: it can be read, but nothing new can be written.")
    if role is None:
        return _("Only members of this community can write here.")
    return None


def may_write(member: Member, community: Community) -> str | None:
    pauses = Restriction.objects.pausing(community.pk).filter(member=member)
    rows = Membership.objects.filter(community=community, member=member).annotate(
        pause=Subquery(pauses.values("pk")[:1])
    )
    role, closing, pause = rows.values_list("role", "community__closing", "pause").first() or (None, None, None)
    reason = why_not_write(role, closing is not None)
    return Restriction.objects.get(pk=pause).words if pause and not reason else reason


def may_steward(member: Member, community: Community) -> str | None:
    if not is_steward(role_of(member, community)):
        return _("Only stewards of this community can do this.")
    return None


def may_grow(community: Community) -> str | None:
    """May anybody come in, in whichever way?"""
    if is_closed(community):
        return _("This community is closed: nobody new can join.")
    return None


def may_join(member: Member, community: Community) -> str | None:
    """By oneself, at once."""
    if not (community.is_open or community.in_directory) or community.joining != Joining.OPEN:
        return _("This community cannot be joined this way.")
    last = Departure.objects.filter(community=community, member=member).order_by("-pk").first()
    if last is not None and last.by_id != member.pk:
        return _("A steward removed you from this community, so you need an invitation to come back.")
    return may_grow(community)


def may_ask(member: Member, community: Community) -> str | None:
    if not (community.is_open or community.in_directory) or community.joining != Joining.REQUEST:
        return _("This community does not take requests to join.")
    return may_grow(community) or why_paused(member, community)


def check_coming(member: Member) -> None:
    """Refusal (429) for somebody who comes and goes, or asks and takes it back: each time it reaches others' pages."""
    ask_pace("coming", member, most=MOST_COMINGS, seconds=HOUR)


def check_renaming(by: Member) -> None:
    """Refusal (429) for trying out addresses: each one taken stays taken, each one refused may tell something."""
    ask_pace("addresses", by, most=MOST_RENAMINGS, seconds=DAY)


def check_inviting(by: Member, community: Community, email: str) -> None:
    """Refusal (429) for more invitations than anybody types, or for many to one address: each is a mail."""
    ask_pace("invitations", by, most=MOST_INVITATIONS, seconds=HOUR)
    address = hashlib.sha256(email.encode()).hexdigest()
    words = _("This address was invited several times today. Please wait until tomorrow.")
    ask_pace(f"invitations:{community.pk}:{address}", by, most=MOST_TO_ONE_ADDRESS, seconds=DAY, words=words)


def may_stop_stewarding(member: Member, community: Community) -> str | None:
    """A community always keeps a steward who can sign in."""
    if role_of(member, community) != Role.STEWARD:
        return None
    others = Membership.objects.filter(community=community, role=Role.STEWARD, member__is_active=True)
    if not others.exclude(member=member).exists():
        return _("You are the last steward. Name another steward first, so that somebody can look after the community.")
    return None
