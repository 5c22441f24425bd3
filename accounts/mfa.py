"""Second factors, told to allauth in one place: locked secrets, the site's own name, our QR codes."""

import io
import json
from collections.abc import Callable
from typing import Any

import segno
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.browsers import browser
from accounts.models import Member
from accounts.secrets import lock, unlock

LONGEST_NAME, LONGEST_CREDENTIAL = 80, 20_000


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    def encrypt(self, text: str) -> str:
        return lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unlock(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """On white: a camera reads it by night too."""
        out = io.BytesIO()
        segno.make_qr(url).save(out, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
        return out.getvalue().decode()

    def generate_authenticator_name(self, user: Member, type: Authenticator.Type) -> str:  # noqa: A002  allauth's name
        """Where it was made, as a person calls it: "Firefox, Linux"."""
        return browser(context.request.headers.get("User-Agent", ""))

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """As allauth's; but the secret is locked in the session's row as well, before it is anybody's factor."""

    def __init__(self, *args: Any, user: Member, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        session = context.request.session
        if not (self.is_bound and SECRET_SESSION_KEY in session):
            session[SECRET_SESSION_KEY] = lock(generate_totp_secret())
        self.secret = unlock(session[SECRET_SESSION_KEY])

    @property
    def spaced(self) -> str:
        """The secret in fours, to be read and typed."""
        return " ".join(self.secret[at : at + 4] for at in range(0, len(self.secret), 4))


class CredentialField(forms.JSONField):
    """What a browser says of a passkey: JSON of anybody's making, before anybody is known."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            said = super().to_python(value) if len(value or "") <= LONGEST_CREDENTIAL else None
        except (RecursionError, ValueError):  # too deep, or a number too long
            said = None
        if not isinstance(said, dict) or "\\u0000" in json.dumps(said):
            raise get_adapter().validation_error("incorrect_code")
        return said

    def bound_data(self, data: Any, initial: Any) -> None:
        """A form that comes back asks the browser anew."""


class _Doubting:
    """What no browser sends is a wrong passkey and no fault: allauth expects each part to be what it is called."""

    def clean_credential(self) -> Any:
        return doubted(super().clean_credential)  # type: ignore[misc]  # a mixin of forms


def doubted(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, InvalidSignature) as fault:
        raise get_adapter().validation_error("incorrect_code") from fault


class AuthenticatePasskeyForm(_Doubting, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    credential = CredentialField()


class LoginPasskeyForm(_Doubting, LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    credential = CredentialField()


class ReauthenticatePasskeyForm(_Doubting, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    credential = CredentialField()


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    credential = CredentialField()
    name = forms.CharField(label=_("Its name"), max_length=LONGEST_NAME, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    def clean(self) -> Any:
        return doubted(super().clean)


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    name = forms.CharField(label=_("Its name"), max_length=LONGEST_NAME)


def adding_shows_it(request: HttpRequest, user: Member, authenticator: Authenticator, **_signal: Any) -> None:
    """Whoever has just set a factor up has shown it. Recovery codes only came along: nobody has used one."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        shown = {"id": authenticator.pk, "type": authenticator.type, "reauthenticated": True}
        record_authentication(request, user, "mfa", **shown)
