"""Changing the address and the password, and the list of places where one is signed in."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from accounts.actions import open_account
from accounts.browsers import browser
from accounts.models import Member
from tests.accounts.helpers import NEW_PASSWORD, PASSWORD, VERIFICATION, is_signed_in, last_code

pytestmark = pytest.mark.django_db

EMAIL, SESSIONS, AGAIN = "/accounts/email/", "/accounts/sessions/", "/accounts/reauthenticate/"
NEW = "anna@wroclaw.example"


def confirm_again(person: Client) -> None:
    person.post(AGAIN, {"password": PASSWORD})


def test_a_new_address_needs_the_password_and_a_code(anna: Member, signed_in: Client) -> None:
    answer = signed_in.post(EMAIL, {"email": NEW, "action_add": ""})
    assert answer["Location"].startswith(AGAIN)
    assert mail.outbox == []
    page = signed_in.post(answer["Location"], {"password": "wrong"})
    assert page.context["form"].errors["password"]
    assert mail.outbox == []
    answer = signed_in.post(f"{AGAIN}?next={EMAIL}", {"password": PASSWORD, "next": EMAIL})
    assert [message.to for message in mail.outbox] == [[NEW]]
    anna.refresh_from_db()
    assert anna.email == "anna@nadodrze.example"
    signed_in.post(VERIFICATION, {"code": last_code()})
    anna.refresh_from_db()
    assert anna.email == NEW
    assert list(anna.emailaddress_set.values_list("email", "verified", "primary")) == [(NEW, True, True)]
    assert mail.outbox[-1].to == ["anna@nadodrze.example"]
    assert NEW in mail.outbox[-1].body


def test_somebody_elses_address_cannot_be_taken_and_is_not_betrayed(anna: Member, signed_in: Client) -> None:
    other = open_account(email=NEW, display_name="Ola Wrona", verified=True)
    confirm_again(signed_in)
    taken = signed_in.post(EMAIL, {"email": other.email, "action_add": ""})
    assert taken["Location"] == VERIFICATION
    for message in mail.outbox:
        assert "code" not in message.subject or message.to != [anna.email]
    anna.refresh_from_db()
    assert anna.email == "anna@nadodrze.example"


def test_a_wrong_code_changes_nothing(anna: Member, signed_in: Client) -> None:
    confirm_again(signed_in)
    signed_in.post(EMAIL, {"email": NEW, "action_add": ""})
    signed_in.post(VERIFICATION, {"code": "BBBB-BBBB"})
    anna.refresh_from_db()
    assert anna.email == "anna@nadodrze.example"


def test_the_address_form_says_what_is_wrong_on_its_field(signed_in: Client) -> None:
    confirm_again(signed_in)
    page = signed_in.post(EMAIL, {"email": "nobody", "action_add": ""}).content.decode()
    assert 'id="id_email_error"' in page
    assert 'aria-invalid="true"' in page


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(anna: Member, signed_in: Client) -> None:
    other = Client()
    other.post("/accounts/login/", {"login": anna.email, "password": PASSWORD})
    form = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    signed_in.post("/accounts/password/change/", form)
    assert signed_in.get("/accounts/profile/").status_code == 200
    assert other.get("/accounts/profile/").status_code == 302
    assert "password" in mail.outbox[-1].subject


def test_sessions_are_listed_and_the_others_ended(anna: Member, signed_in: Client) -> None:
    other = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"})
    other.post("/accounts/login/", {"login": anna.email, "password": PASSWORD})
    page = signed_in.get(SESSIONS)
    assert len(page.context["sessions"]) == 2
    assert "Firefox" in page.content.decode()
    assert is_signed_in(other)
    signed_in.post(SESSIONS)
    assert other.get("/accounts/profile/").status_code == 302
    assert signed_in.get("/accounts/profile/").status_code == 200
    assert len(signed_in.get(SESSIONS).context["sessions"]) == 1


@pytest.mark.parametrize("path", ["/accounts/profile/", EMAIL, "/accounts/password/change/", SESSIONS, AGAIN])
def test_a_visitor_is_asked_to_sign_in_and_brought_back(db: None, someone: Client, path: str) -> None:
    answer = someone.get(path)
    assert answer["Location"] == f"/accounts/login/?next={path}"


PAGES = [
    *("/accounts/login/", "/accounts/signup/", "/accounts/login/code/", "/accounts/password/reset/"),
    *("/accounts/inactive/", "/accounts/password/reset/done/"),
]
MINE = ["/accounts/profile/", EMAIL, "/accounts/password/change/", SESSIONS, AGAIN, "/accounts/logout/"]


@pytest.mark.parametrize("path", PAGES + MINE)
def test_every_page_has_one_title_and_one_heading(anna: Member, someone: Client, signed_in: Client, path: str) -> None:
    person = signed_in if path in MINE else Client(headers={"accept-language": "en"})
    response = person.get(path)
    assert response.status_code == 200
    page = response.content.decode()
    title = page.split("<title>")[1].split("</title>")[0].split("·")[0].strip()
    assert title
    assert page.count("<h1") == 1
    assert " style=" not in page
    assert "<script>" not in page
    assert page.count('<main id="main"') == 1


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile Safari/537.36 EdgA/126.0", "Edge, Android"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36", "Chrome, Windows"),
        ("<script>", "another program"),
    ],
)
def test_browsers_are_called_what_people_call_them(user_agent: str, name: str) -> None:
    with translation.override("en"):
        assert browser(user_agent) == name
