"""What every page has: a language, one h1, landmarks, a way past them, and nothing the policy forbids."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Member

pytestmark = pytest.mark.django_db

PAGES = ["/", "/communities/", "/nowhere/", "/accounts/login/", "/accounts/signup/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["pl", "en", "de", "uk"])
def test_a_page_has_its_bones(visitor: Client, address: str, language: str) -> None:
    page = visitor.get(address, headers={"accept-language": language}).content.decode()
    assert f'<html lang="{language}"' in page
    assert len(re.findall(r"<h1[ >]", page)) == 1
    for landmark in ("<header", '<main id="main"', "<footer", "<nav"):
        assert landmark in page
    assert page.index('href="#main"') < page.index("<header")
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    assert title
    assert title[1].split("·")[0].strip()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_obeys_its_policy(visitor: Client, address: str) -> None:
    answer = visitor.get(address)
    page = answer.content.decode()
    nonce = str(answer.wsgi_request.csp_nonce)
    assert f"'nonce-{nonce}'" in answer["Content-Security-Policy"]
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", page)
    assert "<style" not in page
    for script in re.findall(r"<script[^>]*>", page):
        assert nonce in script or 'type="application/json"' in script


def test_a_visitor_gets_no_cookie_for_reading(visitor: Client) -> None:
    assert not visitor.get("/communities/").cookies


def test_the_ways_on(visitor: Client, outsider: Member, client_of: Callable[[Member], Client]) -> None:
    signed_out = visitor.get("/communities/?page=1").content.decode()
    assert "/accounts/login/?next=/communities/%3Fpage%3D1" in signed_out
    signed_in = client_of(outsider).get("/communities/").content.decode()
    assert "/accounts/logout/" in signed_in
    assert "/accounts/login/" not in signed_in
    assert f'data-zone="{outsider.time_zone}"' in signed_in


def test_ids_are_unique(visitor: Client) -> None:
    for address in PAGES:
        ids = re.findall(r'\sid="([^"]+)"', visitor.get(address).content.decode())
        assert len(ids) == len(set(ids)), address
