from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts.actions import open_account
from accounts.models import Member
from tests.accounts.helpers import PASSWORD


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Sign-in limits count in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def anna(db: None) -> Member:
    """Somebody with a real, verified account."""
    return open_account(email="anna@nadodrze.example", display_name="Anna Wrona", password=PASSWORD, verified=True)


@pytest.fixture
def someone() -> Client:
    """Somebody's browser, nobody signed in, speaking English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def signed_in(anna: Member, someone: Client) -> Client:
    """Anna's browser, signed in through the page."""
    someone.post("/accounts/login/", {"login": anna.email, "password": PASSWORD})
    mail.outbox.clear()
    return someone
