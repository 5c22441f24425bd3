"""The letters to those who often send manifestly unfounded reports."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from forum.mail import Words
from forum.mail.models import Letter
from forum.moderation.flagging.models import ReporterStep
from forum.moderation.flagging.standing import PAUSE_AFTER, WARN_AFTER


def compose(letter: Letter) -> Words | None:
    """None when the step was taken back."""
    step = ReporterStep.objects.filter(pk=letter.about, lifted_at=None).first()
    if step is None:
        return None
    return _warning() if step.kind == ReporterStep.Kind.WARNING else _pause(step)


def _warning() -> Words:
    said = {"site": settings.SITE_NAME, "warn": WARN_AFTER, "pause": PAUSE_AFTER}
    paragraphs = (
        _("At least %(warn)s of the reports you sent to %(site)s lately were manifestly unfounded.") % said,
        _(
            "Each report is read by a person. Please report what you believe breaks the law or the rules, and say why "
            "you think so."
        ),
        _("When it comes to %(pause)s within 90 days, reports from you are not taken for 30 days.") % said,
        _("If you think this is a mistake, answer this mail."),
    )
    return Words(_("About your reports to %(site)s") % said, "\n\n".join(paragraphs) + "\n")


def _pause(step: ReporterStep) -> Words:
    until = date_format(localtime(step.until), "DATE_FORMAT") if step.until else ""
    said = {"site": settings.SITE_NAME, "pause": PAUSE_AFTER, "until": until}
    paragraphs = (
        _("At least %(pause)s of the reports you sent to %(site)s within 90 days were manifestly unfounded.") % said,
        _("You were warned before. Until %(until)s no reports from you are taken.") % said,
        _("If somebody’s life is in danger, call the emergency number 112."),
        _("If you think this is a mistake, answer this mail."),
    )
    return Words(_("Your reports to %(site)s are paused") % said, "\n\n".join(paragraphs) + "\n")
