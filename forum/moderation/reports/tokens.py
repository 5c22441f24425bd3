"""The secret of a tracking link. The database keeps its digest; the token itself is made again from the report's
submission and the site's secret when a letter needs it, so a stolen copy of the database opens no link."""

import base64
import hashlib
from uuid import UUID

from django.conf import settings
from django.utils.crypto import salted_hmac

from forum.moderation.reports.models import Report

SALT = "courtyard.report"


def token_for(submission: UUID) -> str:
    digest = salted_hmac(SALT, submission.hex, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def token_of(report: Report) -> str:
    return token_for(report.submission)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(report: Report) -> str:
    return f"{settings.SITE_URL}/reports/{token_of(report)}/"
