"""Factors of members, made and shown without a phone."""

import json
import time
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import Member

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = 1_790_000_000  # a moment at which clocks of these tests may stand
SHOW, SHOW_PASSKEY = "/accounts/2fa/reauthenticate/", "/accounts/2fa/webauthn/reauthenticate/"
INDEX, GO_ON = "/accounts/2fa/", "/accounts/second-factor/"


def with_app(member: Member) -> Authenticator:
    """Has an app with codes, and recovery codes."""
    RecoveryCodes.activate(member)
    return totp.TOTP.activate(member, SECRET).instance


def with_passkey(member: Member) -> Authenticator:
    """Its row; nobody holds the key: who signs with one is a browser's test."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    held = AttestedCredentialData.create(Aaguid.NONE, b"a key of the tests", key)
    said = AuthenticatorData.create(b"\0" * 32, AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 1, held)
    own = {"type": "webauthn.create", "challenge": "YQ", "origin": "http://localhost"}
    response = {
        "clientDataJSON": websafe_encode(json.dumps(own).encode()),
        "attestationObject": websafe_encode(AttestationObject.create("none", said, {})),
    }
    name = websafe_encode(held.credential_id)
    credential = {"type": "public-key", "id": name, "rawId": name, "response": response, "clientExtensionResults": {}}
    return WebAuthn.add(member, "Phone", credential).instance


def code(at: float | None = None, secret: str = SECRET) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(at or time.time()) // 30)))


def clock_at(monkeypatch: pytest.MonkeyPatch, moment: float) -> None:
    """The clock by which allauth checks an app's codes."""
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: moment))


def show(browser: Client, **fields: Any) -> Any:
    """This session shows the app's code; the same code twice in one test is not what is tested here."""
    cache.clear()
    return browser.post(SHOW, {"code": code(), **fields})


def shown_ago(browser: Client, factor: Authenticator, seconds: float) -> None:
    """As if this session had shown it so long ago."""
    session = browser.session
    session["account_authentication_methods_user"] = str(factor.user_id)
    session["account_authentication_methods"] = [
        {"method": "mfa", "id": factor.pk, "type": factor.type, "at": time.time() - seconds}
    ]
    session.save()
