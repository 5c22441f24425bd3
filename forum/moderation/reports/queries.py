"""What the pages of reports need."""

import uuid
from collections.abc import Iterable

from django.http import HttpResponse

from forum.moderation.decisions.models import Complaint, Decision
from forum.moderation.reports.models import Report
from forum.moderation.reports.tokens import digest_of
from forum.moderation.subjects import Subject

MOST_PICTURES = 20


def find_report(token: str) -> Report | None:
    return Report.objects.filter(digest=digest_of(token)).select_related("case__community", "member").first()


def decision_on(report: Report) -> Decision | None:
    """What the reporter was told: the last one about their case. None as long as they were told nothing."""
    if report.answered_at is None:
        return None
    rows = Decision.objects.filter(case=report.case_id).select_related("clause", "reversal", "community")
    return rows.order_by("-pk").first()


def pictures_in(about: Subject) -> list[uuid.UUID]:
    """The pictures that stand in it: each can be reported alone."""
    if about.column == "post":
        found: Iterable[uuid.UUID] = about.row.picture_uses.order_by("pk").values_list("picture", flat=True)
    elif about.column == "method":
        version = about.row.versions.filter(number=about.row.version).first()
        found = version.picture_uses.order_by("pk").values_list("picture", flat=True) if version else ()
    else:
        found = ()
    return list(found)[:MOST_PICTURES]


def complaint_of(report: Report) -> Complaint | None:
    return report.complaints.order_by("-pk").first()


def unlinked(response: HttpResponse) -> HttpResponse:
    """Of a page behind a secret link: no search engine keeps it, and no other site hears where one came from. Not
    "no-referrer": browsers then say of a form's origin "null", and the complaint would be refused as a forgery."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
