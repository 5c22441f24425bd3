"""The house's policy on accounts, told to allauth in one place."""

import logging
from smtplib import SMTPException
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.actions import save_with_username
from accounts.addresses import is_our_address
from accounts.models import Member
from accounts.standing import suspension_of

logger = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def save_user(self, request: HttpRequest, user: Member, form: Any, **_commit: bool) -> Member:
        """A new member: named, with a username made by the house, in the language they signed up in."""
        from allauth.account.internal.flows.signup import prevent_enumeration

        user.display_name = form.cleaned_data["display_name"]
        user.interface_language = translation.get_language() or settings.LANGUAGE_CODE
        super().save_user(request, user, form, commit=False)
        try:
            save_with_username(user)
        except ValidationError:  # the same form came twice at once: answered as for any address that is taken
            raise ImmediateHttpResponse(prevent_enumeration(request, email=user.email)) from None
        return user

    def populate_username(self, request: HttpRequest, user: Member) -> None:
        """`save_with_username` makes it."""

    def pre_login(self, request: HttpRequest, user: Member, **hook: Any) -> HttpResponse | None:
        """Accounts of the house never sign in, by whatever way; who is suspended is led to the reasons."""
        if user.is_house:
            return cast(HttpResponse, self.respond_user_inactive(request, user))
        if not user.is_active and (suspended := suspension_of(user)):
            return render(
                request, "account/suspended.html", {"suspended": suspended, "until": suspended.until_words}, status=403
            )
        return cast(HttpResponse | None, super().pre_login(request, user, **hook))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Who has a second factor shows that, a passkey first: the password alone changes no account with one."""
        methods = super().get_reauthentication_methods(user)
        factors = [each for each in methods if each["id"].startswith("mfa_")]
        return sorted(factors, key=lambda each: not each["id"].endswith("webauthn")) or methods

    def is_safe_url(self, url: str) -> bool:
        return is_our_address(self.request, url)

    def get_client_ip(self, request: HttpRequest) -> str:
        """What the outermost trusted proxy saw; for a request that came past the proxies, where it came from."""
        try:
            return str(super().get_client_ip(request))
        except ImproperlyConfigured:
            return str(request.META["REMOTE_ADDR"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends it in the language of whose address it is; when mail is down, says so instead of failing the deed."""
        theirs = Member.objects.filter(email__iexact=email).values_list("interface_language", flat=True).first()
        with translation.override(theirs or translation.get_language()):
            message = self.render_mail(template_prefix, email, {"email": email, **context, **_our_addresses()})
        try:
            message.send()
        except (OSError, SMTPException):
            logger.exception("mail %s could not be sent", template_prefix)
            self.request.mail_failed = True
            text = _("We could not send mail to %(email)s just now. Please ask for a new code in a while.")
            messages.error(self.request, text % {"email": email})

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *more: Any, **named: Any
    ) -> None:
        """Never says "sent" of a mail that was not."""
        if (message_template or "").endswith("_sent.txt") and getattr(request, "mail_failed", False):
            return
        super().add_message(request, level, message_template, *more, **named)


def _our_addresses() -> dict[str, Any]:
    """For mail: the site's own name and addresses, whatever host the request named."""
    return {
        "current_site": {"name": settings.SITE_NAME, "domain": settings.SITE_URL},
        "signup_url": settings.SITE_URL + reverse("account_signup"),
        "password_reset_url": settings.SITE_URL + reverse("account_reset_password"),
    }
