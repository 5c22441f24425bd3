"""Places that ask for the second factor: this session's own, lately shown; nothing written is lost on the way."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.models import Member
from tests.accounts.factors import (
    GO_ON,
    INDEX,
    SHOW,
    SHOW_PASSKEY,
    code,
    show,
    shown_ago,
    with_app,
    with_passkey,
)
from tests.accounts.helpers import PASSWORD

pytestmark = pytest.mark.django_db

TOOL, LASTING = "/communities/new/", "/moderation/members/outsider/second-factor/"
ADMIN = "/admin/accounts/member/"
HOUR, DAY = 3600, 86_400


@pytest.fixture(autouse=True)
def _required(settings: Any, outsider: Member) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    with_app(outsider)


@pytest.fixture
def admin(anna: Member) -> Member:
    Member.objects.filter(pk=anna.pk).update(is_staff=True, is_superuser=True)
    anna.refresh_from_db()
    return anna


@pytest.fixture
def desk(admin: Member, signed_in: Client) -> Client:
    """The administrator's browser, signed in by password before there was any factor."""
    return signed_in


def test_where_the_site_asks_nobody_nobody_is_asked(desk: Client, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert [desk.get(page).status_code for page in (TOOL, LASTING, ADMIN)] == [200, 200, 200]


@pytest.mark.parametrize("place", [TOOL, LASTING, ADMIN])
def test_who_has_none_is_led_to_set_one_up(desk: Client, place: str) -> None:
    assert desk.get(place)["Location"] == INDEX
    assert "asks for a second factor" in desk.get(INDEX).content.decode()


@pytest.mark.django_db(transaction=True)  # allauth says after the commit that it is there
def test_who_has_set_one_up_has_shown_it_and_comes_back(desk: Client) -> None:
    desk.get(ADMIN)
    desk.post("/accounts/reauthenticate/", {"password": PASSWORD})
    secret = desk.get("/accounts/2fa/totp/activate/").context["form"].secret
    codes = desk.post("/accounts/2fa/totp/activate/", {"code": code(secret=secret)}, follow=True)
    assert f'href="{GO_ON}"' in codes.content.decode()
    assert desk.get(GO_ON)["Location"] == ADMIN
    assert desk.get(ADMIN).status_code == 200


@pytest.mark.parametrize("place", [TOOL, LASTING, ADMIN])
def test_who_has_one_shows_it_and_comes_back(admin: Member, desk: Client, place: str) -> None:
    with_app(admin)
    answer = desk.get(place)
    assert answer["Location"].startswith(SHOW)
    assert "asks for your second factor" in desk.get(answer["Location"]).content.decode()
    assert desk.post(answer["Location"], {"code": "000000", "next": GO_ON}).status_code == 200
    assert desk.get(place).status_code == 302
    assert show(desk, next=GO_ON)["Location"] == GO_ON
    assert desk.get(GO_ON)["Location"] == place
    assert desk.get(place).status_code == 200


def test_each_session_shows_its_own(admin: Member, desk: Client, client_of: Callable[[Member], Client]) -> None:
    with_app(admin)
    show(desk)
    assert desk.get(TOOL).status_code == 200
    assert client_of(admin).get(TOOL).status_code == 302


def test_signing_in_with_it_is_showing_it(admin: Member) -> None:
    with_app(admin)
    fresh = Client()
    fresh.post("/accounts/login/", {"login": admin.email, "password": PASSWORD})
    assert "login" in fresh.get(LASTING)["Location"]
    fresh.post("/accounts/2fa/authenticate/", {"code": code()})
    assert [fresh.get(page).status_code for page in (TOOL, LASTING, ADMIN)] == [200, 200, 200]


def test_a_factor_that_is_gone_is_shown_no_more(admin: Member, desk: Client) -> None:
    app = with_app(admin)
    show(desk)
    app.delete()
    assert desk.get(TOOL)["Location"] == INDEX


@pytest.mark.parametrize(
    ("make", "seconds", "tool", "lasting"),
    [
        (with_app, 10 * 60, 200, 200),
        (with_app, 20 * 60, 200, 302),
        (with_app, 13 * HOUR, 302, 302),
        (with_passkey, 10 * 60, 200, 200),
        (with_passkey, 13 * HOUR, 200, 302),
        (with_passkey, 29 * DAY, 200, 302),
        (with_passkey, 31 * DAY, 302, 302),
    ],
)
def test_how_long_it_lasts(
    admin: Member,
    desk: Client,
    make: Callable[[Member], Authenticator],
    seconds: float,
    tool: int,
    lasting: int,
) -> None:
    shown_ago(desk, make(admin), seconds)
    assert [desk.get(page).status_code for page in (TOOL, LASTING, ADMIN)] == [tool, lasting, lasting]


def test_what_was_being_sent_comes_back_to_be_sent_again(admin: Member, desk: Client) -> None:
    with_passkey(admin)
    form = {"checked": "Met Ola at the counter, with her card.", "reason": "A lost phone."}
    answer = desk.post(LASTING, form)
    assert answer["Location"].startswith(SHOW_PASSKEY)
    desk.get(TOOL)  # a visit in between pushes nothing out
    assert Authenticator.objects.filter(user__username="outsider").exists()
    page = desk.get(GO_ON)
    kept = dict(page.context["again"])
    assert kept == form
    assert page.context["action"] == LASTING
    assert f">{form['checked']}</textarea>" in page.content.decode()
    shown_ago(desk, admin.authenticator_set.get(), 1)
    assert desk.post(LASTING, kept).status_code == 302
    assert not Authenticator.objects.filter(user__username="outsider").exists()
    assert desk.get(GO_ON)["Location"] == INDEX  # it arrived, and waits no more


def test_passwords_are_not_kept_and_too_much_stays_on_the_page(admin: Member, desk: Client) -> None:
    with_app(admin)
    long = "A word and " * 30_000
    page = desk.post(TOOL, {"name_en": long, "password": PASSWORD, "csrfmiddlewaretoken": "x"})
    assert page.status_code == 403
    assert dict(page.context["again"]) == {"name_en": long}
    assert SHOW in page.content.decode()


def test_scripts_are_told_and_partial_pages_are_led(admin: Member, desk: Client) -> None:
    with_app(admin)
    told = desk.get(TOOL, headers={"accept": "application/json"})
    assert (told.status_code, [*told.json()]) == (403, ["error"])
    assert desk.get(TOOL, headers={"hx-request": "true"})["HX-Redirect"].startswith(SHOW)


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_one_comes_back_to_this_site_only(admin: Member, desk: Client, address: str) -> None:
    with_app(admin)
    desk.post(TOOL, {"back": address}, headers={"referer": "http://testserver/communities/?x=1"})
    assert desk.get(GO_ON).context["back"] == "/communities/?x=1"
    desk.get(SHOW, {"next": address})
    assert show(desk, next=address)["Location"] == "/"


def test_others_learn_nothing_of_the_tools(neighbour: Member, client_of: Callable[[Member], Client]) -> None:
    with_app(neighbour)
    browser = client_of(neighbour)
    assert [browser.get(page).status_code for page in (TOOL, LASTING)] == [404, 404]
    assert browser.get(ADMIN)["Location"].startswith("/admin/login/")


def test_signing_out_of_the_admin_asks_for_nothing(desk: Client) -> None:
    desk.post("/admin/logout/")
    assert "login" in desk.get("/accounts/profile/")["Location"]
