"""Invitations: one person's way in, bound to an address."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes
from forum.communities import mail, notices, rules
from forum.communities.models import Community, Invitation, Membership
from forum.communities.restrictions import why_paused
from forum.communities.steps import admit, hold, only_for_stewards, refuse
from forum.web.errors import Refusal

LASTS = timedelta(days=7)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, by: Member, community: Community, email: str) -> str:
    """Invite whoever holds this address; returns the token of the link, which nobody can read again later.

    The mail goes out after the commit; `sent_at` stays empty where the mail server did not take it. An earlier
    invitation to the same address ends. Refusal for what is no address (field "email"), and for too many (429).
    """
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refusal(_("Enter an e-mail address, such as name@example.org."), field="email") from error
    token = secrets.token_urlsafe(32)
    with changes.writing():
        community = hold(community)
        only_for_stewards(by, community)
        refuse(rules.may_grow(community) or why_paused(by, community))
        rules.check_inviting(by, community, email)
        earlier = Invitation.objects.still_open().filter(community=community, email=email)
        earlier.update(withdrawn_at=timezone.now())
        invitation = Invitation.objects.create(
            community=community, email=email, digest=digest_of(token), by=by, expires_at=timezone.now() + LASTS
        )
        notices.invited(invitation)
        transaction.on_commit(lambda: mail.send_invitation(invitation, token))
    return token


def accept_invitation(*, member: Member, token: str) -> Membership:
    """Use it up and come in. Refusal when it is used, withdrawn, expired, or bound to another address."""
    with changes.writing():
        invitation = Invitation.objects.filter(digest=digest_of(token)).select_related("community", "by").first()
        if invitation is None:
            raise no_longer_valid()
        community = hold(invitation.community)
        invitation.refresh_from_db(fields=["accepted_by", "accepted_at", "withdrawn_at", "expires_at"])
        mine = Membership.objects.filter(community=community, member=member).first()
        if mine is not None and invitation.accepted_by_id == member.pk:
            return mine  # the same button twice
        if not is_open(invitation):
            raise no_longer_valid()
        if not holds_address(member, invitation.email):
            raise Refusal(_("This invitation is for another address. Sign in with the address it was sent to."))
        refuse(rules.may_grow(community))
        invitation.accepted_by, invitation.accepted_at = member, timezone.now()
        invitation.save(update_fields=["accepted_by", "accepted_at"])
        return admit(member, community, by=invitation.by)


def withdraw_invitation(*, by: Member, invitation: Invitation) -> None:
    """End an open invitation; one that was used or ended before stays as it is."""
    with changes.writing():
        community = hold(invitation.community)
        only_for_stewards(by, community)
        Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )


def is_open(invitation: Invitation) -> bool:
    ended = invitation.accepted_at or invitation.withdrawn_at
    return not ended and invitation.expires_at > timezone.now()


def holds_address(member: Member, email: str) -> bool:
    """Has the member shown that mail to this address reaches them?"""
    return bool(EmailAddress.objects.filter(user=member, email__iexact=email, verified=True).exists())


def no_longer_valid() -> Refusal:
    return Refusal(_("This invitation is not valid any more. Ask the person who invited you for a new one."))
