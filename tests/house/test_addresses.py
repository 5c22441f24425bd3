"""Every address needs sign-in or stands on this short list."""

import re
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from forum.models import Method, Plan, Thread

#: Names (with their namespace) of what a visitor without an account may open, with why in a word or two.
PUBLIC = {
    "changes": "asks the rule of each stream; unseen is 404",
    "directory": "shows what visible_to lets through",
    "healthz": "watching over the server",
    "home": "shows what visible_to lets through",
    "language": "a cookie",
    "comparison": "shows what visible_to lets through",
    "library": "shows what visible_to lets through",
    "methods_sheet": "holds what visible_to lets through",
    "new_report": "anyone may report; what one cannot see is nothing",
    "plans": "shows what visible_to lets through",
    "readyz": "watching over the server",
    "search": "asks visible_to of every kind of thing",
    "theme": "a cookie",
}
#: allauth's pages for those who are not signed in yet.
SIGNING_IN = re.compile(
    r"(account_(login|signup|logout|inactive|\w*password_reset\w*|reset_password\w*|request_login_code|confirm_login_code"
    r"|email_verification_sent|confirm_email|reauthenticate)|admin:(login|logout))$"
)
SAMPLES = {"int": "999999", "uuid": str(uuid.UUID(int=0)), "str": "nothing", "slug": "nothing", "path": "nothing"}


def every_address(patterns: list[Any], prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(name, an address that fits it) of everything the site answers to."""
    for pattern in patterns:
        place = prefix + sample(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_address(pattern.url_patterns, place, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or place), place


def sample(route: str) -> str:
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda match: SAMPLES.get(match[1] or "str", "nothing"), route)
    return (
        re.sub(r"\(\?P<\w+>[^)]*\)", "nothing", route)
        .replace("^", "")
        .replace("$", "")
        .replace(r"\Z", "")
        .replace("\\", "")
    )


ADDRESSES = sorted(set(every_address(get_resolver().url_patterns, "/")))
ADMIN = [address for name, address in ADDRESSES if name.startswith("admin:") and not SIGNING_IN.match(name)]


def asks_to_sign_in(answer: HttpResponse) -> bool:
    """Away to the sign-in page (for scripts 401), or the same 404 as for what never was. 405: not by this method."""
    if answer.status_code in {301, 302, 303}:
        return urlsplit(answer["Location"]).path.startswith(("/accounts/login/", "/admin/login/"))
    return answer.status_code in {401, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "address"), [pair for pair in ADDRESSES if not pair[0].startswith("admin:")])
def test_a_visitor_is_asked_to_sign_in(name: str, address: str) -> None:
    if name in PUBLIC or SIGNING_IN.match(name):
        return
    visitor = Client()
    answers = [visitor.get(address), visitor.post(address)]
    assert all(asks_to_sign_in(answer) for answer in answers), [answer.status_code for answer in answers]
    assert {answer.status_code for answer in answers} != {405}


@pytest.mark.django_db
def test_the_admin_asks_to_sign_in(visitor: Client) -> None:
    assert len(ADMIN) > 20
    assert [address for address in ADMIN if not asks_to_sign_in(visitor.get(address))] == []


def test_the_list_names_nothing_that_is_gone() -> None:
    assert set(PUBLIC) <= {name for name, _ in ADDRESSES}


def test_addresses_are_nouns_without_holes() -> None:
    """One slash at the end (but for the two watchers and for files), no double ones, nothing in capitals."""
    without = {"healthz", "readyz", "method_record", "method_markdown", "method_pdf", "method_code", "methods_sheet"}
    without |= {"plan_calendar", "plan_shopping_sheet", "plan_pdf", "plan_code"}
    without |= {f"{which}figures_{form}" for which in ("", "published_") for form in ("csv", "json")}
    ours = [a for name, a in ADDRESSES if not a.startswith(("/accounts/", "/admin/")) and name not in without]
    assert [
        address for address in ours if not address.endswith("/") or "//" in address or address != address.lower()
    ] == []


def test_no_title_is_hidden_by_a_page() -> None:
    """Beside `threads/12/<words of its title>/` stand pages, `threads/12/lock/`: no title makes their addresses."""
    titled = {"threads": Thread(pk=1), "methods": Method(pk=1), "plans": Plan(pk=1)}
    routes = [str(pattern.pattern) for each in get_resolver().url_patterns for pattern in flat(each)]
    last = re.compile(r"(\w+)/<int:pk>/([\w-]+)/")
    pages = [found.groups() for route in routes if (found := last.fullmatch(route)) and found[1] in titled]
    assert len(pages) > 10
    for place, word in pages:
        titled[place].title = word.replace("-", " ").capitalize()
        assert titled[place].slug != word, f"{place}/1/{word}/"


def flat(pattern: Any) -> list[Any]:
    return (
        [each for inner in pattern.url_patterns for each in flat(inner)]
        if hasattr(pattern, "url_patterns")
        else [pattern]
    )
