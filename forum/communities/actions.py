"""Every write of communities, one verb each. Here: how people come, go and change roles; the other verbs stand
in founding, inviting and steering, and all are called as `actions.<verb>`."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes
from forum.communities import notices, rules
from forum.communities.founding import create_community
from forum.communities.inviting import accept_invitation, invite, withdraw_invitation
from forum.communities.models import Community, JoinRequest, Membership, Role
from forum.communities.parting import end_invitations_of, part
from forum.communities.steering import (
    add_section,
    change_section,
    change_settings,
    close_community,
    move_section,
    remove_section,
    rename_community,
    reopen_community,
)
from forum.communities.steps import admit, hold, only_for_stewards, refuse, tell_members, tell_stewards
from forum.web.errors import Refusal

__all__ = [
    "accept_invitation",
    "add_section",
    "approve_request",
    "ask_to_join",
    "change_role",
    "change_section",
    "change_settings",
    "close_community",
    "create_community",
    "decline_request",
    "invite",
    "join",
    "leave",
    "move_section",
    "remove_member",
    "remove_section",
    "rename_community",
    "reopen_community",
    "withdraw_invitation",
    "withdraw_request",
]

Outcome = JoinRequest.Outcome


def join(*, member: Member, community: Community) -> Membership:
    """Come into an open community; once in, again changes nothing. Refusal where the way is not open."""
    with changes.writing():
        community = hold(community)
        membership = Membership.objects.filter(community=community, member=member).first()
        if membership is None:
            refuse(rules.may_join(member, community))
            rules.check_coming(member)
            membership = admit(member, community)
        return membership


def ask_to_join(*, member: Member, community: Community, note: str) -> JoinRequest:
    """One waiting request each: asking again answers with the first. Refusal where asking is not the way."""
    with changes.writing():
        community = hold(community)
        if rules.role_of(member, community):
            raise Refusal(_("You belong to this community already."))
        waiting = JoinRequest.objects.filter(community=community, member=member, outcome=Outcome.WAITING).first()
        if waiting is None:
            refuse(rules.may_ask(member, community))
            rules.check_coming(member)
            waiting = JoinRequest.objects.create(community=community, member=member, note=note.strip()[:1000])
            tell_stewards(community, "requests.changed")
            changes.record(f"member:{member.pk}", "membership.changed", community=community.pk)
        return waiting


def withdraw_request(*, member: Member, request: JoinRequest) -> JoinRequest:
    """Take back one's own request. One that was answered meanwhile comes back as it was answered."""
    with changes.writing():
        community = hold(request.community)
        request = JoinRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if request.member_id != member.pk:
            raise Refusal(_("This is somebody else's request."))
        if request.outcome == Outcome.WAITING:
            _settle(request, Outcome.WITHDRAWN, member)
            tell_stewards(community, "requests.changed")
        return request


def approve_request(*, by: Member, request: JoinRequest) -> JoinRequest:
    """Let somebody in. A request that was settled before comes back unchanged: compare `.outcome`, `.decided_by`."""
    with changes.writing():
        community = hold(request.community)
        only_for_stewards(by, community)
        request = JoinRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if request.outcome == Outcome.WAITING:
            refuse(rules.may_grow(community))
            admit(request.member, community, by=by)
            request.refresh_from_db()
            notices.answered(request, by)
        return request


def decline_request(*, by: Member, request: JoinRequest) -> JoinRequest:
    """The counterpart of approve_request."""
    with changes.writing():
        community = hold(request.community)
        only_for_stewards(by, community)
        request = JoinRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
        if request.outcome == Outcome.WAITING:
            _settle(request, Outcome.DECLINED, by)
            notices.answered(request, by)
            tell_stewards(community, "requests.changed")
        return request


def _settle(request: JoinRequest, outcome: str, by: Member) -> None:
    request.outcome, request.decided_by, request.decided_at = outcome, by, timezone.now()
    request.save(update_fields=["outcome", "decided_by", "decided_at"])
    changes.record(f"member:{request.member_id}", "request.answered", community=request.community_id)


def leave(*, member: Member, community: Community) -> None:
    """Leave; whoever is out already stays out. Refusal for the last steward."""
    with changes.writing():
        community = hold(community)
        refuse(rules.may_stop_stewarding(member, community))
        part(member, community, by=member, reason="")


def remove_member(*, by: Member, community: Community, member: Member, reason: str) -> None:
    """End somebody else's membership, with a reason; invitations still open for them end with it."""
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        if by.pk == member.pk:
            raise Refusal(_("To go yourself, leave the community."))
        if not reason.strip():
            raise Refusal(_("Say why. The reason is kept with the removal."), field="reason")
        part(member, community, by=by, reason=reason.strip()[:300])
        end_invitations_of(member, community)


def change_role(*, by: Member, community: Community, member: Member, role: str) -> None:
    """Refusal when a community would be left without a steward, or the person does not belong to it."""
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        membership = Membership.objects.filter(community=community, member=member).first()
        if membership is None:
            raise Refusal(_("This person does not belong to the community any more."))
        if role not in Role.values:
            raise Refusal(_("Choose a role from the list."), field="role")
        if role == membership.role:
            return
        if by.pk == member.pk:  # whoever changes another's role is a steward, and stays one
            refuse(rules.may_stop_stewarding(member, community))
        membership.role = role
        membership.save(update_fields=["role"])
        notices.role_changed(member, community, role, by)
        tell_members(community, member)
