"""When something is not there, not open or broken: one answer for closed and unknown, and always a way on."""

from collections.abc import Callable
from unittest.mock import patch

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
