"""What is mailed to those who report, and to authors who may need help. Reported words stay out of every mail."""

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import mail
from forum.mail import Words
from forum.mail.models import Letter
from forum.moderation.decisions.models import Decision
from forum.moderation.reports import outcome
from forum.moderation.reports.models import Report
from forum.moderation.reports.numbers import crisis_numbers
from forum.moderation.reports.tokens import link_of

RECEIPT, ANSWERED, CARE = "report.receipt", "report.answered", "care.numbers"
CARE_AGAIN_AFTER = timedelta(days=7)


def register() -> None:
    mail.register(RECEIPT, _receipt)
    mail.register(ANSWERED, _answered)
    mail.register(CARE, _care)


def care_for(author: Member | None) -> None:
    """Numbers to call, to somebody about whom people worry. Once a week at most: that may be meant to hurt, too."""
    if author is None or author.is_house or not author.is_active:
        return
    lately = timezone.now() - CARE_AGAIN_AFTER
    if not Letter.objects.filter(kind=CARE, member=author, written_at__gte=lately).exists():
        mail.write(CARE, to=author)


def _receipt(letter: Letter) -> Words | None:
    report = Report.objects.filter(pk=letter.about).first()
    if report is None:
        return None
    context = {
        "report": report,
        "link": link_of(report),
        "site": settings.SITE_NAME,
        "numbers": crisis_numbers() if report.ground == Report.Ground.DANGER else (),
    }
    return Words(_("Your report has arrived"), render_to_string("reports/receipt.txt", context))


def _answered(letter: Letter) -> Words | None:
    report = Report.objects.filter(pk=letter.more.get("report"), answered_at__isnull=False).first()
    decision = Decision.objects.filter(pk=letter.more.get("decision")).select_related("clause", "reversal").first()
    if report is None or decision is None:
        return None
    context = {
        "report": report,
        "link": link_of(report),
        "site": settings.SITE_NAME,
        "outcome": outcome.outcome(decision),
        "ground": outcome.ground(decision),
        "how": outcome.how(decision),
    }
    return Words(_("Your report was decided"), render_to_string("reports/answered.txt", context))


def _care(letter: Letter) -> Words:
    context = {"member": letter.member, "numbers": crisis_numbers(), "site": settings.SITE_NAME}
    return Words(_("A few numbers, in case you need them"), render_to_string("reports/care.txt", context))
