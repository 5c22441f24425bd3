"""What communities tell their members: decisions about them, invitations, and sections one may watch."""

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import notifications
from forum.communities.models import Community, Departure, Invitation, JoinRequest, Role, Section
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening
from forum.notifications.queries import choosers

__all__ = ["choosers", "register"]


def register(readers: Callable[[int, Iterable[int]], set[int]]) -> None:
    notifications.register_topic("community", Topic(Community.objects.visible_to, readers, _communities))
    notifications.register_topic("section", Topic(_sections_of, _never, lambda pks: {}))
    notifications.register_topic("request", Topic(_requests_of, _its_member(JoinRequest), _requests))
    notifications.register_topic("departure", Topic(_departures_of, _its_member(Departure), _departures))
    notifications.register_topic("invitation", Topic(_invitations_of, _invited, _invitations))
    notifications.register("request.answered", Kind("request", (ADMITTED, DECLINED)))
    notifications.register("role.changed", Kind("community", (STEWARD, MODERATOR, MEMBER)))
    notifications.register("member.removed", Kind("departure", (REMOVED,)))
    notifications.register("invitation.sent", Kind("invitation", (INVITED,)))


def answered(request: JoinRequest, by: Member | None) -> None:
    about: dict[str, Any] = {"topic": request.pk, "community": request.community_id, "about": request.pk}
    known = by if request.outcome == Outcome.APPROVED else None  # who is declined meets nobody there
    notifications.notify(kind="request.answered", actor=known, **about)


def role_changed(member: Member, community: Community, role: str, by: Member) -> None:
    about: dict[str, Any] = {"topic": community.pk, "community": community.pk}
    notifications.notify(kind="role.changed", actor=by, **about, about=member.pk, role=role)


def removed(departure: Departure) -> None:
    about: dict[str, Any] = {"topic": departure.pk, "community": departure.community_id, "about": departure.pk}
    notifications.notify(kind="member.removed", actor=departure.by, **about)


def invited(invitation: Invitation) -> None:
    """For every invitation alike: whether the address is anybody's here is asked by the worker, and told to nobody."""
    about: dict[str, Any] = {"topic": invitation.pk, "community": invitation.community_id, "about": invitation.pk}
    notifications.notify(kind="invitation.sent", actor=invitation.by, **about)


def _requests_of(viewer: Any) -> "QuerySet[JoinRequest]":
    """One's own, answered, of communities one may know of still."""
    answered = JoinRequest.objects.filter(member=viewer.pk).exclude(outcome=JoinRequest.Outcome.WAITING)
    known = Community.objects.visible_to(viewer) | Community.objects.doors_for(viewer)
    return answered.filter(community__in=known.values("pk"))


def _departures_of(viewer: Any) -> "QuerySet[Departure]":
    """One's own: whoever was removed is told so, from a community they cannot see any more, too."""
    return Departure.objects.filter(member=viewer.pk)


def _invitations_of(viewer: Any) -> "QuerySet[Invitation]":
    addresses = EmailAddress.objects.filter(user=viewer.pk, verified=True).values("email")
    return Invitation.objects.still_open().filter(email__in=addresses)


def _sections_of(viewer: Any) -> "QuerySet[Section]":
    return Section.objects.filter(community__in=Community.objects.visible_to(viewer))


def _never(_pk: int, _member_ids: Iterable[int]) -> set[int]:
    return set()


def _its_member(model: Any) -> Callable[[int, Iterable[int]], set[int]]:
    return lambda pk, member_ids: set(
        model.objects.filter(pk=pk, member__in=member_ids).values_list("member", flat=True)
    )


def _invited(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = EmailAddress.objects.filter(user__in=member_ids, verified=True)
    sent = Invitation.objects.still_open().filter(pk=pk)
    return set(rows.filter(email__in=sent.values("email")).values_list("user", flat=True))


def _communities(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Community.objects.filter(pk__in=pks)
    return {row.pk: Shown(row.get_absolute_url(), row.name) for row in rows}


def _requests(pks: Iterable[int]) -> dict[int, Shown]:
    rows = JoinRequest.objects.filter(pk__in=pks).select_related("community")
    return {row.pk: Shown(_door(row), row.community.name) for row in rows}


def _door(request: JoinRequest) -> str:
    approved = request.outcome == JoinRequest.Outcome.APPROVED
    return request.community.get_absolute_url() if approved else "/communities/"


def _departures(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Departure.objects.filter(pk__in=pks).select_related("community")
    return {row.pk: Shown("", row.community.name, note=row.reason) for row in rows}


def _invitations(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Invitation.objects.filter(pk__in=pks).select_related("community")
    return {row.pk: Shown("", row.community.name) for row in rows}


def _asker(outcome: str) -> Callable[[Happening], "QuerySet[Member]"]:
    def asker(happening: Happening) -> "QuerySet[Member]":
        rows = JoinRequest.objects.filter(pk=happening.topic_id, outcome=outcome)
        return Member.objects.filter(pk__in=rows.values("member"))

    return asker


def _given(role: str) -> Callable[[Happening], "QuerySet[Member]"]:
    return lambda happening: Member.objects.filter(pk=happening.about if happening.more.get("role") == role else 0)


def _removed(happening: Happening) -> "QuerySet[Member]":
    return Member.objects.filter(departures=happening.topic_id)


def _holders(happening: Happening) -> "QuerySet[Member]":
    sent = Invitation.objects.still_open().filter(pk=happening.topic_id).values("email")
    addresses = EmailAddress.objects.filter(email__in=sent, verified=True)
    return Member.objects.filter(pk__in=addresses.values("user"))


def _decision(name: str, people: Callable[[Happening], "QuerySet[Member]"], words: Callable[[], str]) -> Reason:
    return Reason(name, people, lambda _n: words(), Reach.DECISION)


Outcome = JoinRequest.Outcome
ADMITTED = _decision("admitted", _asker(Outcome.APPROVED), lambda: _("Welcome: you belong to this community now."))
DECLINED = _decision("declined", _asker(Outcome.DECLINED), lambda: _("Your request to join was declined."))
STEWARD = _decision("steward", _given(Role.STEWARD), lambda: _("You are a steward of this community now."))
MODERATOR = _decision("moderator", _given(Role.MODERATOR), lambda: _("You are a moderator of this community now."))
MEMBER = _decision(
    "member", _given(Role.MEMBER), lambda: _("You are a member of this community now, without a further role.")
)
REMOVED = _decision("removed", _removed, lambda: _("You were removed from this community."))
INVITED = _decision(
    "invited", _holders, lambda: _("You are invited to this community. The way in is the link in the mail sent to you.")
)
