"""How a member hears that their second factor was reset: a notice and a letter, at once."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import mail, notifications
from forum.mail.models import Letter
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening


def register() -> None:
    notifications.register_topic("account", Topic(_own, _themselves, _described))
    notifications.register("factor.reset", Kind("account", (RESET,)))
    mail.register("factor.reset", letter)


def reset(member: Member) -> None:
    """By nobody: who decided is between the administrators and the log."""
    notifications.notify(kind="factor.reset", topic=member.pk, actor=None, community=None)


def letter(_letter: Letter) -> mail.Words:
    page = settings.SITE_URL + reverse("mfa_index")
    words = [
        _("An administrator of %(site)s reset your second factor: passkeys, the app and recovery codes are gone.")
        % {"site": settings.SITE_NAME},
        _("You were signed out everywhere. Your password is as it was."),
        _("Set a new one up here: %(page)s") % {"page": page},
        _("Did you not ask for this? Then choose a new password now, and write to the administrators."),
    ]
    return mail.Words(subject=_("Your second factor was reset"), text="\n\n".join(words) + "\n")


def _own(viewer: Any) -> "QuerySet[Member]":
    return Member.objects.filter(pk=viewer.pk or 0)


def _themselves(pk: int, member_ids: Iterable[int]) -> set[int]:
    return {pk} & set(member_ids)


def _described(pks: Iterable[int]) -> dict[int, Shown]:
    return {pk: Shown(reverse("mfa_index"), _("Your account")) for pk in pks}


def _its_member(happening: Happening) -> "QuerySet[Member]":
    return Member.objects.filter(pk=happening.topic_id)


RESET = Reason(
    "factor-reset", _its_member, lambda _n: _("Your second factor was reset by an administrator."), Reach.DECISION
)
