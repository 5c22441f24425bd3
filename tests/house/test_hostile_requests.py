"""Requests no page of ours sends: absurd addresses, broken bodies; and markup in every word anybody may write."""

import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import Member
from forum import text
from forum.models import Draft
from forum.pages import home
from forum.threads import actions
from tests.house.hostile import *  # noqa: F403  its fixtures
from tests.house.hostile import CANARY, NUMBERS, Reader, faults
from tests.house.walk import browser_of, undone
from tests.house.ways import ACCOUNT, WAYS
from tests.house.ways.way import ROLES

pytestmark = pytest.mark.django_db


ABSURD = {
    "int": ["0", "9223372036854775808", "9" * 5_000, "%D9%A3"],
    "uuid": ["00000000-0000-0000-0000-000000000000", "x"],
    "slug": ["-", "a" * 5_000, "%00", "%ED%A0%80"],
    "str": ["%00", "thread:0", "thread:%00", "thread:" + "9" * 30, "%FF%FE", "a" * 5_000, "%E2%80%AE", "%0D%0Ax"],
}
PARAMETER = re.compile(r"<(?:(\w+):)?\w+>")


def routes(patterns: list[Any], prefix: str = "/") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def absurd_addresses() -> Iterator[str]:
    """Every route with every parameter absurd in every way, the others harmless."""
    harmless = {"int": "1", "uuid": ABSURD["uuid"][0], "slug": "x", "str": "x"}
    for route in routes(get_resolver().url_patterns):
        found = [match[1] or "str" for match in PARAMETER.finditer(route)]
        if route.startswith("/admin/") or "(?P" in route:
            continue
        for place, kind in enumerate(found):
            for value in ABSURD[kind]:
                values = [harmless[other] for other in found]
                values[place] = value
                parts = re.split("<[^>]+>", route)
                yield "".join(part + given for part, given in zip(parts, [*values, ""], strict=True))


def test_absurd_addresses_are_nowhere(author: Client) -> None:
    asked = [*dict.fromkeys(absurd_addresses())]
    assert len(asked) > 200
    for address in asked:
        for method in ("GET", "POST", "DELETE") if address.startswith("/drafts/") else ("GET", "POST"):
            answer = author.generic(method, address, "body=", content_type="application/x-www-form-urlencoded")
            assert not [*faults(answer)], (method, address[:80])
            harmless = (405, 404) if "/drafts/" not in address else (405, 404, 302, 200)
            harmless += (302,) if address.startswith("/accounts/2fa/") else ()  # asks who one is before anything else
            assert answer.status_code in harmless, (method, address[:80], answer.status_code)


QUERIES = {
    "community": ("page", "section", "order"),
    "thread": ("from", "reply", "quote"),
    "new_thread": ("section",),
    "community_members": ("page",),
    "profile": ("page",),
    "home": ("page",),
    "changes": ("stream", "since"),
    "mentions": ("place", "q"),
    "method_names": ("place", "q"),
    "method_discussions": ("page",),
    "post": ("from",),
}
VALUES = [*NUMBERS, "0", "99999999999", "1e9", "thread:1:2", "%"]


@pytest.mark.parametrize("name", QUERIES)
def test_absurd_questions(name: str, author: Client, visitor: Client, place: SimpleNamespace) -> None:
    path, _, _ = WAYS[name].address.format(**vars(place)).partition("?")
    good = {"changes": {"stream": f"thread:{place.thread}", "since": "0"}}
    good["method_names"] = good["mentions"] = {"place": f"thread:{place.thread}", "q": "n"}
    for field in QUERIES[name]:
        for value in VALUES:
            answer = (visitor if name == "changes" else author).get(path, {**good.get(name, {}), field: value})
            assert not [*faults(answer)], (field, value[:40])
            assert answer.status_code in {200, 301, 302, 400, 404}, (field, value[:40])


def test_where_to_go_next_is_only_here(visitor: Client) -> None:
    for address in (
        "//evil.example/",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\\evil.example",
        "a\r\nX: y",
        "\0",
    ):
        for path in ("/accounts/login/", "/accounts/signup/", "/nowhere/"):
            answer = visitor.get(path, {"next": address})
            assert not [*faults(answer)], (path, address)
        for path in ("/language/", "/theme/"):
            answer = visitor.post(path, {"next": address, "language": "en"})
            assert not [*faults(answer)], (path, address)
            assert "evil" not in answer["Location"]


BODIES = {
    "invalid UTF-8": ("application/x-www-form-urlencoded", b"body=%ff%fe\xff\xfe&title=\xc0\x80&body_format=%ED%A0%80"),
    "10,000 fields": ("application/x-www-form-urlencoded", b"&".join(b"f%d=x" % n for n in range(10_000))),
    "10,000 times one": ("application/x-www-form-urlencoded", b"&".join(b"body=x" for _ in range(10_000))),
    "2 MB": ("application/x-www-form-urlencoded", b"body=" + b"x" * 2_000_000),
    "another charset": ("application/x-www-form-urlencoded; charset=utf-7", b"body=+ADw-script+AD4-"),
    "a charset of nothing": ("multipart/form-data; boundary=b; charset=bogus", b"--b--"),
    "no boundary": ("multipart/form-data", b"--b\r\n\r\nx"),
    "a boundary too long": ("multipart/form-data; boundary=" + "b" * 500, b"--b"),
    "a boundary of nothing": ("multipart/form-data; boundary=", b"--\r\n\r\nx\r\n----"),
    "cut off": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\nhalf a te',
    ),
    "no name": ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
    "a header without an end": ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: " + b"x" * 50_000),
    "base 64 that is none": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="body"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--b--',
    ),
    "10,000 parts": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 10_000 + b"--b--",
    ),
    "a file's name": (
        "multipart/form-data; boundary=b",
        b'--b\r\nContent-Disposition: form-data; name="picture"; filename="\x00../..\xff"\r\n\r\nx\r\n--b--',
    ),
    "JSON": ("application/json", b'{"body": "x"}'),
    "nothing known": ("x/y; \xff".encode("latin-1").decode("latin-1"), b"\x00\x01"),
}


@pytest.mark.parametrize("about", BODIES)
def test_broken_bodies(about: str, author: Client, visitor: Client, place: SimpleNamespace) -> None:
    kind, body = BODIES[about]
    for name in ("reply", "new_thread", "edit_post", "draft", "preview", "pictures", "language", "thread_title"):
        address = WAYS[name].address.format(**vars(place))
        for browser in (author, visitor):
            with undone():
                answer = browser.generic("POST", address, body, content_type=kind)
            assert not [*faults(answer)], (name, answer.status_code)
            known = {200, 302, 400, 401, 404, 409, 413, 422} | ({415} if name == "draft" else set())
            assert answer.status_code in known, (name, answer.status_code)
    for address in ("/accounts/login/", "/accounts/signup/"):
        answer = visitor.generic("POST", address, body, content_type=kind)
        assert not [*faults(answer)], address
        assert answer.status_code in {200, 400, 413}, address


SAVED = [
    *("", "{", "[]", "null", "1", '"x"', "[" * 100_000, '{"a":' * 100_000, "NaN", '{"body": 1e999}', "\ufeff{}"),
    *('{"body": "\\ud800 half a sign", "version": ""}', '{"title": "\\udc00", "body": "x"}', '{"body": "a\\u0000b"}'),
    *('{"body": {"a": [1]}, "title": [], "body_format": {}, "version": {}}', '{"body": null, "based_on": null}'),
    *('{"body": "x", "based_on": "%s"}' % ("9" * 5_000), '{"body": "x", "based_on": %s}' % ("9" * 5_000)),
    *('{"body": "x", "based_on": "\\u0663"}', '{"body": "x", "based_on": -1}', '{"body": "x", "based_on": 1e9}'),
    json.dumps({"body": "x" * 260_000}),
    json.dumps({"body": "x", "title": "t" * 200_000}),
]


def test_broken_drafts(author: Client, visitor: Client, place: SimpleNamespace) -> None:
    address = f"/drafts/thread:{place.thread}/"
    for sent in SAVED:
        assert visitor.generic("POST", address, sent.encode(), content_type="application/json").status_code == 401
        for method in ("PUT", "POST"):
            with undone():
                answer = author.generic(method, address, sent.encode(), content_type="application/json")
                assert not [*faults(answer)], sent[:60]
                assert answer.status_code in {200, 400, 413, 415}, sent[:60]
                if answer.status_code == 200:
                    assert author.get("/drafts/").status_code == 200, sent[:60]
                    assert author.get(f"/threads/{place.thread}/{place.title}/").status_code == 200, sent[:60]


def test_a_fault_has_its_headers_too(
    author: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(home.communities, "directory", broken)
    answer = author.get("/")
    assert [*faults(answer)] == ["status 500"]
    assert "text/html" in answer["Content-Type"]
    caplog.clear()


def test_every_answer_has_its_headers(author: Client, visitor: Client, place: SimpleNamespace) -> None:
    strict = Client(enforce_csrf_checks=True)
    answers = [
        visitor.get(address) for address in ("/", "/nowhere/", "/c/nowhere/", "/theme/", "/healthz", "/changes/")
    ]
    answers += [author.get("/accounts/email/"), author.get(f"/pictures/{place.picture}/"), author.get("/admin/")]
    answers += [strict.post("/preview/", {"body": "x"}), strict.post("/accounts/login/", {"login": "x"})]
    answers += [author.get("/admin/login/"), author.get(f"/threads/{place.thread}/"), author.get("/communities")]
    answers += [author.get("/", headers={"host": "evil.example"})]
    assert {answer.status_code for answer in answers} == {200, 301, 302, 400, 403, 404, 405}
    for answer in answers:
        assert not [*faults(answer)], answer
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


#: Fields whose words are made by the house or chosen from a list.
HOUSE_WORDS = re.compile(
    r"(username|email|slug|digest|password|_look|format|language|zone|kind|key|place|content_type|file|html|source_url"
    r"|reactions|about|languages|message_id|effects?|beyond)$"
)


def write_the_canary_everywhere(place: SimpleNamespace, cast: dict[str, Member]) -> set[str]:
    """Into every text field of every row, past every form: as if one of them had let it through."""
    thread = place.house.threads.get(pk=place.thread)
    actions.lock_thread(by=cast["moderator"], thread=thread, reason="x")
    actions.pin_thread(by=cast["moderator"], thread=thread, reason="x")
    Draft.objects.create(member=cast["author"], place=f"community:{place.community}", title="x", body="x")
    cleaned = text.clean(f"Words {CANARY}", "markdown")
    written = set()
    for model in [*apps.get_app_config("forum").get_models(), Member]:
        for field in model._meta.fields:
            if HOUSE_WORDS.search(field.name) or getattr(field, "choices", None):
                continue
            if isinstance(field, models.JSONField):
                value: Any = {"en": CANARY, "pl": CANARY}
            elif isinstance(field, models.CharField | models.TextField):
                value = CANARY[: field.max_length or 1_000]
            else:
                continue
            if models.QuerySet(model).update(**{field.name: value}):
                written.add(f"{model.__name__}.{field.name}")
        if "html" in {field.name for field in model._meta.fields}:
            model._default_manager.update(html=cleaned.html)
    Member.objects.update(languages=["pl", CANARY], profile_readers="anyone")
    return written


def test_nobodys_words_are_ever_markup(cast: dict[str, Member], place: SimpleNamespace) -> None:
    shown = {"Community.names", "Community.descriptions", "Community.welcomes", "Section.names", "Thread.title"}
    shown |= {"Post.source", "Post.role_line", "Lock.reason", "Pin.reason", "JoinRequest.note", "Draft.body"}
    shown |= {"Draft.title", "Member.display_name", "Member.bio", "Member.city", "Member.function"}
    assert write_the_canary_everywhere(place, cast) >= shown
    Member.objects.update(display_name=CANARY)
    place.title = place.house.threads.get(pk=place.thread).slug
    addresses = [way.address.format(**vars(place)) for way in WAYS.values() if not way.get.startswith("405")]
    addresses += [address for address, _, _ in ACCOUNT.values()] + [f"/members/{name}/" for name in cast]
    addresses += [f"/threads/{place.thread}/{place.title}/?quote={place.post}", "/communities/new/"]
    met = 0
    for role in ("overseer", *ROLES):
        browser = browser_of(cast.get(role))
        models_shown = ("thread", "post", "community", "section", "draft", "lock", "joinrequest", "revision")
        admin = [f"/admin/forum/{model}/" for model in models_shown] + ["/admin/accounts/member/", "/admin/"]
        for address in addresses + (admin if role == "overseer" else []):
            answer = browser.get(address)
            assert answer.status_code < 500, address
            if answer.headers["Content-Type"].startswith("text/html"):
                page = answer.content.decode()
                assert CANARY[:10] not in page, (role, address)
                if not address.startswith("/admin/"):
                    assert Reader(page).alive == [], (role, address)
                met += "alert(1)" in page
            elif address.startswith("/changes/") and answer.status_code == 200:
                for change in answer.json()["changes"]:
                    assert CANARY[:10] not in change.get("html", "")
                    assert Reader(change.get("html", "")).alive == []
    assert met > 60


def test_the_request_itself_is_not_repeated_as_markup(visitor: Client, author: Client) -> None:
    for browser in (visitor, author):
        for address in (f"/{CANARY}/", "/nowhere/", "/accounts/login/", "/communities/"):
            answer = browser.get(address, {"next": CANARY, CANARY: CANARY}, headers={"accept-language": CANARY})
            assert not [*faults(answer)], address
        fields = {
            "place": CANARY,
            "back": CANARY,
            "writer": CANARY,
            "next_action": CANARY,
            "body": CANARY,
            CANARY: CANARY,
        }
        for address in ("/preview/", "/pictures/", "/threads/987654/posts/", "/posts/987654/edit/"):
            answer = browser.post(address, fields)
            assert not [*faults(answer)], address
