"""What is mailed to those who are to look: what kind of thing, where, on which ground. Never a word of what was
reported, and not its title, which may be what was reported."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum import mail
from forum.mail import Words
from forum.mail.models import Letter
from forum.moderation import who
from forum.moderation.duty.calling import CASE, DANGER
from forum.moderation.reports.models import Case, Report

THINGS: dict[str, str | Promise] = {
    "thread": gettext_lazy("a thread"),
    "post": gettext_lazy("a post"),
    "method": gettext_lazy("a method"),
    "told": gettext_lazy("a try"),
    "person": gettext_lazy("a profile"),
    "picture": gettext_lazy("a picture"),
}


def register() -> None:
    mail.register(CASE, _case)
    mail.register(DANGER, _danger)


def _case(letter: Letter) -> Words | None:
    """Nothing for a case somebody claimed, or one that is not this reader's to judge any more."""
    case = _open(letter)
    if case is None or case.claimed_by_id or not who.may_judge(letter.member, case):
        return None
    return Words(_("Something was reported"), render_to_string("duty/case.txt", _context(case)))


def _danger(letter: Letter) -> Words | None:
    """Also to the institution's contact, who may have no account; whoever is party to it gets nothing."""
    case = _open(letter)
    if case is None or (letter.member and letter.member.pk in who.parties(case)):
        return None
    return Words(_("Urgent: somebody's life may be in danger"), render_to_string("duty/danger.txt", _context(case)))


def _open(letter: Letter) -> Case | None:
    return Case.objects.filter(pk=letter.about, closed_at=None).select_related("community").first()


def _context(case: Case) -> dict[str, object]:
    grounds = dict.fromkeys(case.reports.order_by("pk").values_list("ground", flat=True))
    return {
        "thing": THINGS[case.target_kind],
        "community": case.community,
        "grounds": [str(Report.Ground(each).label) for each in grounds],
        "link": f"{settings.SITE_URL}/moderation/cases/{case.pk}/",
        "site": settings.SITE_NAME,
    }
