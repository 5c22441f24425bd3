"""Opening an account: through HTTP, with the code from the mail."""

import threading

import pytest
from allauth.account.internal.flows import manage_email
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from accounts.actions import open_account
from accounts.models import Member
from tests.accounts.helpers import (
    NEW_PASSWORD,
    PASSWORD,
    SIGN_UP,
    VERIFICATION,
    code_in,
    is_signed_in,
    last_code,
    words,
)

pytestmark = pytest.mark.django_db


def test_a_stranger_becomes_a_member_with_the_code_from_the_mail(someone: Client) -> None:
    answer = someone.post("/accounts/signup/?next=/communities/", {**SIGN_UP, "next": "/communities/"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(VERIFICATION)
    assert not is_signed_in(someone)
    assert mail.outbox[0].to == ["jan@lodz.example"]
    answer = someone.post(VERIFICATION, {"code": last_code()})
    assert answer["Location"] == "/communities/"
    assert is_signed_in(someone)
    jan = Member.objects.get(email="jan@lodz.example")
    assert (jan.username, jan.display_name, jan.interface_language) == ("jan-kowal", "Jan Kowal", "en")
    assert jan.emailaddress_set.get().verified
    assert jan.vouched_at is None
    assert jan.profile_readers == Member.ProfileReaders.NOBODY


def test_the_time_it_takes_does_not_tell_that_an_address_has_an_account(
    someone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing a password is nearly all of it, by design."""
    open_account(email=SIGN_UP["email"], display_name="Jan Kowal", password=PASSWORD, verified=True)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    someone.post("/accounts/signup/", SIGN_UP)
    taken = len(hashed)
    Client().post("/accounts/signup/", {**SIGN_UP, "email": "somebody.else@lodz.example"})
    assert taken == len(hashed) - taken == 1


def test_until_the_code_comes_nobody_is_signed_in(someone: Client) -> None:
    someone.post("/accounts/signup/", SIGN_UP)
    other = Client()
    cache.clear()  # ten seconds later
    answer = other.post("/accounts/login/", {"login": SIGN_UP["email"], "password": PASSWORD})
    assert answer["Location"] == VERIFICATION
    assert not is_signed_in(other)
    other.post(VERIFICATION, {"code": last_code()})
    assert is_signed_in(other)


def test_a_wrong_code_is_refused_on_its_field_and_three_end_it(someone: Client) -> None:
    someone.post("/accounts/signup/", SIGN_UP)
    right = last_code()
    page = someone.post(VERIFICATION, {"code": "BBBB-BBBB"})
    assert page.context["verify_form"].errors["code"]
    assert 'aria-invalid="true"' in page.content.decode()
    someone.post(VERIFICATION, {"code": "BBBB-BBBB"})
    someone.post(VERIFICATION, {"code": "BBBB-BBBB"})
    someone.post(VERIFICATION, {"code": right})
    assert not is_signed_in(someone)


def test_a_code_works_once(someone: Client) -> None:
    someone.post("/accounts/signup/", SIGN_UP)
    code = last_code()
    someone.post(VERIFICATION, {"code": code})
    someone.post("/accounts/logout/")
    someone.post(VERIFICATION, {"code": code})
    assert not is_signed_in(someone)


def test_a_code_is_good_in_its_own_browser_only(someone: Client) -> None:
    someone.post("/accounts/signup/", SIGN_UP)
    other = Client()
    other.post("/accounts/signup/", {**SIGN_UP, "email": "other@lodz.example"})
    theirs, mine = last_code(), code_in(mail.outbox[0])
    other.post(VERIFICATION, {"code": mine})
    assert not is_signed_in(other)
    assert theirs != mine


def test_a_taken_address_gets_the_same_page_and_its_owner_a_mail(anna: Member, someone: Client) -> None:
    free, taken = Client(headers={"accept-language": "en"}), someone
    first = free.post("/accounts/signup/", SIGN_UP, follow=True)
    second = taken.post("/accounts/signup/", {**SIGN_UP, "email": anna.email}, follow=True)
    assert first.redirect_chain == second.redirect_chain
    assert words(first).replace(SIGN_UP["email"], "X") == words(second).replace(anna.email, "X")
    assert [message.to for message in mail.outbox] == [[SIGN_UP["email"]], [anna.email]]
    assert "already" in mail.outbox[1].subject
    assert Member.objects.filter(email=anna.email).count() == 1


def test_who_never_entered_the_code_signs_up_again_and_gets_a_new_one(someone: Client) -> None:
    someone.post("/accounts/signup/", {**SIGN_UP, "display_name": "Jan Kowall"})
    cache.clear()  # ten seconds later
    other = Client(headers={"accept-language": "en"})
    answer = other.post("/accounts/signup/", {**SIGN_UP, "password1": NEW_PASSWORD})
    assert answer["Location"] == VERIFICATION
    other.post(VERIFICATION, {"code": last_code()})
    assert is_signed_in(other)
    jan = Member.objects.get()
    assert (jan.display_name, jan.username) == ("Jan Kowal", "jan-kowal")
    assert jan.check_password(NEW_PASSWORD)
    assert jan.emailaddress_set.get().verified


def test_the_page_says_nothing_of_the_address(anna: Member) -> None:
    """Unknown, never verified, verified: the same page."""
    begun = "begun@lodz.example"
    Client().post("/accounts/signup/", {**SIGN_UP, "email": begun})
    cache.clear()  # ten seconds later
    pages = []
    for address in ("unknown@lodz.example", begun, anna.email):
        browser = Client(headers={"accept-language": "en"})
        page = browser.post("/accounts/signup/", {**SIGN_UP, "email": address}, follow=True)
        pages.append((page.redirect_chain, page.status_code, words(page).replace(address, "X")))
    assert pages[0] == pages[1] == pages[2]


def test_whoever_began_first_has_nothing_of_it(someone: Client) -> None:
    """Somebody else's address: neither their browser nor their password opens what its owner verifies."""
    someone.post("/accounts/signup/", SIGN_UP)
    first_code = last_code()
    cache.clear()  # ten seconds later
    owner = Client(headers={"accept-language": "en"})
    owner.post("/accounts/signup/", {**SIGN_UP, "password1": NEW_PASSWORD})
    for code in (first_code, last_code()):
        answer = someone.post(VERIFICATION, {"code": code})
        assert answer.status_code < 500
        assert not is_signed_in(someone)
    assert someone.get(VERIFICATION, follow=True).status_code == 200
    owner.post(VERIFICATION, {"code": last_code()})
    assert is_signed_in(owner)
    cache.clear()
    someone.post("/accounts/login/", {"login": SIGN_UP["email"], "password": PASSWORD})
    assert not is_signed_in(someone)


@pytest.mark.parametrize("what", [{"is_house": True}, {"is_staff": True}, {"is_active": False}])
def test_only_what_nobody_uses_begins_anew(someone: Client, what: dict[str, bool]) -> None:
    kept = open_account(email=SIGN_UP["email"], display_name="Kept Account", **what)
    someone.post("/accounts/signup/", SIGN_UP)
    assert Member.objects.get() == kept


def test_the_same_form_twice_at_once_is_answered_alike(
    anna: Member, someone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have looked before either has saved."""
    monkeypatch.setattr(manage_email, "email_already_exists", lambda email, **_more: (email, False))
    answer = someone.post("/accounts/signup/", {**SIGN_UP, "email": anna.email})
    assert answer["Location"] == VERIFICATION
    assert not is_signed_in(someone)
    assert Member.objects.get() == anna


def test_a_new_code_can_be_asked_for_alike(anna: Member, someone: Client) -> None:
    for address in (SIGN_UP["email"], anna.email):
        person = Client(headers={"accept-language": "en"})
        person.post("/accounts/signup/", {**SIGN_UP, "email": address})
        page = person.get(VERIFICATION)
        assert page.context["can_resend"]
        assert not page.context["can_change"]


def test_when_mail_is_down_the_account_stands_and_the_page_says_so(someone: Client, monkeypatch, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    page = someone.post("/accounts/signup/", SIGN_UP, follow=True)
    assert page.status_code == 200
    texts = [str(message) for message in page.context["messages"]]
    assert any("could not send mail to jan@lodz.example" in text for text in texts)
    assert not any("sent to" in text for text in texts)
    assert Member.objects.filter(email="jan@lodz.example").exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    cache.clear()  # ten seconds later
    someone.post(VERIFICATION, {"action": "resend"})
    someone.post(VERIFICATION, {"code": last_code()})
    assert is_signed_in(someone)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "J"),
        ("display_name", "<script>alert(1)</script>"),
        ("display_name", "Jan\u202ewalK"),
        ("display_name", "Jan\x00Kowal"),
        ("display_name", "J" * 81),
        ("display_name", "Моderator"),
        ("display_name", "Administrator"),
        ("email", "nobody"),
        ("email", ""),
        ("password1", "short"),
        ("password1", ""),
    ],
)
def test_what_cannot_be_is_refused_on_its_own_field(someone: Client, field: str, value: str) -> None:
    page = someone.post("/accounts/signup/", {**SIGN_UP, field: value})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {field}
    assert f'id="id_{field}_error"' in page.content.decode()
    assert "<script>alert" not in page.content.decode()
    assert not Member.objects.exists()


def test_a_forged_username_is_no_field(someone: Client) -> None:
    someone.post("/accounts/signup/", {**SIGN_UP, "username": "admin", "is_staff": "on", "is_house": "on"})
    jan = Member.objects.get()
    assert (jan.username, jan.is_staff, jan.is_house) == ("jan-kowal", False, False)


@pytest.mark.django_db(transaction=True)
def test_people_of_the_same_name_at_the_same_moment() -> None:
    def one(number: int) -> None:
        try:
            open_account(email=f"jan{number}@lodz.example", display_name="Jan Kowal")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Member.objects.values_list("username", flat=True)) == [
        "jan-kowal",
        "jan-kowal-2",
        "jan-kowal-3",
        "jan-kowal-4",
    ]
