"""When something is not there, not open or broken: one answer for closed and unknown, and always a way on."""

from collections.abc import Callable
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.test import Client, RequestFactory

from accounts.models import Member
from forum.models import Community
from forum.web import failures

pytestmark = pytest.mark.django_db


def test_closed_and_unknown_look_the_same_to_a_visitor(visitor: Client, closed_house: Community) -> None:
    closed = visitor.get(closed_house.get_absolute_url())
    unknown = visitor.get("/c/no-such-place/")
    assert closed.status_code == unknown.status_code == 404
    as_unknown = closed.content.decode().replace(closed_house.slug, "no-such-place")
    nonces = [str(page.wsgi_request.csp_nonce) for page in (closed, unknown)]
    assert as_unknown.replace(nonces[0], "") == unknown.content.decode().replace(nonces[1], "")
    assert closed_house.name not in closed.content.decode()


@pytest.mark.parametrize("address", ["/c/no-such-place/?order=newest", "/nowhere", "/threads/999999/-/"])
def test_a_visitor_is_offered_signing_in_and_returning(visitor: Client, address: str) -> None:
    page = visitor.get(address)
    assert page.status_code == 404
    wanted = address.replace("?", "%3F").replace("=", "%3D")
    assert f'class="button"\n           href="/accounts/login/?next={wanted}"' in page.content.decode()


def test_signed_in_it_says_which_account_is_in_use(
    outsider: Member, client_of: Callable[[Member], Client], closed_house: Community
) -> None:
    client = client_of(outsider)
    closed, unknown = client.get(closed_house.get_absolute_url()), client.get("/c/no-such-place/")
    assert closed.status_code == unknown.status_code == 404
    assert outsider.email in closed.content.decode()
    assert outsider.display_name in unknown.content.decode()


def test_names_with_markup_are_printed_as_words(outsider: Member, client_of: Callable[[Member], Client]) -> None:
    Member.objects.filter(pk=outsider.pk).update(display_name="<img src=x>")
    page = client_of(outsider).get("/nowhere/").content.decode()
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page


def test_a_broken_page_needs_no_database(rf: RequestFactory, django_assert_num_queries: Callable[..., object]) -> None:
    request = rf.get("/", headers={"accept-language": "en"})
    with django_assert_num_queries(0):
        answer = failures.server_error(request)
    assert answer.status_code == 500
    assert "Something broke here" in answer.content.decode()


def test_a_broken_error_page_still_says_something(rf: RequestFactory) -> None:
    with patch("forum.web.failures.render_to_string", side_effect=ValueError("no manifest")):
        answer = failures.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "broke" in answer.content.decode()


def test_not_open(rf: RequestFactory, visitor: Client) -> None:
    request = visitor.get("/communities/").wsgi_request
    answer = failures.permission_denied(request)
    assert answer.status_code == 403
    assert 'href="/"' in answer.content.decode()


BROKEN = {
    "no boundary": (400, "multipart/form-data", b"--b\r\n\r\nx"),
    "too many parts": (
        400,
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 2_000 + b"--b--",
    ),
    "too many fields": (400, "application/x-www-form-urlencoded", b"&".join(b"f%d=x" % n for n in range(2_000))),
    "too large": (413, "application/x-www-form-urlencoded", b"body=" + b"x" * 4_000_000),
}
SAYS = {400: "This did not arrive whole", 413: "This is too large to send here"}
JSON = "application/json"


@pytest.mark.parametrize("about", BROKEN)
@pytest.mark.parametrize("address", ["/preview/", "/accounts/login/", "/c/open-house/threads/new/"])
def test_a_body_that_cannot_be_read_gets_a_page_of_the_house(
    about: str, address: str, outsider: Member, client_of: Callable[[Member], Client], open_house: Community
) -> None:
    status, kind, body = BROKEN[about]
    for browser in (client_of(outsider), Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)):
        answer = browser.generic("POST", address, body, content_type=kind)
        assert answer.status_code == status
        page = answer.content.decode()
        assert SAYS[status] in page
        assert "go back" in page
        assert answer["Content-Language"] == "en"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_script_is_told_in_its_own_way(visitor: Client) -> None:
    answer = visitor.generic("POST", "/accounts/login/", b"--", content_type="multipart/form-data", HTTP_ACCEPT=JSON)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_site_it_is_not_is_told_plainly(visitor: Client) -> None:
    answer = visitor.get("/", headers={"host": "elsewhere.example", "accept-language": "en"})
    assert answer.status_code == 400
    assert "This did not arrive whole" in answer.content.decode()


def test_the_longest_text_that_is_kept_arrives_in_any_script(
    outsider: Member, client_of: Callable[[Member], Client], open_house: Community
) -> None:
    """A letter of Cyrillic is six bytes in a form, a picture of a lamp twelve."""
    body = urlencode({"body": "🏮" * 250_000, "place": f"community:{open_house.pk}"}).encode()
    kind = "application/x-www-form-urlencoded"
    answer = client_of(outsider).generic("POST", f"/drafts/community:{open_house.pk}/", body, content_type=kind)
    assert answer.status_code == 200


def test_a_cookie_with_a_nul_is_not_read(visitor: Client) -> None:
    """PostgreSQL takes no such session key; the database there would answer, and badly."""
    page = visitor.get("/", headers={"cookie": 'sessionid="ab\\000cd"'})
    assert page.status_code == 200
    assert "sessionid" not in page.wsgi_request.COOKIES
