""" "We tried it": told in a minute, grown later, taken back by the one who told it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import F
from django.utils import timezone

from accounts.models import Member
from forum import changes
from forum.drafts import telling
from forum.drafts.actions import discard_draft
from forum.methods import cities, notices, rules
from forum.methods.citing import reprint_cards
from forum.methods.models import Method, MethodVersion, Try, TryWithdrawal
from forum.threads import rules as thread_rules
from forum.threads.steps import narrow, once, refuse, steady


@changes.writing()
def tell_try(
    *,
    member: Member,
    version: MethodVersion,
    month: date,
    people: int,
    again: str,
    sentence: str,
    submission: UUID | None = None,
    at: datetime | None = None,
    said: str = "",
    **more: Any,
) -> Try:
    """The sixty-second report on one version; `more`: without a name, the full one. The same submission is one try.
    `said`: the version of Tell's draft that it says whole."""
    steady(version.method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=version.method_id)
    submission = once(submission, f"try:{version.pk}", f"{month} {people}", again, sentence)
    told, submission = _told(member, submission)
    if told:
        return told
    refuse(rules.may_tell(member, method))
    if at is None:
        _write_now(member, method, said)
    told = Try.objects.create(
        method=method,
        version=version,
        member=member,
        told_at=at or timezone.now(),
        role_line=member.role_line,
        month=month.replace(day=1),
        people=people,
        again=again,
        sentence=sentence,
        submission=submission,
        **more,
    )
    notices.tried(told, method)
    count_tries(method, 1)
    return told


def _write_now(member: Member, method: Method, said: str) -> None:
    thread_rules.check_speed(member)
    discard_draft(member=member, place=f"try:{method.pk}")
    if said:
        discard_draft(member=member, place=telling.place_of(member), known={said})


def _told(member: Member, submission: UUID | None) -> tuple[Try | None, UUID | None]:
    """The try that this submission made, if it still stands; and what the submission is called from now on."""
    while submission and (told := Try.objects.filter(member=member, submission=submission).first()):
        if not TryWithdrawal.objects.filter(withdrawn=told).exists():
            return told, submission
        submission = uuid5(submission, "again")  # taken back, then sent once more: words, and no twin
    return None, submission


@changes.writing()
def grow_try(*, member: Member, told: Try, at: datetime | None = None, **fields: Any) -> Try:
    """What was said in a minute becomes the full report; only what changed is saved."""
    steady(told.method.community_id)
    told = Try.objects.select_for_update(no_key=True).get(pk=told.pk)
    refuse(rules.may_grow(member, told))
    if at is None:
        discard_draft(member=member, place=f"report:{told.pk}")
    changed = [name for name, value in fields.items() if getattr(told, name) != value]
    if changed:
        if at is None:
            rules.check_pace(member)
        for name in changed:
            setattr(told, name, fields[name])
        told.grown_at = at or timezone.now()
        told.save(update_fields=[*changed, "grown_at"])
        if "is_nameless" in changed and told.is_nameless:
            notices.unnamed(told)
        if "city" in changed:
            cities.keep(told.method)
        if told.method.thread:
            narrow(told.method.thread)
        changes.record(f"method:{told.method_id}", "method.tried", method=told.method_id)
    return told


@changes.writing()
def withdraw_try(*, by: Member, told: Try) -> None:
    """Twice is once."""
    Try.objects.select_for_update(no_key=True).get(pk=told.pk)
    refuse(rules.may_withdraw(by, told))
    is_counted = Try.objects.filter(pk=told.pk, hiding=None).exists()
    _withdrawal, new = TryWithdrawal.objects.get_or_create(withdrawn=told, defaults={"by": by})
    if new:
        notices.untold(told)
    if new and is_counted:
        count_tries(told.method, -1)


def count_tries(method: Method, step: int) -> None:
    """The number stands on the small cards, too."""
    if method.thread and step > 0:
        narrow(method.thread)
    Method.objects.filter(pk=method.pk).update(tries_count=F("tries_count") + step)
    cities.keep(method)
    reprint_cards(method.pk)
    changes.record(f"method:{method.pk}", "method.tried", method=method.pk)
