"""Signing in by password or mailed code, a new password, the limits, and where one is sent afterwards."""

import pytest
from django.core import mail
from django.test import Client, override_settings

from accounts.actions import open_account
from accounts.models import Member
from tests.accounts.helpers import NEW_PASSWORD, PASSWORD, code_in, is_signed_in, last_code, words

pytestmark = pytest.mark.django_db

LOGIN, BY_CODE, CONFIRM = "/accounts/login/", "/accounts/login/code/", "/accounts/login/code/confirm/"
RESET, RESET_CODE = "/accounts/password/reset/", "/accounts/password/reset/confirm-code/"


def sign_in(someone: Client, email: str, password: str = PASSWORD, **extra: str):
    return someone.post(LOGIN, {"login": email, "password": password, **extra})


def test_by_password_and_back_to_where_one_was(anna: Member, someone: Client) -> None:
    page = someone.get(f"{LOGIN}?next=/communities/")
    assert 'name="next" value="/communities/"' in page.content.decode()
    answer = sign_in(someone, "Anna@Nadodrze.example", next="/communities/")
    assert answer["Location"] == "/communities/"
    assert is_signed_in(someone)


def test_by_a_mailed_code(anna: Member, someone: Client) -> None:
    answer = someone.post(BY_CODE, {"email": anna.email, "next": "/communities/"})
    answer = someone.post(answer["Location"], {"code": last_code(), "next": "/communities/"})
    assert answer["Location"] == "/communities/"
    assert is_signed_in(someone)


def test_wrong_words_and_unknown_addresses_sound_alike(anna: Member, someone: Client) -> None:
    wrong = words(sign_in(someone, anna.email, "wrong"))
    unknown = words(sign_in(someone, "nobody@nadodrze.example", "wrong"))
    assert wrong.replace(anna.email, "X") == unknown.replace("nobody@nadodrze.example", "X")
    assert "not correct" in wrong


def test_a_code_for_an_unknown_address_looks_the_same(anna: Member) -> None:
    pages = []
    for address in (anna.email, "nobody@nadodrze.example"):
        person = Client(headers={"accept-language": "en"})
        page = person.post(BY_CODE, {"email": address}, follow=True)
        pages.append((page.redirect_chain, words(page).replace(address, "X")))
    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[anna.email], ["nobody@nadodrze.example"]]
    assert "No account" in mail.outbox[1].subject


def test_a_new_password_by_code(anna: Member, someone: Client) -> None:
    answer = someone.post(RESET, {"email": anna.email})
    answer = someone.post(answer["Location"], {"code": last_code()})
    page = someone.post(answer["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)
    assert page.status_code == 200
    assert mail.outbox[-1].to == [anna.email]  # told that it was changed
    assert "new password" in mail.outbox[-1].subject
    sign_in(someone, anna.email)
    assert not is_signed_in(someone)
    sign_in(someone, anna.email, NEW_PASSWORD)
    assert is_signed_in(someone)


def test_a_reset_for_an_unknown_address_looks_the_same(anna: Member) -> None:
    pages = []
    for address in (anna.email, "nobody@nadodrze.example"):
        person = Client(headers={"accept-language": "en"})
        page = person.post(RESET, {"email": address}, follow=True)
        pages.append((page.redirect_chain, words(page).replace(address, "X")))
    assert pages[0] == pages[1]


def test_a_reset_code_is_not_a_sign_in_code(anna: Member, someone: Client) -> None:
    someone.post(BY_CODE, {"email": anna.email})
    someone.post(RESET, {"email": anna.email})
    someone.post(CONFIRM, {"code": last_code()})
    assert not is_signed_in(someone)


def test_three_wrong_codes_end_it(anna: Member, someone: Client) -> None:
    someone.post(BY_CODE, {"email": anna.email})
    for _attempt in range(3):
        someone.post(CONFIRM, {"code": "BBBB-BBBB"})
    someone.post(CONFIRM, {"code": last_code()})
    assert not is_signed_in(someone)


def test_a_code_grows_old(anna: Member, someone: Client) -> None:
    someone.post(BY_CODE, {"email": anna.email})
    with override_settings(ACCOUNT_LOGIN_BY_CODE_TIMEOUT=-1):
        someone.post(CONFIRM, {"code": last_code()})
    assert not is_signed_in(someone)


@pytest.mark.parametrize(
    "evil",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_no_way_out_of_the_house(anna: Member, someone: Client, evil: str) -> None:
    answer = sign_in(someone, anna.email, next=evil)
    assert answer["Location"] == "/"
    answer = someone.post("/accounts/logout/", {"next": evil})
    assert answer["Location"] == "/"
    answer = someone.post("/language/", {"language": "de", "next": evil})
    assert answer["Location"] == "/"


@override_settings(ALLOWED_HOSTS=["testserver", "other.example"])
def test_another_host_of_the_server_is_no_way_out_either(anna: Member, someone: Client) -> None:
    assert sign_in(someone, anna.email, next="https://other.example/")["Location"] == "/"


def test_house_accounts_never_sign_in(db: None, someone: Client) -> None:
    house = open_account(email="import@house.example", display_name="Dialog (import)", verified=True, is_house=True)
    assert not house.has_usable_password()
    house.set_password(PASSWORD)
    house.save()
    sign_in(someone, house.email)
    assert not is_signed_in(someone)
    someone.post(BY_CODE, {"email": house.email})
    for message in mail.outbox:
        someone.post(CONFIRM, {"code": code_in(message)})
    assert not is_signed_in(someone)


def test_a_closed_account_does_not_sign_in_and_its_sessions_end(anna: Member, signed_in: Client) -> None:
    Member.objects.filter(pk=anna.pk).update(is_active=False)
    assert signed_in.get("/accounts/profile/").status_code == 302
    other = Client()
    sign_in(other, anna.email)
    assert not is_signed_in(other)


def limited(times: int, forwarded: str = "") -> bool:
    """As many wrong passwords, each for another address; did a limit answer the last?"""
    person = Client(headers={"accept-language": "en"})
    for number in range(times):
        page = person.post(
            LOGIN,
            {"login": f"{forwarded[-1:]}{number}@nadodrze.example", "password": "wrong"},
            headers={"x-forwarded-for": forwarded.format(number)} if forwarded else {},
        )
    return "That was too often" in page.content.decode()


def test_too_many_wrong_passwords_from_one_place(db: None) -> None:
    assert not limited(30)
    assert limited(1)


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_a_proxy_the_place_is_what_the_proxy_saw(db: None) -> None:
    assert not limited(30, "203.0.113.1")
    assert not limited(30, "203.0.113.2")


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_a_made_up_first_hop_does_not_help(db: None) -> None:
    assert limited(31, "198.51.100.{}, 203.0.113.1")


def test_without_proxies_the_header_means_nothing(db: None) -> None:
    assert limited(31, "198.51.100.{}")


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=2)
def test_a_request_past_the_proxies_is_no_error(anna: Member, someone: Client) -> None:
    answer = someone.post(
        LOGIN, {"login": anna.email, "password": PASSWORD}, headers={"x-forwarded-for": "203.0.113.1"}
    )
    assert answer.status_code == 302


def test_too_fast_is_a_page_of_the_house(anna: Member, someone: Client) -> None:
    for _attempt in range(21):
        page = someone.post(RESET, {"email": f"a{_attempt}@nadodrze.example"})
    assert page.status_code == 429
    assert page.headers["Retry-After"]
    assert '<main id="main"' in page.content.decode()


def test_the_administration_signs_in_through_the_same_door(anna: Member, someone: Client) -> None:
    answer = someone.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
