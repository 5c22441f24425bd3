"""A passkey in a real browser, with an authenticator of Chromium's own: added, shown, signed in with; and every page
on the way."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from accounts.models import Member
from tests.accounts.factors import SECRET, with_app, with_passkey
from tests.browser.conftest import Visit
from tests.browser.test_pages import DESK, faults

PASSWORD = "a-good-password"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Person:
    """At a browser with a passkey device. Passkeys know no address in numbers: the site is `localhost` here."""

    def __init__(self, visit: Visit, member: Member) -> None:
        EmailAddress.objects.get_or_create(user=member, email=member.email, verified=True, primary=True)
        self.visit, self.member = visit, member
        self.url = visit.url.replace("127.0.0.1", "localhost")
        self.page = visit.context.new_page()
        device = visit.context.new_cdp_session(self.page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path, wait_until="domcontentloaded")
        return self.page

    def sign_in(self) -> None:
        self.open("/accounts/login/")
        self.page.locator("[name=login]").fill(self.member.email)
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(re.compile(r"localhost:\d+/($|accounts/2fa)"))

    def sign_out(self) -> None:
        self.visit.context.clear_cookies()

    def confirm(self) -> None:
        self.page.locator("[name=password]").fill(PASSWORD)
        self.page.locator("[name=password]").press("Enter")


@pytest.fixture
def someone(visit: Callable[..., Visit], author: Member) -> Iterator[Person]:
    person = Person(visit(), author)
    yield person
    assert person.visit.complaints == []


def test_a_passkey_is_added_and_signs_in(someone: Person) -> None:
    someone.sign_in()
    page = someone.open("/accounts/2fa/webauthn/add/")
    someone.confirm()
    page.wait_for_url("**/webauthn/add/")
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".codes li").count() == 10
    key = Authenticator.objects.get(user=someone.member, type="webauthn").wrap()
    assert key.is_passwordless
    assert key.name == "Chrome, Linux"
    someone.sign_out()
    page = someone.open("/accounts/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(someone.url + "/")
    someone.sign_out()
    someone.sign_in()
    assert page.url.endswith("/2fa/authenticate/")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(someone.url + "/")
    page = someone.open("/accounts/2fa/webauthn/reauthenticate/?next=/communities/")
    page.locator("#mfa_webauthn_reauthenticate").click()
    page.wait_for_url("**/communities/")


def test_without_the_passkey_nothing_changes_and_one_can_try_again(someone: Person) -> None:
    with_app(someone.member)
    with_passkey(someone.member)  # of another device
    someone.sign_in()
    page = someone.page
    page.locator("#mfa_webauthn_authenticate").click()
    expect(page.locator("#passkey-problem")).to_be_visible()
    expect(page.locator("#mfa_webauthn_authenticate")).to_be_enabled()
    assert "/2fa/authenticate/" in page.url


def test_every_page_of_second_factors(someone: Person, settings: Any) -> None:
    wrong: dict[str, list[str]] = {}

    def look_at(name: str, path: str = "") -> None:
        page = someone.open(path) if path else someone.page
        page.wait_for_load_state("domcontentloaded")
        if found := faults(page):
            wrong[name] = found
        page.set_viewport_size(DESK)

    someone.sign_in()
    someone.open("/accounts/2fa/totp/activate/")
    someone.confirm()
    someone.page.wait_for_url("**/totp/activate/")
    look_at("an app")
    look_at("a passkey", "/accounts/2fa/webauthn/add/")
    someone.page.locator("#mfa_webauthn_add").click()
    someone.page.wait_for_url("**/recovery-codes/")
    look_at("recovery codes")
    with_app(someone.member)
    key = Authenticator.objects.get(user=someone.member, type="webauthn").pk
    for path in ("", "webauthn/", f"webauthn/keys/{key}/edit/", f"webauthn/keys/{key}/remove/", "totp/deactivate/"):
        look_at(path, f"/accounts/2fa/{path}")
    for path in ("recovery-codes/generate/", "reauthenticate/", "webauthn/reauthenticate/"):
        look_at(path, f"/accounts/2fa/{path}")
    someone.sign_out()
    someone.sign_in()
    look_at("asked for it")
    assert SECRET not in someone.page.content()
    assert wrong == {}
