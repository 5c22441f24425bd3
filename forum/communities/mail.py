"""The mail of an invitation."""

import logging

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.communities.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, token: str) -> None:
    """Send the link and note that it went out. A mail server that fails fails nobody's request: the steward
    sees on the page that nothing was sent, and copies the link."""
    words = {
        "invitation": invitation,
        "community": invitation.community,
        "link": f"{settings.SITE_URL}/invitations/{token}/",
        "site": settings.SITE_NAME,
    }
    subject = _("%(inviter)s invites you to %(community)s") % {
        "inviter": invitation.by.display_name,
        "community": invitation.community.name,
    }
    try:
        send_mail(
            " ".join(subject.split()),  # a header is one line
            render_to_string("communities/invitation_mail.txt", words),
            None,
            [invitation.email],
        )
    except Exception:
        logger.exception("The invitation %s could not be sent.", invitation.pk)
        return
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
