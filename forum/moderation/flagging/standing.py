"""Is this reporter trusted, and may they report just now?"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils import timezone

from forum.moderation.flagging.models import ReporterStep, TrustedFlagger
from forum.moderation.reports.models import Report

#: So many reports found manifestly unfounded within `WITHIN` bring a warning, and after a warning a pause.
WARN_AFTER, PAUSE_AFTER = 3, 5
WITHIN, PAUSE = timedelta(days=90), timedelta(days=30)


class State(StrEnum):
    FINE = "fine"
    WARNED = "warned"
    PAUSED = "paused"


@dataclass(frozen=True)
class Standing:
    state: State = State.FINE
    until: datetime | None = None


def reporter_standing(member: Any, email: str) -> Standing:
    """Of somebody about to report: a member by their account alone, without one (`member` None) by the address typed.
    Never both: anybody can type anybody's address, and would put them in the wrong, or learn how they stand."""
    now = timezone.now()
    steps = steps_of(member, email)
    pause = steps.filter(kind=ReporterStep.Kind.PAUSE, until__gt=now).order_by("-until").first()
    if pause:
        return Standing(State.PAUSED, pause.until)
    warned = steps.filter(kind=ReporterStep.Kind.WARNING, at__gt=now - WITHIN).exists()
    return Standing(State.WARNED if warned else State.FINE)


def steps_of(member: Any, email: str) -> "QuerySet[ReporterStep]":
    standing = ReporterStep.objects.filter(lifted_at=None)
    if member is not None and member.is_authenticated:
        return standing.filter(member=member)
    email = email.strip().lower()
    return standing.filter(member=None, email=email) if email else standing.none()


def is_trusted(member: Any, email: str, *, is_confirmed: bool = False) -> bool:
    """For `Report.is_trusted`. Addresses and domains count for a member's confirmed addresses; of somebody without an
    account only when they have shown that `email` is theirs, for anybody can type one."""
    addresses = {email.strip().lower()} if is_confirmed and email.strip() else set()
    known = Q()
    if member is not None and member.is_authenticated:
        mine = EmailAddress.objects.filter(user=member, verified=True).values_list("email", flat=True)
        addresses |= {each.lower() for each in mine}
        known = Q(member=member)
    addresses |= {f"@{each.rpartition('@')[2]}" for each in addresses}
    if addresses:
        known |= Q(address__in=addresses)
    return bool(known) and TrustedFlagger.objects.filter(known, ended_at=None).exists()


def reports_by(report: Report) -> "QuerySet[Report]":
    """All reports of whoever wrote this one; none of somebody who gave no name."""
    if report.member_id:
        return Report.objects.filter(member=report.member_id)
    if report.email:
        return Report.objects.filter(member=None, email__iexact=report.email)
    return Report.objects.none()
