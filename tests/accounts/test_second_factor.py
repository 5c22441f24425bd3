"""Setting a second factor up, signing in with it, and what a copy of the database knows of it."""

import io
import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client

from accounts import secrets
from accounts.models import Member
from tests.accounts.factors import INDEX, NOW, SECRET, SHOW, clock_at, code, with_app, with_passkey
from tests.accounts.helpers import PASSWORD, is_signed_in, words

pytestmark = pytest.mark.django_db

LOGIN, ASKED = "/accounts/login/", "/accounts/2fa/authenticate/"
SET_UP, CODES = "/accounts/2fa/totp/activate/", "/accounts/2fa/recovery-codes/"
OTHER_KEY = "another key of the site, long enough for it"


def confirm_password(browser: Client) -> None:
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})


def half_signed_in(browser: Client, member: Member) -> Client:
    browser.post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert not is_signed_in(browser)
    return browser


def test_an_app_is_set_up_and_nothing_of_it_can_be_read(
    anna: Member, signed_in: Client, django_capture_on_commit_callbacks: Any
) -> None:
    assert signed_in.get(SET_UP)["Location"].startswith("/accounts/reauthenticate/")
    confirm_password(signed_in)
    page = signed_in.get(SET_UP)
    secret = page.context["form"].secret
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert page.context["form"].spaced.replace(" ", "") == secret
    assert "issuer=Courtyard" in page.context["totp_url"]
    assert secret not in str([each.get_decoded() for each in Session.objects.all()])
    wrong = signed_in.post(SET_UP, {"code": "000000"})
    assert wrong.context["form"].errors["code"]
    assert wrong.context["form"].secret == secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post(SET_UP, {"code": code(secret=secret)})
    assert answer["Location"] == CODES
    rows = {row.type: row for row in Authenticator.objects.filter(user=anna)}
    assert set(rows) == {"totp", "recovery_codes"}
    kept = json.dumps([row.data for row in rows.values()])
    assert secret not in kept
    assert rows["totp"].wrap().validate_code(code(secret=secret))
    assert not any(each in kept for each in rows["recovery_codes"].wrap().generate_codes())
    assert mail.outbox[-1].to == [anna.email]


def test_signing_in_asks_for_it(anna: Member, someone: Client) -> None:
    with_app(anna)
    half_signed_in(someone, anna)
    page = someone.post(ASKED, {"code": "000000"})
    assert page.context["form"].errors["code"]
    someone.post(ASKED, {"code": code()})
    assert is_signed_in(someone)


def test_a_mailed_code_is_no_way_round_it(anna: Member, someone: Client) -> None:
    with_app(anna)
    someone.post("/accounts/login/code/", {"email": anna.email})
    found = re.search(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found
    assert someone.post("/accounts/login/code/confirm/", {"code": found[1]})["Location"] == ASKED
    assert not is_signed_in(someone)


def test_a_code_of_the_half_minute_before_is_too_old(
    anna: Member, someone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_app(anna)
    half_signed_in(someone, anna)
    clock_at(monkeypatch, NOW)
    for moment in (NOW - 30, NOW + 30):
        someone.post(ASKED, {"code": code(moment)})
        assert not is_signed_in(someone)
    someone.post(ASKED, {"code": code(NOW)})
    assert is_signed_in(someone)


def test_a_code_works_once(anna: Member, someone: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    with_app(anna)
    clock_at(monkeypatch, NOW)
    half_signed_in(someone, anna).post(ASKED, {"code": code(NOW)})
    assert is_signed_in(someone)
    other = half_signed_in(Client(), anna)
    other.post(ASKED, {"code": code(NOW)})
    assert not is_signed_in(other)


def test_a_recovery_code_works_once(anna: Member, someone: Client) -> None:
    with_app(anna)
    recovery = Authenticator.objects.get(user=anna, type="recovery_codes").wrap().generate_codes()[3]
    half_signed_in(someone, anna).post(ASKED, {"code": recovery})
    assert is_signed_in(someone)
    other = half_signed_in(Client(), anna)
    other.post(ASKED, {"code": recovery})
    assert not is_signed_in(other)


def test_wrong_codes_are_limited(anna: Member, someone: Client) -> None:
    """For the member, wherever they are tried; the right one does not help then."""
    with_app(anna)
    for _attempt in range(5):
        half_signed_in(Client(), anna).post(ASKED, {"code": "000000"})
    half_signed_in(someone, anna)
    page = someone.post(ASKED, {"code": code()})
    assert not is_signed_in(someone)
    assert "often" in words(page) or "many" in words(page)


def test_whether_somebody_has_one_is_told_after_the_password_only(anna: Member) -> None:
    def answer() -> str:
        return words(Client().post(LOGIN, {"login": anna.email, "password": "wrong"}))

    without = answer()
    with_app(anna)
    assert answer() == without


def test_with_a_factor_the_password_alone_confirms_nothing(anna: Member, signed_in: Client) -> None:
    """A session from before the factor may not take it away, nor add another."""
    with_app(anna)
    confirm_password(signed_in)
    for page in (SET_UP, "/accounts/2fa/totp/deactivate/", "/accounts/2fa/webauthn/add/", CODES):
        answer = signed_in.post(page) if "deactivate" in page else signed_in.get(page)
        assert "2fa" in answer["Location"], page
    signed_in.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=anna, type="totp").exists()
    signed_in.post(SHOW, {"code": code()})
    signed_in.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=anna).exists()


def test_a_passkey_is_asked_for_before_codes(anna: Member, signed_in: Client) -> None:
    with_passkey(anna)
    answer = signed_in.get("/accounts/2fa/webauthn/add/")
    assert answer["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/")


def test_recovery_codes_are_shown_to_be_printed_and_saved(anna: Member, signed_in: Client) -> None:
    with_app(anna)
    signed_in.post(SHOW, {"code": code()})
    codes = Authenticator.objects.get(user=anna, type="recovery_codes").wrap().generate_codes()
    page = signed_in.get(CODES).content.decode()
    assert all(f"<code>{each[:4]} {each[4:]}</code>" in page for each in codes)
    file = signed_in.get(CODES + "download/")
    assert file["Content-Disposition"].startswith("attachment")
    assert file.content.decode().split() == codes


def test_a_replaced_key_still_opens_and_rows_move_to_the_new_one(anna: Member, settings) -> None:
    new = settings.SECRET_KEY
    settings.SECRET_KEY = OTHER_KEY
    app = with_app(anna)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = new, [OTHER_KEY]
    assert secrets.unlock(app.data["secret"]) == SECRET
    call_command("renew_secrets", stdout=io.StringIO())
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(secrets.LostSecret):
        secrets.unlock(app.data["secret"])
    app.refresh_from_db()
    assert secrets.unlock(app.data["secret"]) == SECRET
    seed = Authenticator.objects.get(user=anna, type="recovery_codes").data["seed"]
    assert len(secrets.unlock(seed)) == 80


def test_a_lost_key_is_said_and_is_no_fault(anna: Member, someone: Client, settings) -> None:
    settings.SECRET_KEY, kept = OTHER_KEY, settings.SECRET_KEY
    with_app(anna)
    settings.SECRET_KEY = kept
    half_signed_in(someone, anna)
    page = someone.post(ASKED, {"code": code()})
    assert "administrator" in str(page.context["form"].errors["code"])
    assert not is_signed_in(someone)


CREDENTIALS = ["", "{}", "[]", "5", '"x"', "null", '{"id": 5}', '{"id": "a", "rawId": "a", "response": 5, "type": "x"}']
CREDENTIALS += [
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"authenticatorData": "YQ", "signature": "YQ", "userHandle": "' + each + '"}}'
    for each in ("", "_w", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5")
]
CREDENTIALS += ['{"id": "\\u0000", "response": {"userHandle": null}}', "[" * 3000]


@pytest.mark.parametrize("credential", CREDENTIALS)
def test_a_made_up_passkey_opens_nothing(anna: Member, someone: Client, credential: str) -> None:
    address = "/accounts/2fa/webauthn/login/"
    assert someone.get(address, headers={"accept": "application/json"}).json()["request_options"]
    assert someone.post(address, {"credential": credential})["Location"] == LOGIN
    with_passkey(anna)
    half_signed_in(someone, anna).get(ASKED)
    assert someone.post(ASKED, {"credential": credential}).status_code == 200
    assert not is_signed_in(someone)


def test_the_page_of_factors_and_the_way_to_it(anna: Member, signed_in: Client) -> None:
    assert f'href="{INDEX}"' in signed_in.get("/accounts/profile/").content.decode()
    assert 'aria-current="page">Second factor' in signed_in.get(INDEX).content.decode()
