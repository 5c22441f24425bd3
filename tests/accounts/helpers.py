import re

from django.core import mail
from django.http import HttpResponse
from django.test import Client

PASSWORD = "seven lanterns over ruska"
NEW_PASSWORD = "eight lanterns over ruska"
SIGN_UP = {"display_name": "Jan Kowal", "email": "jan@lodz.example", "password1": PASSWORD}
VERIFICATION = "/accounts/confirm-email/"


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^\s*([B-DF-HJ-NP-TV-XZ]{4}-[B-DF-HJ-NP-TV-XZ]{4})\s*$", str(message.body), re.MULTILINE)
    assert found, message.body
    return found[1]


def last_code() -> str:
    return code_in(mail.outbox[-1])


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def words(response: HttpResponse) -> str:
    """The page's text without what differs from one request to the next."""
    page = response.content.decode()
    page = re.sub(r'(nonce|value)="[^"]{20,}"', "", page)
    return re.sub(r"\s+", " ", page)
