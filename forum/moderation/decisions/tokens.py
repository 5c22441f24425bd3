"""The address of a statement that works signed out: in the mail, and at the door of a suspended account."""

import hashlib

from django.utils.crypto import salted_hmac

from forum.moderation.decisions.models import Decision


def token_of(decision: Decision) -> str:
    """Signed, so it can be written again whenever a letter needs it, and guessed by nobody."""
    mac = salted_hmac("forum.moderation.decisions.statement", str(decision.pk), algorithm="sha256")
    return f"{decision.pk}-{mac.hexdigest()[:40]}"


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def find(token: str) -> Decision | None:
    """By the digest that was kept: a link that was mailed works on when the site's key has changed."""
    rows = Decision.objects.filter(digest=digest_of(token))
    return rows.select_related("community", "addressee", "clause__book", "case", "reversal").first()
