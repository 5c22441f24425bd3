"""Somebody is told: first whoever is on duty, then the next, then the stewards, then the administrators.

Each step waits four hours of daytime for somebody to claim the case. Inside `changes.writing()`, the case locked.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone, translation

from accounts.models import Member
from forum import changes, log, mail
from forum.communities.models import Membership, Role
from forum.moderation import who
from forum.moderation.decisions.models import Decision
from forum.moderation.duty.daytime import daytime_after
from forum.moderation.duty.models import Call
from forum.moderation.duty.queries import on_duty
from forum.moderation.reports.models import Case, Level
from forum.moderation.reports.telling import tell_desk

CASE, DANGER = "duty.case", "duty.danger"
PATIENCE = timedelta(hours=4)
#: What strangers send in a flood is taken and answered on the page; the mailed receipt and whoever is on duty wait.
HELD_FOR = timedelta(hours=1)
MOST_ASKED = 2  # of the moderators, one after the other, before the stewards
A_RUN = 200


def call_first(case: Case, now: datetime | None = None) -> list[Member]:
    """Whoever is on duty; or the first level on which there is anybody."""
    return _call_next(case, now or timezone.now())


def call_everybody(case: Case) -> list[Member]:
    """Danger to life: all on every level, and the institution's contact, at once."""
    if case.level < Level.ADMINISTRATORS:
        _climb(case, to=Level.ADMINISTRATORS)
    people = list(who.judges(case))
    _call(case, people, DANGER, timezone.now())
    if settings.MODERATION_EMAIL:
        with translation.override(settings.LANGUAGE_CODE):
            mail.write(DANGER, address=settings.MODERATION_EMAIL, about=case.pk)
    return people


def climb_to_judges(case: Case) -> None:
    """Up to the first level on which anybody may judge: in a small community everybody may be party to it."""
    while case.level < Level.ADMINISTRATORS and not who.judges(case).exists():
        _climb(case)


def climb_cases(now: datetime | None = None) -> int:
    """The chore: unclaimed cases go to the next who can look; how many did. A second worker finds nothing to do."""
    now = now or timezone.now()
    decided = Decision.objects.filter(case=OuterRef("pk"), by__isnull=False)
    waiting = Case.objects.filter(closed_at=None, claimed_by=None, opened_at__lte=now - HELD_FOR)
    waiting = waiting.exclude(Exists(decided)).order_by("opened_at", "pk")
    called = waiting.filter(level=Level.ADMINISTRATORS, calls__level=Level.ADMINISTRATORS)  # the last there are
    pks = waiting.exclude(pk__in=called.values("pk")).values_list("pk", flat=True)[:A_RUN]
    return sum(bool(_climb_one(pk, now)) for pk in list(pks))


@changes.writing()
def _climb_one(pk: int, now: datetime) -> list[Member]:
    case = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
    last = case.calls.order_by("-at").values_list("at", flat=True).first()
    if case.closed_at or case.claimed_by_id or (last and daytime_after(last, PATIENCE) > now):
        return []
    return _call_next(case, now)


def _call_next(case: Case, now: datetime) -> list[Member]:
    while True:
        people = _next(case, now)
        if people or case.level == Level.ADMINISTRATORS:
            _call(case, people, CASE, now)
            return people
        _climb(case)


def _next(case: Case, now: datetime) -> list[Member]:
    """Of those who may judge, who is to be asked now on the case's level and was not yet."""
    asked = set(case.calls.values_list("member", flat=True))
    judges = {member.pk: member for member in who.judges(case) if member.pk not in asked}
    if case.level == Level.ADMINISTRATORS or case.community is None:
        return [member for member in judges.values() if member.is_staff]
    if case.level == Level.STEWARDS:
        rows = Membership.objects.filter(community=case.community, role=Role.STEWARD, member__in=judges)
        return [judges[pk] for pk in rows.values_list("member", flat=True)]
    if len(asked) >= MOST_ASKED:
        return []
    today = timezone.localdate(now, timezone.get_default_timezone())
    return [member for member in on_duty(case.community, today) if member.pk in judges][:1]


def _climb(case: Case, to: int | None = None) -> None:
    case.begins, case.level = case.begins or case.level, to or case.level + 1
    case.save(update_fields=["begins", "level"])
    log.enter("case.climbed", by=None, community=case.community_id, case=case, more={"level": case.level})
    tell_desk(case)


def _call(case: Case, people: Iterable[Member], kind: str, now: datetime) -> None:
    for member in people:
        Call.objects.get_or_create(case=case, member=member, defaults={"level": case.level, "at": now})
        mail.write(kind, to=member, about=case.pk)
